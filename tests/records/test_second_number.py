"""A second number of a kind, rehearsed: for as long as a test lasts, themes are written in a number 2.

In it, what was one institution that keeps a theme is a list that must hold one. One ledger holds both numbers; what was
said is read as it was said, and everything that is shown or written next is in number 2.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from django.apps import apps
from django.test import Client
from pydantic import Field, ValidationError

from koryu.archive import actions as search
from koryu.archive import models as archived
from koryu.archive import queries as archive
from koryu.archive.queries import EVERYBODY
from koryu.consent import actions, models, queries
from koryu.consent.actions.statements import hear
from koryu.consent.rules.diff import difference
from koryu.consent.rules.statement import Header, Statement
from koryu.consent.rules.verification import verify
from koryu.institutions import actions as people
from koryu.institutions import queries as institutions
from koryu.ledger import actions as ledger
from koryu.ledger import queries as entries
from koryu.publishing.export import bundle
from koryu.records.document import Document, sorted_uris
from koryu.records.kinds import EARLIER, KINDS, brought_up_to_date, document_of, schema_of
from koryu.records.links import ToInstitution, ToTheme
from koryu.records.theme import Theme
from koryu.seals.digests import new_salt
from koryu.seals.proofs import seal
from koryu.search.entries import Filters
from koryu.values.reason import Refused
from tests.desk.people import person
from tests.sheets.filling_in import posted
from tests.site import LANGUAGES
from tests.world import AT, COMPILER, NDL, NLC, House, give_voice, put_on_record, uri

OLD, NEW, DRAFTED = uri("theme/old"), uri("theme/new"), uri("theme/drafted")
FIRST = {"kind": "theme", "title": {"en": "Legal deposit"}, "kept_by": NDL}
SECOND = {"kind": "theme", "title": {"en": "Digitisation"}, "curators": [NDL, NLC]}


class SecondTheme(Document):
    """Number 2 of themes."""

    schema_number: ClassVar[int] = 2
    kind: Literal["theme"]

    curators: tuple[ToInstitution, ...] = Field(min_length=1)
    broader: ToTheme | None = None

    @classmethod
    def from_number_before(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        rest = {name: value for name, value in content.items() if name != "kept_by"}
        return {**rest, "curators": [content["kept_by"]]} if "kept_by" in content else rest

    @property
    def kept_by(self) -> str:
        """What the page of a theme asks for."""
        return self.curators[0]

    def owners(self) -> tuple[str, ...]:
        return sorted_uris(*self.curators)


@pytest.fixture
def upgraded(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    """A server on which a theme stands and another is drafted in number 1, and which then learnt number 2."""
    settings.HOME = tmp_path
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")
    House(NDL, OLD).propose(document_of(FIRST))
    actions.draft(institution=NDL, record=DRAFTED, content=FIRST, replaces=None, by="officer", at=AT)
    monkeypatch.setitem(KINDS, "theme", SecondTheme)
    monkeypatch.setitem(EARLIER, ("theme", 1), Theme)
    nlc_accepts(House(NDL, NEW).propose(document_of(SECOND)), record=NEW)


def nlc_accepts(version: str, *, record: str) -> None:
    House(NLC, record).accept(version)


def next_version(record: str, **changed: Any) -> str:
    """The next version of a record, made as the desk makes it: from what stands."""
    standing = queries.standing(record)
    assert standing
    assert standing.content
    return House(NDL, record).propose(document_of({**standing.content, **changed}), replaces=standing.version)


def exported(record: str) -> dict[str, Any]:
    return bundle(record, asking=EVERYBODY)


def schemas(record: str) -> list[str]:
    return [header.schema_name for header in queries.history(record).headers.values()]


def rows() -> list[tuple[Any, ...]]:
    found = archived.VersionRow.objects.filter(record__kind="theme").order_by("entry")
    return list(found.values_list("digest", "schema", "record__line", "record__visibility", "number"))


@pytest.mark.usefixtures("upgraded")
def test_one_ledger_holds_both_numbers_and_each_content_as_it_was_said() -> None:
    assert (schemas(OLD), schemas(NEW)) == (["koryu/theme/1"], ["koryu/theme/2"])
    header = next(iter(queries.history(OLD).headers.values()))
    assert queries.content_of(header) == FIRST


@pytest.mark.usefixtures("upgraded")
def test_made_anew_the_archive_is_the_same_and_says_which_number_each_version_follows() -> None:
    next_version(OLD, title={"en": "Legal deposit of books"})
    before = rows()
    actions.rebuild()
    assert rows() == before
    assert [row[1] for row in before] == ["koryu/theme/1", "koryu/theme/2", "koryu/theme/2"]


@pytest.mark.usefixtures("upgraded")
def test_what_was_there_before_it_said_its_schema_is_said_to_follow_number_1() -> None:
    archived.VersionRow.objects.update(schema="")
    models.DraftRow.objects.update(schema="")
    import_module("koryu.migrations.0006_schema").name_the_schema(apps, None)
    assert models.DraftRow.objects.get().schema == "koryu/theme/1"
    assert {row[1] for row in archived.VersionRow.objects.values_list("record__kind", "schema")} == {
        "koryu/institution/1",
        "koryu/work/1",
        "koryu/theme/1",
    }


@pytest.mark.usefixtures("upgraded")
def test_whatever_is_shown_is_of_the_number_of_today() -> None:
    documents = archive.documents(archive.lines("theme", asking=EVERYBODY))
    assert {record: type(one) for record, one in documents.items()} == {OLD: SecondTheme, NEW: SecondTheme}
    assert archive.record_named(OLD, asking=EVERYBODY).document.owners() == (NDL,)  # type: ignore[union-attr]  # -- it is there


@pytest.mark.usefixtures("upgraded")
def test_exported_both_verify_each_with_its_content_as_it_was_sealed() -> None:
    assert verify(exported(OLD)).standing == verify(exported(NEW)).standing == "agreed"
    assert exported(OLD)["versions"][0]["content"] == FIRST
    assert exported(NEW)["versions"][0]["content"] == SECOND


@pytest.mark.usefixtures("upgraded")
def test_the_search_finds_both() -> None:
    search.catch_up()
    for word, record in (("deposit", OLD), ("digitisation", NEW)):
        found = archive.found(word, reader="en", asking=EVERYBODY, filters=Filters(kind=("theme",)))
        assert [hit.uri for hit in found.hits] == [record]


@pytest.mark.usefixtures("upgraded")
def test_both_stand_in_lists_and_have_pages_in_every_language(client: Client) -> None:
    for language in LANGUAGES:
        listing = client.get(f"/{language}/theme/").content.decode()
        for name, title in (("old", "Legal deposit"), ("new", "Digitisation")):
            assert title in listing
            page = client.get(f"/{language}/theme/{name}/")
            assert (page.status_code, title in page.content.decode()) == (200, True)


@pytest.mark.usefixtures("upgraded")
def test_the_next_version_of_what_stands_in_number_1_is_written_in_number_2() -> None:
    version = next_version(OLD, title={"en": "Legal deposit of books"})
    assert schemas(OLD) == ["koryu/theme/1", "koryu/theme/2"]
    assert queries.history(OLD).in_force == version
    assert verify(exported(OLD)).versions == 2


@pytest.mark.usefixtures("upgraded")
def test_who_owned_it_in_number_1_agrees_to_its_successor_in_number_2() -> None:
    proposed = next_version(OLD, curators=[NDL, NLC])
    assert queries.history(OLD).must_agree(proposed) == {NDL, NLC}
    assert queries.history(OLD).in_force != proposed
    nlc_accepts(proposed, record=OLD)
    assert queries.history(OLD).in_force == proposed


@pytest.mark.usefixtures("upgraded")
def test_between_two_numbers_differs_only_what_was_changed() -> None:
    next_version(OLD, title={"en": "Legal deposit of books"})
    was, now = queries.contents_of(queries.history(OLD).headers).values()
    assert [change.path for change in difference(was, now)] == ["title.en"]


@pytest.mark.usefixtures("upgraded")
def test_the_form_of_a_new_version_shows_number_2_and_what_comes_back_is_sent_in_it() -> None:
    director = person("director", (NDL, "head"))
    begun = director.post("/desk/begin/", {"from": "record", "record": OLD})
    number = int(begun.headers["Location"].split("/draft/")[1].split("/")[0])
    page = director.get(f"/desk/draft/{number}/edit/").content.decode()
    assert 'name="curators' in page
    assert "kept_by" not in page
    typed = posted(page, **{"title.en": "Legal deposit of books", "do": "save"})
    assert director.post(f"/desk/draft/{number}/edit/", dict(typed.lists())).status_code == 302
    draft = queries.draft(number)
    assert draft
    assert draft.content == {**SECOND, "title": {"en": "Legal deposit of books"}, "curators": [NDL]}
    beside = director.get(f"/desk/draft/{number}/").content.decode()
    assert "of books" in beside
    assert "Kept by" not in beside
    actions.send(draft=number, shown=draft.digest, by="director", at=AT)
    for page in ("", "history/", "check/"):
        assert director.get(f"/desk/record/{OLD}/{page}").status_code == 200
    assert schemas(OLD) == ["koryu/theme/1", "koryu/theme/2"]


@pytest.mark.usefixtures("upgraded")
def test_a_draft_begun_under_number_1_goes_on_under_number_2() -> None:
    (draft,) = queries.drafts_on(DRAFTED)
    assert draft.content == {"kind": "theme", "title": {"en": "Legal deposit"}, "curators": [NDL]}
    actions.send(draft=draft.id, shown=draft.digest, by="head", at=AT)
    assert schemas(DRAFTED) == ["koryu/theme/2"]


@pytest.mark.usefixtures("upgraded")
def test_what_a_server_says_that_still_writes_number_1_is_heard() -> None:
    header = kept(FIRST, schema="koryu/theme/1", owners=(NDL,))
    assert said(header) == "proposed"


@pytest.mark.usefixtures("upgraded")
def test_an_unfinished_content_is_brought_up_to_date_as_far_as_it_goes() -> None:
    assert brought_up_to_date({"kind": "theme"}, schema="koryu/theme/1") == {"kind": "theme"}
    assert brought_up_to_date(SECOND, schema="koryu/theme/2") == SECOND
    assert schema_of("theme") == "koryu/theme/2"


@pytest.mark.usefixtures("upgraded")
def test_what_follows_neither_number_is_refused_by_the_number_it_names() -> None:
    for content, schema in ((FIRST, "koryu/theme/2"), (SECOND, "koryu/theme/1"), ({"kind": "theme"}, "koryu/theme/1")):
        with pytest.raises((Refused, ValidationError)):
            document_of(content, schema=schema)


NEWER = "This record follows the schema %s, which is newer than this server; upgrade Koryu"
ADDED = (
    "This record says something in “%s” that this server does not know yet: it is older than the server on which the "
    "record was written; upgrade Koryu"
)


@pytest.mark.parametrize("schema", ["koryu/theme/2", "koryu/banquet/1"])
def test_a_schema_newer_than_the_server_is_refused_in_one_sentence(schema: str) -> None:
    for read in (document_of, brought_up_to_date):
        with pytest.raises(Refused) as refused:
            read(FIRST, schema=schema)
        assert str(refused.value.reason) == NEWER % schema


@pytest.mark.parametrize("schema", ["theme", "koryu/theme/0", "koryu/theme/1\n", "koryu/theme/-1", "other/theme/1"])
def test_what_is_no_name_of_a_schema_is_refused(schema: str) -> None:
    with pytest.raises(Refused, match="is not the name of a schema"):
        document_of(FIRST, schema=schema)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({**FIRST, "colour": "red"}, "colour"),
        ({**FIRST, "sources": [{"id": "a", "work": uri("work/page"), "page": "3"}]}, "sources.0.page"),
        (
            {
                "kind": "service",
                "type": "reading aloud",
                "title": {"en": "Reading aloud"},
                "providers": [NDL],
                "receivers": [NLC],
            },
            "type",
        ),
    ],
)
def test_a_field_or_choice_that_was_added_later_says_that_the_server_is_older(content: Any, where: str) -> None:
    with pytest.raises(Refused) as refused:
        document_of(content, schema=f"koryu/{content['kind']}/1")
    assert str(refused.value.reason) == ADDED % where


def test_in_what_is_written_here_the_same_is_a_mistake_to_be_mended() -> None:
    with pytest.raises(ValidationError):
        document_of({**FIRST, "colour": "red"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "schema", "reason"),
    [
        (SECOND, "koryu/theme/2", NEWER % "koryu/theme/2"),
        ({**FIRST, "colour": "red"}, "koryu/theme/1", ADDED % "colour"),
    ],
)
def test_the_door_and_the_verifier_say_so_too(content: Any, schema: str, reason: str) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL)
    heard = entries.last_number()
    header = kept(content, schema=schema, owners=(NDL,))
    with pytest.raises(Refused) as refused:
        said(header)
    assert str(refused.value.reason) == reason
    assert entries.last_number() == heard
    House(NDL, NEW).propose(document_of(FIRST))
    sound = exported(NEW)
    salt = new_salt()
    digest = ledger.keep(salt=salt, content=content)
    forged = Header(**{**sound["versions"][0]["header"], "schema": schema, "content": digest})
    version = {"version": forged.digest, "header": forged.plain(), "salt": salt, "content": content}
    with pytest.raises(Refused) as refused:
        verify({**sound, "versions": [version]})
    assert str(refused.value.reason) == f"versions[0].content: {reason}"


@pytest.mark.django_db
def test_an_older_release_put_back_over_the_database_says_so_on_its_pages(client: Client) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL)
    version = House(NDL, NEW).propose(document_of(FIRST))
    archived.VersionRow.objects.filter(digest=version).update(schema="koryu/theme/2")
    for language in LANGUAGES:
        page = client.get(f"/{language}/theme/new/")
        assert page.status_code == 503
        assert "koryu/theme/2" in page.content.decode()
        assert client.get(f"/{language}/theme/").status_code == 200


def kept(content: dict[str, Any], *, schema: str, owners: tuple[str, ...]) -> Header:
    """The header of a content that came here."""
    digest = ledger.keep(salt=new_salt(), content=content)
    return Header(
        record=uri("theme/came"), kind="theme", schema_name=schema, parent=None, owners=owners, content=digest
    )


def said(header: Header) -> str:
    """What is heard of a version that NDL proposes."""
    proposed = Statement(
        said="proposed", institution=NDL, by="head", at=AT, record=header.record, version=header.digest, header=header
    )
    with ledger.locked():
        return hear(seal(proposed.plain(), key=institutions.secret_key(NDL), created=AT)).said
