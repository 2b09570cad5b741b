"""A plan and a list of people that go out in one act: two librarians, and the head of the other library."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import SitsDown, on_record
from tests.journeys.two_visits import VISITS
from tests.site import Site


@pytest.fixture(scope="module")
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, on which the programme of two libraries and its first two visits are on record."""
    with on_record(founded_home, tmp_path_factory.mktemp("sent-together"), VISITS) as site:
        yield site


def test_a_plan_and_a_list_are_submitted_returned_approved_and_answered_together(sits_down: SitsDown) -> None:
    """Ito drafts the third visit and a list of who comes, and submits both at once.

    Sato reads them on one page and returns them: she wants to see the list public. Ito chooses that, looks at the page
    that readers will have, and submits both again. Sato approves. Gao, at the other library, accepts the plan.
    """
    ito = sits_down("ito")
    for link in ("Exchanges", "Begin the next", "Visits of two libraries"):
        ito.follows(link, within="main" if link != "Exchanges" else "header")
    ito.presses("Create the draft")
    page = ito.page.url.partition("/desk/")[2]
    ito.presses("participation", within="main")
    ito.goes(page)
    ito.follows("Send…")
    assert ito.page.get_by_role("checkbox", checked=True).count() == 2
    ito.presses("Submit what is ticked for approval")
    assert "2 texts were submitted for approval." in ito.told()

    sato = sits_down("sato")
    sato.goes("")
    sato.follows("Approve and send 2 texts, or return them")
    sato.fills("Remark for the person who submitted them", "For everyone, please")
    sato.presses("Return them with this remark")
    ito.goes("")
    ito.follows("Change 2 texts and submit them again")
    assert "For everyone, please" in ito.reads()
    for choice in ito.page.get_by_label("Who will see it").all():
        choice.select_option(label="everyone")
    ito.presses("Submit what is ticked for approval")
    assert "nothing has been sent" in ito.told()
    assert re.search("Readers will see it when .+ has agreed to the plan[.]", ito.reads())
    ito.follows("日本語", within="main")
    assert "受入機関" in ito.reads()
    ito.follows("Back to what goes out")
    ito.presses("Submit what is ticked for approval")

    sato.goes("")
    sato.follows("Approve and send 2 texts, or return them")
    sato.presses("Approve and send 2 texts")
    assert sato.told() == "2 texts were sent."

    gao = sits_down("gao", second="zh-hans")
    gao.goes("")
    gao.follows("Accept, or send a counter-proposal")
    assert "3rd Visits of two libraries" in gao.reads()
