"""A word planted in what is not for a reader is nowhere that reader can look.

When this was written, of the five kinds here a report alone could say to whom it is shown; the others had no such
field (“Extra inputs are not permitted”). “Before” says what came of a report.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from koryu.archive import actions as search
from koryu.archive.queries import EVERYBODY
from koryu.consent import actions
from koryu.ledger import queries as ledger
from koryu.publishing.export import bundle, bundles
from koryu.records.document import Document
from tests.desk.people import person
from tests.doors.attacks import came_of
from tests.world import (
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    WORK,
    House,
    exchange,
    history,
    of,
    outcome,
    paper,
    participation,
    programme,
    records,
    report,
    settle_in,
    stands,
    the_exchange,
    timetable,
    under,
    uri,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
WORD = "Quillfeather"
PUBLIC_TITLE = "Plainly titled"
LANGUAGES = ("en", "ja", "zh-hans", "ko")

MAKE: dict[str, Callable[..., Document]] = {
    "exchange": lambda **more: under(NDL, NLC, **{**more, "title": more["title"]["en"]}),
    "participation": lambda **more: participation(NDL, **more),
    "paper": lambda **more: paper(NDL, **more),
    "timetable": lambda **more: timetable(NDL, **more),
    "report": lambda **more: report(NDL, **more),
}
# What is for the institutions whatever becomes of it: no field of it says so.
NEVER: dict[str, Callable[..., Document]] = {
    "questions": lambda **more: of("questions", institution=NDL, exchange=EXCHANGE, **more),
    "summary": lambda **more: of("summary", institutions=[NDL, NLC], exchange=EXCHANGE, **more),
    "follow-up": lambda **more: of("follow-up", institution=NDL, exchange=EXCHANGE, **more),
}
# Where a reader without an account can look; {kind} and {address} are those of the record.
PLACES = (
    *(f"/{language}/{rest}" for language in LANGUAGES for rest in ("", "new/", "new.atom", "network/", "timeline/")),
    *(f"/{language}/{{kind}}/" for language in LANGUAGES),
    *(f"/{language}/{{kind}}/{{address}}/" for language in LANGUAGES),
    *(f"/{language}/find/?q={WORD}" for language in LANGUAGES),
    "/api/find?q=" + WORD,
    "/api/find?q=Quillf",
    "/sitemap-records.xml",
    "/en/browse/",
    "/en/browse/year/2031/",
    "/en/work/bibliography.json",
    "/en/programme/p/",
    "/en/institution/ndl/",
    "/en/institution/nlc/",
    "/en/exchange/e/",
    "/en/exchange/e/history/",
    "/exchange/e.json",
    "/{kind}/{address}",
    "/{kind}/{address}.json",
    "/en/{kind}/{address}/history/",
    "/en/{kind}/{address}/beside/ja/",
    "/en/{kind}/{address}/cite.json",
    "/en/{kind}/{address}/cite.bib",
    "/en/{kind}/{address}/cite.ris",
)
OF_ITS_OWN = tuple(place for place in PLACES if "{address}" in place)
DESK = ("", "history/", "check/", "check/json/", "compare/")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


def named(kind: str) -> str:
    return EXCHANGE if kind == "exchange" else uri(f"{kind}/planted")


def owners(kind: str) -> tuple[str, ...]:
    return (NDL, NLC) if kind in ("exchange", "summary") else (NDL,)


def private(kind: str) -> str:
    """A record of a kind that is for the institutions, with the word in its title and notes."""
    if kind != "exchange":
        the_exchange()
    words = {"title": {"en": f"{WORD} title"}, "notes": {"en": f"Of {WORD}"}}
    document = NEVER[kind](**words) if kind in NEVER else MAKE[kind](**words, shown_to="institutions")
    return stands(document, *owners(kind), record=named(kind))


def private_then_public(kind: str) -> str:
    document = MAKE[kind](title={"en": PUBLIC_TITLE})
    return stands(document, *owners(kind), record=named(kind), replaces=private(kind))


def looked_up(kind: str, places: tuple[str, ...] = PLACES) -> dict[str, Any]:
    address, reader = named(kind).rpartition("/")[2], Client()
    return {place: reader.get(place.format(kind=kind, address=address)) for place in places}


def found_at(answers: dict[str, Any], word: str = WORD) -> list[str]:
    """Where the word stands, beside where a reader's own question is repeated."""
    found = []
    for place, answer in answers.items():
        body = answer.content.decode()
        if place.startswith("/api/"):
            body = json.dumps({**json.loads(body), "query": ""})
        hits = body.count(word) if "find/?q=" not in place else body.count(f"{word} title") + body.count(f"Of {word}")
        found += [place] if hits else []
    return found


@pytest.mark.parametrize("kind", MAKE)
def test_of_what_was_not_public_before_it_was_nothing_is_left_where_readers_look(kind: str) -> None:
    """Before: its proof (`/report/….json`) held the earlier version whole; nothing else did."""
    private_then_public(kind)
    answers = looked_up(kind)
    assert PUBLIC_TITLE in answers["/en/{kind}/{address}/"].content.decode()
    assert found_at(answers) == []


