"""Schemas as a header may name them, and contents that do not follow the one named: each is refused in a sentence.

`before` is what the door gave when this was written.
"""

import pytest

from tests.doors.attacks import Attack, is_refused
from tests.world import COMPILER, NDL, NLC, NLK, exchange, give_voice, put_on_record, says

pytestmark = pytest.mark.django_db

# The schema that a header names, and what the door gave to it before.
NAMED = {
    "koryu/exchange/2": "refused: The header and the content do not name the same kind and owners.",
    "koryu/exchange/999999": "refused: The header and the content do not name the same kind and owners.",
    "koryu/exchange/0": "refused: The header and the content do not name the same kind and owners.",
    "koryu/exchange/01": "refused: The header and the content do not name the same kind and owners.",
    "koryu/exchange/1.0": "refused: The header and the content do not name the same kind and owners.",
    "koryu/exchange/-1": "refused: The header and the content do not name the same kind and owners.",
    "koryu/exchange/１": "refused: The header and the content do not name the same kind and owners.",
    "koryu/exchange": "refused: The header and the content do not name the same kind and owners.",
    "koryu/exchange/1/": "refused: The header and the content do not name the same kind and owners.",
    "KORYU/exchange/1": "refused: The header and the content do not name the same kind and owners.",
    "koryu/programme/1": "refused: The header and the content do not name the same kind and owners.",
    "koryu/banquet/1": "refused: The header and the content do not name the same kind and owners.",
    "other/exchange/1": "refused: The header and the content do not name the same kind and owners.",
    " koryu/exchange/1": "refused: The header and the content do not name the same kind and owners.",
    "": "refused: The header and the content do not name the same kind and owners.",
}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, COMPILER)


@pytest.mark.parametrize("said", ["proposed", "recorded"])
@pytest.mark.parametrize("schema", NAMED)
def test_a_schema_that_is_none_or_another_s_is_refused_in_a_sentence(schema: str, said: str) -> None:
    lying = {"schema_name": schema}
    is_refused(
        Attack(name=schema, prepare=lambda: says(NDL, said, exchange(NDL, NLC), header=lying), before=NAMED[schema])
    )
