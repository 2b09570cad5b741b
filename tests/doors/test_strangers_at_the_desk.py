"""What a stranger gets at the desk by proposing, recording, drafting, naming: no word of what is not for it."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import actions, queries
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.seals.digests import digest
from koryu.values.text import Text
from tests.desk.people import person
from tests.doors.attacks import came_of
from tests.world import (
    COMPILER,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    House,
    drafted,
    exchange,
    history,
    memorandum,
    of,
    paper,
    proposes,
    records,
    settle_in,
    sourced,
    stands,
    the_exchange,
    under,
    uri,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
WORD = "Quillfeather"
REASON = Text.of(en=f"The {WORD} room is being rebuilt")
LETTER = b"%PDF-1.7 the secret letter"
PAGES = ("", "history/", "check/", "check/json/", "compare/")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


def told(client: Client, *places: str) -> list[str]:
    """Where the word is told to whoever has signed in."""
    record = tuple(f"/desk/record/{EXCHANGE}/{page}" for page in PAGES)
    lists = ("/desk/", "/desk/drafts/", "/desk/begin/", "/desk/outbox/", f"/desk/suggest/?q={WORD[:5]}")
    return [place for place in (*record, *lists, *places) if WORD in client.get(place).content.decode()]


# Nothing opens by saying something


def sends(draft: int) -> None:
    found = queries.draft(draft)
    assert found
    came_of(partial(actions.send, draft=draft, shown=found.digest, **HEAD))


def proposes_itself(draft: int, replaces: str | None) -> None:
    came_of(proposes(NLK, exchange(NDL, NLC, NLK), EXCHANGE, replaces))


def sends_an_old_draft(draft: int, replaces: str | None) -> None:
    sends(draft)


def takes_an_old_draft_up_and_sends_it(draft: int, replaces: str | None) -> None:
    came_of(partial(actions.take_up, draft=draft, **HEAD))
    sends(draft)


def records_beside(draft: int, replaces: str | None) -> None:
    came_of(partial(records, NLK, exchange(NDL, NLC, title="Ours")))


def remarks(draft: int, replaces: str | None) -> None:
    version = history().in_force or next(iter(history().headers))
    came_of(partial(actions.account_differs, version=version, note=Text.of(en="Ours differs"), **House(NLK).said))


Way = Callable[[int, str | None], None]


@pytest.mark.parametrize(
    ("way", "before"),
    [
        (proposes_itself, "read"),
        (sends_an_old_draft, "read"),
        (takes_an_old_draft_up_and_sends_it, "read"),
        (records_beside, "read"),
        (remarks, "not read"),
    ],
)
def test_a_stranger_reads_nothing_of_a_declined_first_version(way: Way, before: str) -> None:
    draft = drafted(NLK, exchange(NLK))
    version = House(NDL).propose(exchange(NDL, NLC, title=f"{WORD} visit"))
    actions.decline(version=version, reason=REASON, **House(NLC).said)
    way(draft, None)
    assert told(person("stranger", (NLK, "head"))) == []


@pytest.mark.parametrize(
    ("way", "before"),
    [
        (proposes_itself, "read"),
        (sends_an_old_draft, "not read"),
        (takes_an_old_draft_up_and_sends_it, "read"),
        (records_beside, "not read"),
        (remarks, "not read"),
    ],
)
def test_a_stranger_reads_nothing_of_what_was_declined_since(way: Way, before: str) -> None:
    draft = drafted(NLK, exchange(NDL, NLC, NLK))
    first = the_exchange()
    version = House(NDL).propose(under(NDL, NLC, title=f"{WORD} visit"), replaces=first)
    actions.decline(version=version, reason=REASON, **House(NLC).said)
    way(draft, first)
    assert told(person("stranger", (NLK, "head"))) == []


@pytest.mark.parametrize("settled", ["open", "declined", "withdrawn"])
def test_a_former_recorder_reads_nothing_of_what_the_owners_consult_about(settled: str) -> None:
    """Before: it read all of it."""
    recorded = records(COMPILER, exchange(NDL, NLC))
    version = House(NDL).propose(exchange(NDL, NLC, title=f"{WORD} visit"), replaces=recorded)
    if settled == "declined":
        actions.decline(version=version, reason=REASON, **House(NLC).said)
    if settled == "withdrawn":
        actions.withdraw(version=version, **House(NDL).said)
    assert told(person("recorder", (COMPILER, "head"))) == []


def test_a_newcomer_of_an_earlier_proposal_reads_nothing_of_what_came_after() -> None:
    """Before: it read all of it."""
    first = the_exchange()
    actions.withdraw(version=House(NDL).propose(under(NDL, NLC, NLK), replaces=first), **House(NDL).said)
    House(NDL).propose(under(NDL, NLC, title=f"{WORD} visit"), replaces=first)
    assert told(person("newcomer", (NLK, "head"))) == []


def test_a_draft_is_shown_to_its_partners_and_to_nobody_it_only_mentions() -> None:
    """Before: whoever was named anywhere in it read it."""
    draft = drafted(NDL, exchange(NDL, NLC, title=f"{WORD} visit", notes={"en": NLK}))
    actions.share(draft=draft, **HEAD)
    assert told(person("stranger", (NLK, "head")), f"/desk/draft/{draft}/") == []
    assert told(person("partner", (NLC, "head")), f"/desk/draft/{draft}/")


# Doing something to what is others'


@pytest.mark.parametrize("what", ["accept", "decline", "counter", "withdraw", "letter", "check", "differ", "erase"])
@pytest.mark.parametrize("through", ["the record", "a record of its own"])
def test_a_stranger_does_nothing_to_what_others_consult_about(what: str, through: str) -> None:
    """Before: each was refused."""
    own = uri("exchange/k")
    stands(exchange(NLK), NLK, record=own)
    version = House(NDL).propose(exchange(NDL, NLC, NAL, title=f"{WORD} visit"))
    number, client = ledger.last_number(), person("stranger", (NLK, "head"))
    typed = {"version": version, "on_behalf_of": NAL, "text-en": "Hm", "reason": "Hm", "note": "Hm"}
    record = EXCHANGE if through == "the record" else own
    file = {"letter": SimpleUploadedFile("l.pdf", LETTER, content_type="application/pdf")} if what == "letter" else {}
    answer = client.post(f"/desk/record/{record}/act/{what}/", {**typed, **file})
    assert answer.status_code in (404, 409)
    assert WORD not in answer.content.decode()
    assert ledger.last_number() == number


# Files


def a_secret_letter() -> str:
    """The letter by which an exchange was agreed; anybody may know its digest, for the proof carries it."""
    version = House(NDL).propose(exchange(NDL, NAL))
    said = House(NDL).said
    return actions.accept_with_letter(on_behalf_of=NAL, name="letter.pdf", body=LETTER, version=version, **said)


def in_notes(named: str) -> Document:
    return exchange(NLK, notes={"en": f"See {named}"})


def in_title(named: str) -> Document:
    return exchange(NLK, title=named)


def in_a_remark(named: str) -> Document:
    return exchange(NLK, event={"state": "held", "remark": {"en": named}})


def in_a_number(named: str) -> Document:
    return exchange(NLK, programme_year=named)


def in_the_name_of_a_file(named: str) -> Document:
    file = {"id": "f", "name": named, "digest": digest(b"other"), "media_type": "application/pdf", "size": 5}
    return memorandum(NLK, texts_in=[{"id": "en", "lang": "en", "authentic": True, "file": file}])


def as_a_file_it_never_brought(named: str) -> Document:
    file = {"id": "f", "name": "letter.pdf", "digest": named, "media_type": "application/pdf", "size": len(LETTER)}
    return memorandum(NLK, texts_in=[{"id": "en", "lang": "en", "authentic": True, "file": file}])


def in_an_address(named: str) -> Document:
    return of("work", type="webpage", kept_by=NLK, address=f"https://example.org/{named}")


PUT: tuple[Callable[[str], Document], ...] = (
    in_notes,
    in_title,
    in_a_remark,
    in_a_number,
    in_the_name_of_a_file,
    as_a_file_it_never_brought,
    in_an_address,
)


@pytest.mark.parametrize("said", ["proposed", "recorded", "drafted"])
@pytest.mark.parametrize("put", PUT, ids=lambda put: put.__name__)
def test_who_writes_the_digest_of_a_file_down_does_not_open_it(put: Callable[[str], Document], said: str) -> None:
    """Before: what was proposed or recorded opened it wherever a value was the digest and nothing else."""
    secret, record = a_secret_letter(), uri("exchange/k")
    document = put(secret)
    if said == "drafted":
        draft = drafted(NLK, document, record)
        actions.share(draft=draft, **HEAD)
    else:
        tried = partial(records, NLK) if said == "recorded" else partial(stands_alone, NLK)
        came_of(lambda: tried(document, record))
    client = person("stranger", (NLK, "head"))
    for asked in (f"?of={record}", "", f"?of={EXCHANGE}"):
        answer = client.get(f"/desk/file/{secret}{asked}")
        assert (answer.status_code, LETTER in answer.content) == (404, False)


def stands_alone(institution: str, document: Document, record: str) -> str:
    return stands(document, institution, record=record)


def test_who_remarks_with_the_digest_of_a_file_does_not_open_it() -> None:
    secret = a_secret_letter()
    note = Text.of(en=f"See {secret}")
    actions.account_differs(version=str(history().agreed), note=note, **House(NLK).said)
    answer = person("stranger", (NLK, "head")).get(f"/desk/file/{secret}?of={EXCHANGE}")
    assert answer.status_code == 404


def test_a_letter_opens_for_the_owners_and_a_scan_for_whoever_reads_the_version_that_names_it() -> None:
    secret = a_secret_letter()
    answers = {
        who: person(f"clerk-{who[-3:]}", (who, "head")).get(f"/desk/file/{secret}?of={EXCHANGE}").status_code
        for who in (NDL, NLC, NLK, COMPILER)
    }
    assert answers == {NDL: 200, NLC: 404, NLK: 404, COMPILER: 404}


def test_a_paper_that_names_the_letter_of_another_record_does_not_open_it() -> None:
    """Before: it opened."""
    the_exchange()
    secret = a_secret_letter_of_another_record()
    file = {"id": "f", "name": "p.pdf", "digest": secret, "media_type": "application/pdf", "size": len(LETTER)}
    wording = [{"id": "en", "lang": "en", "status": "as given", "title": "Ours", "file": file}]
    came_of(lambda: stands(sourced(paper(NLC, wordings=wording)), NLC, record=uri("paper/p")))
    answer = person("partner", (NLC, "head")).get(f"/desk/file/{secret}?of={uri('paper/p')}")
    assert answer.status_code == 404


def a_secret_letter_of_another_record() -> str:
    said = {**House(NDL).said, "record": uri("exchange/other")}
    version = House(NDL, uri("exchange/other")).propose(exchange(NDL, NAL))
    return actions.accept_with_letter(on_behalf_of=NAL, name="letter.pdf", body=LETTER, version=version, **said)
