"""Who may have a file: whoever may read what names it, if that was put there by somebody who brought it."""

from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.files import models
from koryu.files.actions import bring
from koryu.files.queries import kept
from koryu.records.kinds import document_of
from koryu.seals.digests import digest
from tests.desk.people import person
from tests.sheets.filling_in import posted
from tests.world import AT, COMPILER, NAL, NDL, NLC, NLK, House, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 scan"
DIGEST = digest(SCAN)
AGREED, OPEN, STRANGE = (uri(f"agreement/{name}") for name in ("agreed", "open", "strange"))
HEAD: dict[str, Any] = {"by": "head", "at": AT}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NAL, COMPILER)
    put_on_record(NDL, NLC, NAL)


def memorandum(*institutions: str, name: str = "scan.pdf", file: bool = True, **more: Any) -> dict[str, Any]:
    scan = {"id": "f", "name": name, "digest": DIGEST, "media_type": "application/pdf", "size": len(SCAN)}
    wording = {"id": "en", "lang": "en", "authentic": True, "text": "Article 1", **({"file": scan} if file else {})}
    title = {"en": "Memorandum"}
    kind = {"kind": "agreement", "type": "memorandum of understanding", "title": title}
    return {**kind, "institutions": list(institutions), "texts_in": [wording], **more}


def brought(institution: str, record: str, *, name: str = "scan.pdf", draft: int = 0) -> str:
    whose = {"institution": institution, "record": record, "draft": draft, **HEAD}
    return bring(name=name, media_type="application/pdf", body=SCAN, **whose)


def drafted(institution: str, record: str, content: dict[str, Any]) -> int:
    return actions.draft(institution=institution, record=record, content=content, replaces=None, **HEAD)


def fetched(institution: str, record: str) -> int:
    """What an institution is answered that asks for the scan as that of a record; '' asks as a reader."""
    if not institution:
        return Client().get(f"/agreement/{record.rpartition('/')[2]}/file/{DIGEST}").status_code
    client = person(f"of-{institution[-3:]}", (institution, "reader"))
    return client.get(f"/desk/file/{DIGEST}?of={quote(record)}").status_code


# Which of these may have the file of what an institution brought, put and said: NDL, NLC, NAL, a reader.
WHO = (NDL, NLC, NAL, "")


def agreed() -> str:
    brought(NDL, AGREED)
    version = House(NDL, AGREED).propose(document_of(memorandum(NDL, NLC)))
    House(NLC, AGREED).accept(version)
    return AGREED


def agreed_and_kept_by_the_next() -> str:
    """The next version is put forward by another, who keeps the file that is there."""
    agreed()
    before = consent.history(AGREED).agreed
    version = House(NLC, AGREED).propose(document_of(memorandum(NDL, NLC, notes={"en": "New"})), replaces=before)
    House(NDL, AGREED).accept(version)
    return AGREED


def under_consultation() -> str:
    brought(NDL, OPEN)
    House(NDL, OPEN).propose(document_of(memorandum(NDL, NLC)))
    return OPEN


def drafted_by_ours() -> str:
    brought(NDL, OPEN, draft=drafted(NDL, OPEN, memorandum(NDL, NLC)))
    return OPEN


def shown_to_partners() -> str:
    draft = drafted(NDL, OPEN, memorandum(NDL, NLC))
    brought(NDL, OPEN, draft=draft)
    actions.share(draft=draft, **HEAD)
    return OPEN


def named_by_a_stranger() -> str:
    """A stranger names what others keep in a file field of a record of its own."""
    agreed()
    House(NAL, STRANGE).propose(document_of(memorandum(NAL)))
    return STRANGE


def named_in_a_strangers_draft() -> str:
    agreed()
    drafted(NAL, STRANGE, memorandum(NAL))
    return STRANGE


def written_in_a_text() -> str:
    brought(NDL, STRANGE)
    text = [{"id": "en", "lang": "en", "authentic": True, "text": DIGEST}]
    content = memorandum(NDL, NLC, title={"en": DIGEST}, notes={"en": DIGEST}, texts_in=text)
    version = House(NDL, STRANGE).propose(document_of(content))
    House(NLC, STRANGE).accept(version)
    return STRANGE


def the_letter_of_an_acceptance() -> str:
    put_on_record(NLK)
    brought(NDL, OPEN)
    version = House(NDL, OPEN).propose(document_of(memorandum(NDL, NLC, NLK, file=False)))
    House(NLC, OPEN).accept(version)
    actions.accept_by_letter(on_behalf_of=NLK, letter=DIGEST, version=version, **House(NDL, OPEN).said)
    return OPEN


def named_as_a_letter_by_one_who_did_not_bring_it() -> str:
    put_on_record(NLK)
    agreed()
    version = House(NAL, STRANGE).propose(document_of(memorandum(NAL, NLK, file=False)))
    actions.accept_by_letter(on_behalf_of=NLK, letter=DIGEST, version=version, **House(NAL, STRANGE).said)
    return STRANGE


def brought_and_named_nowhere() -> str:
    agreed()
    brought(NAL, STRANGE)
    House(NAL, STRANGE).propose(document_of(memorandum(NAL, file=False)))
    return STRANGE