@pytest.mark.parametrize("kind", [*MAKE, *NEVER])
def test_what_is_for_the_institutions_is_nowhere_that_readers_look(kind: str) -> None:
    """Before: so it was."""
    private(kind)
    answers = looked_up(kind)
    assert found_at(answers) == []
    assert {place: answers[place].status_code for place in OF_ITS_OWN} == dict.fromkeys(OF_ITS_OWN, 404)
    assert f"/{kind}/{named(kind).rpartition('/')[2]}" not in answers["/sitemap-records.xml"].content.decode()


@pytest.mark.parametrize("kind", MAKE)
def test_an_exported_record_begins_with_its_first_public_version(kind: str) -> None:
    """Before: the bundle of what is not public was made."""
    first = private(kind)
    assert named(kind) not in {one["record"] for one in bundles(asking=EVERYBODY)}
    with pytest.raises(LookupError):
        bundle(named(kind), asking=EVERYBODY)
    second = stands(MAKE[kind](title={"en": PUBLIC_TITLE}), *owners(kind), record=named(kind), replaces=first)
    exported = bundle(named(kind), asking=EVERYBODY)
    assert WORD not in json.dumps(exported)
    assert [(one["version"], "content" in one) for one in exported["versions"]] == [(first, False), (second, True)]
    assert {entry.get("version") for entry in exported["entries"]} == {second}


@pytest.mark.parametrize("kind", NEVER)
def test_what_is_never_public_is_neither_exported_nor_found_nor_kept_where_readers_look(kind: str) -> None:
    private(kind)
    assert named(kind) not in {one["record"] for one in bundles(asking=EVERYBODY)}
    assert search.catch_up().find(WORD, reader="en", audiences=frozenset({"public"})).hits == ()
    # Erased, it leaves no trace either: nothing of it was ever public.
    actions.erase(at_request_of_named=True, **House(NDL, named(kind)).said)
    assert {answer.status_code for answer in looked_up(kind, OF_ITS_OWN).values()} == {404}


NAMING: dict[str, Callable[[str], Document]] = {
    "paper": lambda record: paper(NDL, variants=[variant(record)]),
    "exchange": lambda record: under(NDL, NLC, variants=[variant(record)]),
    "outcome": lambda record: outcome(NDL, variants=[variant(record)]),
}


def variant(record: str) -> dict[str, str]:
    return {"id": "v", "field": "title", "value": "2001", "record": record, "source": WORK}


@pytest.mark.parametrize(("naming", "kind"), list(zip(NAMING, NEVER, strict=True)))
def test_what_readers_read_never_names_what_is_never_public(kind: str, naming: str) -> None:
    """Also within one exchange, where what is public may name what is not public yet."""
    private(kind)
    document, record = NAMING[naming](named(kind)), uri(f"{naming}/naming")
    said = came_of(lambda: stands(document, *owners(naming), record=record))
    assert said.startswith("refused: “variants[v]” links a public record to one that is never public")


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("made", [private, private_then_public])
def test_the_public_index_finds_nothing_of_it(kind: str, made: Callable[[str], str]) -> None:
    made(kind)
    found = search.catch_up().find(WORD, reader="en", audiences=frozenset({"public"}))
    assert found.hits == ()


@pytest.mark.parametrize("kind", MAKE)
def test_once_it_is_public_no_byte_of_the_index_tells_of_what_was_not(kind: str) -> None:
    private_then_public(kind)
    assert search.catch_up().find(PUBLIC_TITLE, reader="en", audiences=frozenset({"public"})).hits
    files = [file for file in (Path(settings.HOME) / "search").rglob("*") if file.is_file()]
    kept = b"".join(file.read_bytes() for file in files).lower()
    assert WORD.lower().encode() not in kept


@pytest.mark.parametrize("kind", [*MAKE, *NEVER])
def test_who_signed_in_reads_what_is_for_its_circle_and_no_other(kind: str) -> None:
    """Before, of a report: its owner alone; the partner of the exchange was told 404."""
    private(kind)
    answers: dict[str, dict[str, int]] = {}
    for who in (NDL, NLC, NAL, COMPILER):
        client = person(f"clerk-{who[-3:]}", (who, "head"))
        answers[who] = {page: client.get(f"/desk/record/{named(kind)}/{page}").status_code for page in DESK}
    there, not_there = dict.fromkeys(DESK, 200), dict.fromkeys(DESK, 404)
    assert answers == {NDL: there, NLC: there, NAL: not_there, COMPILER: not_there}


@pytest.mark.parametrize(
    ("kind", "made"),
    [*((kind, made) for kind in MAKE for made in (private, private_then_public)), *((kind, private) for kind in NEVER)],
)
def test_a_stranger_who_signed_in_meets_the_word_nowhere(kind: str, made: Callable[[str], str]) -> None:
    made(kind)
    client = person("stranger", (NAL, "head"))
    lists = ("/desk/", "/desk/begin/", "/desk/agreements/", "/desk/drafts/", "/desk/outbox/")
    places = (*lists, f"/desk/suggest/?q={WORD[:5]}", *(f"/desk/record/{named(kind)}/{page}" for page in DESK))
    assert [place for place in places if WORD in client.get(place).content.decode()] == []


