"""What grew out of what: by what is said, and never before it was so."""

from typing import Any

import pytest

from koryu.archive import queries
from koryu.consent import actions
from koryu.records.kinds import document_of
from tests.world import AT, COMPILER, NDL, NLC, WORK, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
LETTER, PROGRAMME, EXCHANGE, OUTCOME = map(uri, ("agreement/letter", "programme/p", "exchange/e", "outcome/o"))


def record(name: str, kind: str, **content: Any) -> None:
    document = document_of({"kind": kind, "title": {"en": name}, "sources": [{"id": "page", "work": WORK}], **content})
    actions.record(institution=COMPILER, record=name, document=document, by="head", at=AT)


def put(*, letter: str, since: str, held: str) -> None:
    """A letter, a programme that rests on it, an exchange under the programme, and what came of the exchange."""
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    done = {"done": {"on": letter}} if letter else {}
    record(LETTER, "agreement", type="Letter of Intent", institutions=[NDL, NLC], **done)
    record(
        PROGRAMME,
        "programme",
        type="mutual visit programme",
        institutions=[{"id": "ndl", "institution": NDL}, {"id": "nlc", "institution": NLC}],
        basis=[{"id": "letter", "agreement": LETTER, **({"since": since} if since else {})}],
    )
    record(
        EXCHANGE,
        "exchange",
        form="visit",
        event={"state": "held"},
        institutions=[NDL, NLC],
        programmes=[{"id": "p", "programme": PROGRAMME}],
        **({"dates": [{"id": "d", "scope": "exchange", "date": held}]} if held else {}),
    )
    record(
        OUTCOME,
        "outcome",
        type="practice adopted",
        kept_by=COMPILER,
        grew_out_of=[{"id": "e", "record": EXCHANGE}],
    )


# Before, every row gave the letter as an origin of the exchange, and the exchange and its outcome as what came of it.
@pytest.mark.parametrize(
    ("letter", "since", "held", "came_of_it"),
    [
        ("1999-05", "1999-05", "2002-11", True),
        ("1999-05", "1999-05", "1985", False),
        ("1999-05", "1999-05", "1999-05", True),
        # Held in the same year, before or after nobody says.
        ("1999-05", "1999-05", "1999", False),
        ("1999-05", "1999-05", "", False),
        # Where the programme does not say since when, it cannot have been before the letter was made.
        ("1999-05", "", "1985", False),
        ("1999-05", "", "2002-11", True),
        ("1999-05", "", "", False),
        ("1999-05", "1999-05", "1999-06/1999-07", True),
        # It began before the letter was made.
        ("1999-05", "1999-05", "1999-04/1999-06", False),
        # A later basis, of an older letter.
        ("1999-05", "2005", "2002-11", False),
        # Nobody says since when.
        ("", "", "1985", False),
    ],
)
def test_an_exchange_came_of_an_agreement_only_from_when_its_programme_rests_on_it(
    letter: str, since: str, held: str, came_of_it: bool
) -> None:
    put(letter=letter, since=since, held=held)
    of_exchange = queries.descent(EXCHANGE, asking=queries.EVERYBODY)
    assert of_exchange.origins == (((LETTER, PROGRAMME),) if came_of_it else ((PROGRAMME,),))
    assert of_exchange.results == ((OUTCOME,),)
    of_letter = queries.descent(LETTER, asking=queries.EVERYBODY)
    assert of_letter.results == (((PROGRAMME, EXCHANGE, OUTCOME),) if came_of_it else ())
    assert queries.descent(PROGRAMME, asking=queries.EVERYBODY).origins == ((LETTER,),)
    assert queries.descent(PROGRAMME, asking=queries.EVERYBODY).results == ((EXCHANGE, OUTCOME),)


FIRST, LATER, NEXT = map(uri, ("agreement/first", "agreement/later", "programme/next"))


# Before, every row gave the first agreement, the later one, the programme and the next one.
@pytest.mark.parametrize(
    ("begun", "first", "later", "order"),
    [
        # The extension of 2007 of a programme begun in 2003, of which another came in 2009.
        ("2003", "2003", "2007", (FIRST, PROGRAMME, LATER, NEXT)),
        ("2003", "2002", "2003", (FIRST, LATER, PROGRAMME, NEXT)),
        ("2003", "2004", "2007", (PROGRAMME, FIRST, LATER, NEXT)),
        # Within one year, before or after nobody says.
        ("2003", "2003-05", "2003-11", (FIRST, LATER, PROGRAMME, NEXT)),
        ("2003-02", "2003-01", "2003-11", (FIRST, PROGRAMME, LATER, NEXT)),
        # Nobody says when the programme began.
        ("", "2003", "2007", (FIRST, LATER, PROGRAMME, NEXT)),
    ],
)
def test_an_agreement_made_when_its_programme_had_begun_stands_after_it(
    begun: str, first: str, later: str, order: tuple[str, ...]
) -> None:
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    both = [{"id": "ndl", "institution": NDL}, {"id": "nlc", "institution": NLC}]
    visits: dict[str, Any] = {"type": "mutual visit programme", "institutions": both}
    libraries = [NDL, NLC]
    record(FIRST, "agreement", type="agreement", institutions=libraries, done={"on": first})
    record(LATER, "agreement", type="extension", extends=FIRST, institutions=libraries, done={"on": later})
    since = {"since": begun} if begun else {}
    record(PROGRAMME, "programme", basis=[{"id": "later", "agreement": LATER}], **visits, **since)
    record(NEXT, "programme", continues=PROGRAMME, since="2009", **visits)
    event: dict[str, Any] = {"form": "visit", "event": {"state": "held"}, "institutions": libraries}
    dates = [{"id": "d", "scope": "exchange", "date": "2014-12"}]
    record(EXCHANGE, "exchange", programmes=[{"id": "p", "programme": NEXT}], dates=dates, **event)
    assert queries.descent(EXCHANGE, asking=queries.EVERYBODY).origins == (order,)
