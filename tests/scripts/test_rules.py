"""What `scripts/rules.py` takes out is there to be taken out, and the tests it names are there."""

import pytest

from scripts.rules import ROOT, Removal, removals

REMOVALS = removals()


@pytest.mark.parametrize("removal", REMOVALS, ids=lambda removal: removal.removed)
def test_a_clause_that_is_taken_out_stands_where_it_is_said_to_stand(removal: Removal) -> None:
    for edit in removal.edits:
        assert edit.was in (ROOT / edit.file).read_text(encoding="utf-8")
    for test in removal.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8")