# What was public stays so


def followed_by_what_is_private(kind: str, first: str) -> str:
    private_ = MAKE[kind](title={"en": f"{WORD} title"}, shown_to="institutions")
    return came_of(lambda: stands(private_, *owners(kind), record=named(kind), replaces=first))


@pytest.mark.parametrize("kind", MAKE)
def test_what_its_owners_made_public_is_not_followed_by_what_is_for_the_institutions(kind: str) -> None:
    """Before: it was, and the public page went."""
    first = private_then_public(kind)
    number = ledger.last_number()
    assert followed_by_what_is_private(kind, first).startswith("refused: ")
    assert ledger.last_number() == number
    assert PUBLIC_TITLE in looked_up(kind)["/en/{kind}/{address}/"].content.decode()


@pytest.mark.parametrize("kind", MAKE)
def test_what_was_only_recorded_does_not_bind_its_owners_in_this(kind: str) -> None:
    """Before: so it was."""
    held = exchange(NDL, NLC, title=PUBLIC_TITLE)
    records(COMPILER, held)
    last = history(named(kind)).lines.get(COMPILER)
    first = last or records(COMPILER, MAKE[kind](title={"en": PUBLIC_TITLE}), named(kind))
    assert followed_by_what_is_private(kind, first) == "accepted"


def test_a_number_that_a_private_exchange_bears_is_not_told_to_who_may_not_read_it() -> None:
    """Before: the sentence of the refusal named the exchange that bears it."""
    three = programme(NDL, NLC, NLK)
    stands(three, NDL, NLC, NLK, record=PROGRAMME, replaces=history(PROGRAMME).agreed)
    stands(under(NDL, NLC, number="7", title=f"{WORD} title", shown_to="institutions"), NDL, NLC)
    assert came_of(lambda: stands(under(NLK, number="7"), NLK, record=uri("exchange/k"))) == "accepted"
    client = person("partner", (NLK, "head"))
    told = [client.get(place).content.decode() for place in ("/desk/", f"/desk/record/{uri('exchange/k')}/")]
    assert [page for page in told if WORD in page or EXCHANGE in page] == []


# What belongs to an exchange is public only with it


@pytest.mark.parametrize("kind", ["participation", "paper", "timetable"])
def test_what_belongs_to_an_exchange_appears_with_it_and_not_before(kind: str) -> None:
    first = stands(under(NDL, NLC, shown_to="institutions"), NDL, NLC)
    stands(MAKE[kind](title={"en": f"{WORD} title"}), NDL, record=named(kind))
    assert found_at(looked_up(kind)) == []
    stands(under(NDL, NLC), NDL, NLC, replaces=first)
    assert "/en/{kind}/{address}/" in found_at(looked_up(kind))


@pytest.mark.parametrize("kind", ["participation", "paper", "timetable"])
def test_what_belongs_to_an_exchange_nobody_agreed_yet_is_not_public(kind: str) -> None:
    """Before: it was on the public page as soon as its owner had said it; after, it may also be refused until then."""
    House(NDL).propose(under(NDL, NLC))
    try:
        stands(MAKE[kind](title={"en": f"{WORD} title"}), NDL, record=named(kind))
    except ValueError:
        return
    assert found_at(looked_up(kind)) == []


def test_the_number_of_an_exchange_that_is_not_public_is_on_no_public_page() -> None:
    stands(under(NDL, NLC, number="XLVII-b", shown_to="institutions"), NDL, NLC)
    assert found_at(looked_up("exchange"), "XLVII-b") == []


def test_a_public_page_does_not_name_what_is_private_that_it_leads_to() -> None:
    private("exchange")
    try:
        stands(outcome(NDL), NDL, record=uri("outcome/o"))
    except ValueError:
        return
    assert found_at(looked_up("outcome", ("/en/outcome/o/", "/outcome/o.json"))) == []


def test_a_remark_on_what_is_not_public_is_not_public() -> None:
    version = private("exchange")
    actions.check(version=version, **House(NLC).said)
    stands(under(NDL, NLC, title=PUBLIC_TITLE), NDL, NLC, replaces=version)
    assert [entry["said"] for entry in bundle(EXCHANGE, asking=EVERYBODY)["entries"]] == ["concluded"]


@pytest.mark.parametrize("kind", MAKE)
def test_who_says_nothing_of_it_shows_it_to_all(kind: str) -> None:
    if kind != "exchange":
        the_exchange()
    stands(MAKE[kind](title={"en": PUBLIC_TITLE}), *owners(kind), record=named(kind))
    assert PUBLIC_TITLE in looked_up(kind)["/en/{kind}/{address}/"].content.decode()
    assert [one.get("content", {}).get("shown_to") for one in bundle(named(kind), asking=EVERYBODY)["versions"]] == [
        None
    ]