@pytest.mark.parametrize(
    ("put", "answers"),
    [
        (agreed, (200, 200, 200, 200)),
        (agreed_and_kept_by_the_next, (200, 200, 200, 200)),
        (under_consultation, (200, 200, 404, 404)),
        (drafted_by_ours, (200, 404, 404, 404)),
        (shown_to_partners, (200, 404, 404, 404)),
        (named_by_a_stranger, (404, 404, 404, 404)),
        (named_in_a_strangers_draft, (404, 404, 404, 404)),
        (written_in_a_text, (404, 404, 404, 404)),
        (the_letter_of_an_acceptance, (200, 200, 404, 404)),
        (named_as_a_letter_by_one_who_did_not_bring_it, (404, 404, 404, 404)),
        (brought_and_named_nowhere, (404, 404, 404, 404)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_file_is_had_by_whoever_may_read_what_names_it(put: Any, answers: tuple[int, ...]) -> None:
    record = put()
    assert tuple(fetched(who, record) for who in WHO) == answers


def test_what_was_erased_gives_no_file_to_anybody() -> None:
    agreed()
    actions.erase(institution=NDL, record=AGREED, at_request_of_named=True, **HEAD)
    assert tuple(fetched(who, AGREED) for who in WHO) == (404, 404, 404, 410)


def test_two_that_bring_the_same_bytes_each_see_the_name_they_gave() -> None:
    for institution, name in ((NDL, "ours.pdf"), (NLC, "theirs.pdf")):
        brought(institution, OPEN, name=name, draft=drafted(institution, OPEN, memorandum(NDL, NLC, name=name)))
    for institution, name in ((NDL, "ours.pdf"), (NLC, "theirs.pdf")):
        client = person(name.partition(".")[0], (institution, "officer"))
        answer = client.get(f"/desk/file/{DIGEST}?of={OPEN}")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert models.FileRow.objects.count() == 1


def test_a_draft_leads_to_its_own_files_for_those_who_made_it() -> None:
    draft = drafted(NDL, OPEN, memorandum(NDL, NLC))
    brought(NDL, OPEN, draft=draft)
    actions.share(draft=draft, **HEAD)
    link = f'href="/desk/file/{DIGEST}?of='
    ours, theirs = (person(f"of-{one[-3:]}", (one, "officer")) for one in (NDL, NLC))
    assert link in ours.get(f"/desk/draft/{draft}/").content.decode()
    assert link not in theirs.get(f"/desk/draft/{draft}/").content.decode()


# What goes with a draft, and what stays


def test_the_files_of_a_draft_that_is_thrown_away_go_with_it() -> None:
    draft = drafted(NDL, OPEN, memorandum(NDL, NLC))
    brought(NDL, OPEN, draft=draft)
    actions.discard(draft=draft, **HEAD)
    assert (kept([DIGEST]), models.Bringing.objects.count()) == (frozenset(), 0)


def test_what_another_has_brought_too_stays_for_it_alone() -> None:
    ours, theirs = (drafted(one, OPEN, memorandum(NDL, NLC)) for one in (NDL, NLC))
    brought(NDL, OPEN, draft=ours, name="ours.pdf")
    brought(NLC, OPEN, draft=theirs, name="theirs.pdf")
    actions.discard(draft=ours, **HEAD)
    assert [(row.institution, row.name) for row in models.Bringing.objects.all()] == [(NLC, "theirs.pdf")]
    assert (fetched(NDL, OPEN), fetched(NLC, OPEN)) == (404, 200)


def test_what_another_draft_of_ours_names_goes_over_to_it_under_its_name_there() -> None:
    first = drafted(NDL, OPEN, memorandum(NDL, NLC))
    brought(NDL, OPEN, draft=first, name="first.pdf")
    second = drafted(NDL, STRANGE, memorandum(NDL, NLC, name="second.pdf"))
    actions.discard(draft=first, **HEAD)
    row = models.Bringing.objects.get()
    assert (row.record, row.draft, row.name) == (STRANGE, second, "second.pdf")
    assert fetched(NDL, STRANGE) == 200


def test_the_files_of_a_draft_that_is_sent_stay_with_the_record_and_what_was_replaced_goes() -> None:
    draft = drafted(NDL, OPEN, memorandum(NDL, NLC))
    brought(NDL, OPEN, draft=draft)
    whose = {"institution": NDL, "record": OPEN, "draft": draft, **HEAD}
    replaced = bring(name="first.pdf", media_type="application/pdf", body=b"%PDF-1.7 first", **whose)
    made = consent.draft(draft)
    assert made
    actions.send(draft=draft, shown=made.digest, **HEAD)
    assert kept([DIGEST, replaced]) == {DIGEST}
    assert fetched(NLC, OPEN) == 200


def test_what_is_uploaded_is_brought_by_the_institution_whose_draft_it_is() -> None:
    draft = drafted(NDL, OPEN, memorandum(NDL, NLC, file=False))
    officer = person("officer", (NDL, "officer"))
    fields = posted(officer.get(f"/desk/draft/{draft}/edit/").content.decode(), do="save")
    file: Any = SimpleUploadedFile("署名.pdf", SCAN)
    officer.post(f"/desk/draft/{draft}/edit/", {**dict(fields.lists()), "texts_in[en].file:file": file})
    row = models.Bringing.objects.get()
    assert (row.institution, row.record, row.draft, row.name) == (NDL, OPEN, draft, "署名.pdf")
    assert row.by == "officer"
