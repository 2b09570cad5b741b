"""Words planted wherever something is written about a record, each in one place; run in a process of its own."""

from datetime import date
from typing import Any, Final

from koryu.archive import actions as search
from koryu.cli.database import ready
from koryu.consent import actions, queries
from koryu.files.actions import bring
from koryu.files.queries import kept
from koryu.institutions import actions as people
from koryu.notices import actions as notices
from koryu.values.text import Text
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    House,
    exchange,
    give_voice,
    memorandum,
    put_on_record,
    stands,
    uri,
)

# Of no common stem, so that none is found where another is.
WORDS: Final = {
    "a version that stands": "Quillfeather",
    "an earlier version": "Brindlewharf",
    "a version that was withdrawn": "Tamarackish",
    "the title of a proposal that notices told of": "Oxbowlander",
    "the reason why a version was not taken up": "Vexillology",
    "the reason of a counter-proposal": "Marzipanite",
    "a remark that an account differs": "Juxtaposure",
    "a remark with a check": "Hobnailster",
    "a comment of the house on a draft that was sent": "Kittiwakely",
    "a comment of the partner on a draft that was sent": "Dragonetting",
    "the remark with which a draft was returned": "Wimplecroft",
    "a note on the record": "Yttriumesque",
    "a note of the partner on the record": "Fjordwinkle",
    "a telephone note on the record": "Pangolinear",
    "the letter by which a version was accepted": "Gossamerite",
    "the name of that letter": "Zephyranthe",
}
SCAN: Final = "Lobsterquad"
STAYS: Final = "Cumberbatch"
OTHER: Final = uri("agreement/other")
ALONE: Final = uri("agreement/alone")


def plant() -> None:
    """Fill an installation: EXCHANGE with every word of WORDS, ALONE with a scan, OTHER with one that is to stay."""
    ready()
    give_voice(NDL, NLC, COMPILER)
    people.appoint(username="reader", name="Reader", institution=NLC, role="head")
    put_on_record(NDL, NLC, NAL)
    first = _drafted_commented_returned_and_sent()
    _gathered()
    second = _consulted(first)
    _gathered()
    _noted(second)
    _with_files()
    search.catch_up()


def _titled(place: str, **more: Any) -> Any:
    return exchange(NDL, NLC, NAL, title=f"{WORDS[place]} visit", **more)


def _drafted_commented_returned_and_sent() -> str:
    content = _titled("an earlier version").content()
    draft = actions.draft(institution=NDL, record=EXCHANGE, content=content, replaces=None, **HEAD)
    actions.share(draft=draft, **HEAD)
    of_the_house, of_the_partner = (WORDS[f"a comment of the {who} on a draft that was sent"] for who in _WHO)
    actions.comment(draft=draft, institution=NDL, text=of_the_house, **HEAD)
    actions.comment(draft=draft, institution=NLC, text=of_the_partner, **HEAD)
    shown = _digest(draft)
    actions.submit(draft=draft, shown=shown, **HEAD)
    actions.return_(draft=draft, shown=shown, remark=WORDS["the remark with which a draft was returned"], **HEAD)
    _gathered()
    version = actions.send(draft=draft, shown=shown, **HEAD)
    House(NLC).accept(version)
    said = House(NDL).said
    body = f"%PDF-1.7 {WORDS['the letter by which a version was accepted']}".encode()
    name = f"{WORDS['the name of that letter']}.pdf"
    actions.accept_with_letter(on_behalf_of=NAL, name=name, body=body, version=version, **said)
    return version


_WHO: Final = ("house", "partner")


def _consulted(first: str) -> str:
    for place in ("a version that was withdrawn", "the title of a proposal that notices told of"):
        withdrawn = House(NDL).propose(_titled(place), replaces=first)
        _gathered()
        actions.withdraw(version=withdrawn, **House(NDL).said)
    # Of what was never taken up only the reasons are to go: their contents are not what erasing names.
    declined = House(NDL).propose(exchange(NDL, NLC, NAL, title="Not taken up"), replaces=first)
    reason = Text.of(en=f"{WORDS['the reason why a version was not taken up']} is in May")
    actions.decline(version=declined, reason=reason, **House(NLC).said)
    _gathered()
    another = House(NDL).propose(exchange(NDL, NLC, NAL, title="Countered"), replaces=first)
    reason = Text.of(en=f"{WORDS['the reason of a counter-proposal']} is better")
    content = _titled("a version that stands").content()
    answer = {"answers": another, "reason": reason, "content": content, "replaces": first}
    counter = actions.draft(institution=NLC, record=EXCHANGE, **answer, **HEAD)
    second = actions.send(draft=counter, shown=_digest(counter), **HEAD)
    House(NDL).accept(second)
    said = House(NDL).said
    actions.accept_with_letter(on_behalf_of=NAL, name="second.pdf", body=b"%PDF-1.7 second", version=second, **said)
    return second


def _noted(version: str) -> None:
    differs = Text.of(en=f"{WORDS['a remark that an account differs']} says June")
    actions.account_differs(version=version, note=differs, **House(NLC).said)
    checked = Text.of(en=f"{WORDS['a remark with a check']} agrees")
    actions.check(version=version, note=checked, **House(NDL).said)
    for institution, means, place in (
        (NDL, "note", "a note on the record"),
        (NLC, "note", "a note of the partner on the record"),
        (NDL, "telephone", "a telephone note on the record"),
    ):
        actions.note(institution=institution, record=EXCHANGE, means=means, text=WORDS[place], **HEAD)


def _with_files() -> None:
    """A scan that one record alone names, and another record beside it."""
    for word, record in ((SCAN, ALONE), (STAYS, OTHER)):
        body = f"%PDF-1.7 {word}".encode()
        as_what: dict[str, Any] = {"name": f"{word}.pdf", "media_type": "application/pdf", "body": body}
        scan = bring(institution=NDL, record=record, **as_what, **HEAD)
        file = {"id": "s", "name": f"{word}.pdf", "digest": scan, "media_type": "application/pdf", "size": 20}
        texts = [{"id": "en", "lang": "en", "authentic": True, "text": f"{word} text", "file": file}]
        stands(memorandum(NDL, texts_in=texts), NDL, record=record)
        assert kept([scan])


def _digest(draft: int) -> str:
    found = queries.draft(draft)
    assert found
    return found.digest


def _gathered() -> None:
    notices.gather(at=AT, today=date(2026, 11, 22))
