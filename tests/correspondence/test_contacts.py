"""Contacts: private rows of one institution, found in any script, erased for good; none is made by itself."""

import secrets
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from koryu.consent import actions as consent
from koryu.correspondence import actions, models, queries
from koryu.correspondence.queries import Contact
from koryu.correspondence.rules.addressees import ADDRESSED_KINDS
from koryu.correspondence.rules.contacts_typed import TypedContact
from koryu.correspondence.steps import forget_erased
from koryu.institutions import actions as people
from koryu.journal import queries as journal
from koryu.ledger import queries as ledger
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.world import AT, COMPILER, NAL, NDL, NLC, give_voice, of, put_on_record, uri

pytestmark = pytest.mark.django_db
OFFICER: Final[dict[str, Any]] = {"institution": NDL, "by": "officer", "at": AT}
DAY: Final = date(2026, 11, 22)
LI: Final = TypedContact(
    of=NLC,
    unit=Text({"zh-Hans": "国际交流处", "ja": "国際交流処", "source": "zh-Hans"}),
    post=Text.of(zh_Hans="处长"),
    names=(
        {
            "id": "n1",
            "lang": "zh-Hans",
            "written": "李明",
            "family": "李",
            "given": "明",
            "order": "family first",
            "reading": "Li Ming",
            "reading_lang": "zh-Latn-pinyin",
        },
        {"id": "n2", "lang": "en", "written": "LI Ming", "family": "LI", "given": "Ming", "order": "family first"},
    ),
    honorifics={"zh-Hans": "女士", "ja": "様", "en": "Dr"},
    email="li@example.org",
    telephone="+86 10 0000 0000",
    languages=("zh-Hans", "en"),
)


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL, COMPILER)
    for username, role in (("officer", "officer"), ("contributor", "contributor"), ("reader", "reader")):
        people.appoint(username=username, name="", institution=NDL, role=role)
    people.appoint(username="shen", name="", institution=NLC, role="head")


def keep(typed: TypedContact = LI, **more: Any) -> int:
    return actions.keep_contact(**{**OFFICER, "contact": typed, **more})


def read(number: int) -> Contact:
    kept = queries.contact(NDL, number)
    assert kept
    return kept


def refused(act: Any, **named: Any) -> str:
    before = list(models.ContactRow.objects.values()), list(models.AddresseeRow.objects.values())
    with pytest.raises(Refused) as why:
        act(**named)
    assert (list(models.ContactRow.objects.values()), list(models.AddresseeRow.objects.values())) == before
    return why.value.reason.message


# What is kept


def test_what_was_typed_is_what_is_read() -> None:
    kept = read(keep())
    assert (kept.of, kept.unit, kept.post, kept.honorifics, kept.email) == (
        NLC,
        LI.unit,
        LI.post,
        dict(LI.honorifics),
        "li@example.org",
    )
    assert [(form.written, form.reading, form.order) for form in kept.names] == [
        ("李明", "Li Ming", "family first"),
        ("LI Ming", None, "family first"),
    ]
    assert (kept.languages, kept.writes_in, kept.person, kept.assistant) == (("zh-Hans", "en"), "zh-Hans", "", 0)


def test_the_same_sent_twice_is_kept_once() -> None:
    assert keep() == keep()


def test_a_name_that_unicode_would_change_is_kept_as_it_was_typed() -> None:
    form = {"id": "n1", "lang": "ja", "written": "神山 薫", "order": "as written"}  # 神 is U+FA19
    assert read(keep(replace(LI, names=(form,)))).names[0].written == "神山 薫"


@pytest.mark.parametrize(
    ("tag", "called"),
    [("zh-Hans", "李明女士"), ("ja", "李明 様"), ("ko", "李明"), ("en", "Dr LI Ming")],
)
def test_a_letter_calls_somebody_with_the_honorific_chosen_for_its_language_and_no_other(tag: str, called: str) -> None:
    assert read(keep()).called_in(tag) == called


def test_a_letter_is_given_what_its_boxes_for_the_addressee_hold() -> None:
    assert read(keep()).boxes_in("ja") == {
        "to_unit": "国際交流処",
        "to_post": "处长",
        "to_name": "李明",
        "to_honorific": "様",
    }


def test_a_desk_without_a_name_is_called_by_its_unit() -> None:
    desk = TypedContact(of=NLC, unit=Text.of(ja="国際交流処"), honorifics={"ja": "御中"})
    assert read(keep(desk)).called_in("ja") == "国際交流処 御中"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"names": (), "unit": None, "post": None}, "Enter a name, a post or a unit"),
        ({"email": "li"}, "This is not an e-mail address."),
        ({"email": "li@example.org\nBcc: all@example.org"}, "This is not an e-mail address."),
        ({"email": "a@b@c"}, "This is not an e-mail address."),
        ({"telephone": "1" * 101}, "Too long"),
        ({"telephone": "1\x002"}, "a text must not contain"),
        ({"remark": "x" * 5001}, "Too long"),
        ({"honorifics": {"ja": "様" * 41}}, "Too long"),
        ({"names": ({"id": "n", "lang": "ja", "written": "森", "order": "sideways"},)}, "“%(name)s”"),
        ({"names": ({"id": "n", "lang": "ja", "written": "森", "order": "as written", "reading": "もり"},)}, "“"),
        ({"names": LI.names * 5}, "At most %(most)s forms"),
        ({"since": "2027", "until": "2026"}, "The last day comes before the first."),
        ({"of": uri("institution/none")}, "Choose an institution that is on record."),
        ({"of": uri("work/page")}, "Choose an institution that is on record."),
        ({"person": uri("person/none")}, "Choose a person who is on record."),
        ({"person": NLC}, "Choose a person who is on record."),
        ({"assistant": 999}, "This contact is no longer there."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(changed: dict[str, Any], why: str) -> None:
    assert refused(actions.keep_contact, contact=replace(LI, **changed), **OFFICER).startswith(why)


def test_an_assistant_is_another_contact_of_the_same_institution() -> None:
    of_ours = keep(TypedContact(of=NDL, unit=Text.of(ja="課")))
    theirs = keep(replace(LI, email="office@example.org"))
    number = keep()
    assert refused(actions.keep_contact, contact=replace(LI, assistant=of_ours), **OFFICER).startswith("Choose a")
    change: dict[str, Any] = {"number": number, "seen": 1, **OFFICER}
    assert refused(actions.keep_contact, contact=replace(LI, assistant=number), **change).startswith("Choose a")
    actions.keep_contact(contact=replace(LI, assistant=theirs), **change)
    assert read(number).assistant == theirs
    actions.erase_contact(number=theirs, **OFFICER)
    assert read(number).assistant == 0


def test_two_who_change_a_contact_at_once_do_not_overwrite_each_other() -> None:
    number = keep()
    change: dict[str, Any] = {"number": number, "seen": 1, **OFFICER}
    actions.keep_contact(contact=replace(LI, telephone="1"), **change)
    assert refused(actions.keep_contact, contact=LI, **change).startswith("Somebody else has changed this contact")


# Who


@pytest.mark.parametrize("by", ["contributor", "reader", "shen", "nobody"])
def test_whoever_is_no_officer_or_head_keeps_and_changes_none(by: str) -> None:
    number = keep()
    said = {**OFFICER, "by": by}
    why = "Only the head and officers can see and change contacts."
    assert refused(actions.keep_contact, contact=LI, **said) == why
    assert refused(actions.keep_contact, contact=LI, number=number, seen=1, **said) == why
    assert refused(actions.end_contact, number=number, until="2026", **said) == why
    assert refused(actions.erase_contact, number=number, **said) == why
    assert refused(actions.address_to, of=NLC, kind="", number=number, **said) == why


def test_another_institution_reaches_none_of_ours() -> None:
    number = keep()
    said = {"institution": NLC, "by": "shen", "at": AT}
    gone = "This contact is no longer there."
    assert queries.contact(NLC, number) is None
    assert (queries.contacts(NLC), queries.contacts_found(NLC, "李明"), queries.addressees(NLC, NLC)) == ((), (), ())
    assert refused(actions.keep_contact, contact=LI, number=number, seen=1, **said) == gone
    assert refused(actions.end_contact, number=number, until="2026", **said) == gone
    assert refused(actions.erase_contact, number=number, **said) == gone
    assert refused(actions.address_to, of=NLC, kind="", number=number, **said) == gone


# Finding


@pytest.mark.parametrize("asked", ["李明", "Li Ming", "li ming", "LI", "国際交流", "处长", "li@example"])
def test_a_contact_is_found_in_any_script(asked: str) -> None:
    number = keep()
    keep(TypedContact(of=NDL, unit=Text.of(ja="総務部")))
    assert [each.id for each in queries.contacts_found(NDL, asked)] == [number]


@pytest.mark.parametrize("asked", ["", "  ", "王", "Wang", "\x00", "(", "%"])
def test_what_nobody_is_called_finds_nobody(asked: str) -> None:
    keep()
    assert queries.contacts_found(NDL, asked) == ()


# Addressees


def test_whoever_is_named_for_a_kind_comes_first_then_for_every_letter_then_the_others() -> None:
    a, b, c = (keep(replace(LI, telephone=str(n))) for n in range(3))
    assert [each.id for each in queries.addressees(NDL, NLC, "invitation")] == [a, b, c]
    assert queries.addressee(NDL, NLC, "invitation") is None
    actions.address_to(of=NLC, kind="", number=b, **OFFICER)
    actions.address_to(of=NLC, kind="invitation", number=c, **OFFICER)
    assert [each.id for each in queries.addressees(NDL, NLC, "invitation")] == [c, b, a]
    assert [each.id for each in queries.addressees(NDL, NLC, "plan")] == [b, a, c]
    actions.address_to(of=NLC, kind="invitation", number=0, **OFFICER)
    first = queries.addressee(NDL, NLC, "invitation")
    assert first
    assert first.id == b


def test_letters_are_not_addressed_to_whoever_no_longer_holds_the_post() -> None:
    number, other = keep(), keep(replace(LI, telephone="2"))
    actions.address_to(of=NLC, kind="", number=number, **OFFICER)
    actions.end_contact(number=number, until="2026-11-21", **OFFICER)
    assert [each.id for each in queries.addressees(NDL, NLC, on=DAY)] == [other]
    assert queries.addressee(NDL, NLC) is None
    assert refused(actions.end_contact, number=keep(replace(LI, since="2027")), until="2026", **OFFICER)


def test_a_letter_is_addressed_to_a_contact_of_the_partner_itself_and_of_a_kind_there_is() -> None:
    number = keep()
    assert refused(actions.address_to, of=NAL, kind="", number=number, **OFFICER).startswith("Choose a contact")
    assert refused(actions.address_to, of=NLC, kind="ransom", number=number, **OFFICER).startswith("There is no such")
    assert "" in ADDRESSED_KINDS


# Erasing


def person_on_record(name: str = "li") -> str:
    record = uri(f"person/{name}")
    names = [{"id": "zh", "lang": "zh-Hans", "written": "李明", "order": "family first"}]
    document = of("person", names=names, title={"zh-Hans": "李明"}, kept_by=NDL)
    consent.propose(institution=NDL, record=record, document=document, replaces=None, by="head", at=AT)
    return record


def test_a_contact_is_linked_to_no_record_by_itself() -> None:
    person_on_record()
    assert read(keep()).person == ""


def test_who_has_a_record_erased_is_gone_from_the_contacts_of_everybody() -> None:
    record = person_on_record()
    keep(replace(LI, person=record))
    other = keep(replace(LI, telephone="2"))
    theirs = actions.keep_contact(
        institution=NLC, contact=TypedContact(of=NDL, post=Text.of(ja="長"), person=""), by="shen", at=AT
    )
    consent.erase(institution=NDL, record=record, at_request_of_named=True, by="head", at=AT)
    assert forget_erased(at=AT, today=DAY) == ["1 contacts of people whose record was erased were deleted."]
    assert forget_erased(at=AT, today=DAY) == []
    assert sorted(models.ContactRow.objects.values_list("pk", flat=True)) == sorted([other, theirs])


def test_erasing_leaves_a_line_that_does_not_say_whose() -> None:
    number = keep()
    actions.address_to(of=NLC, kind="", number=number, **OFFICER)
    actions.erase_contact(number=number, **OFFICER)
    line = next(iter(journal.lines()))
    assert (line.change, line.by, dict(line.values)) == ("contact erased", "officer", {"contact": number})
    assert (models.ContactRow.objects.count(), models.AddresseeRow.objects.count()) == (0, 0)


def test_nothing_of_a_contact_is_in_the_ledger_or_the_journal() -> None:
    word = f"planted{secrets.token_hex(8)}"
    before = ledger.last_number()
    number = keep(replace(LI, remark=word, telephone=word, honorifics={"ja": word}))
    actions.end_contact(number=number, until="2026-11-21", **OFFICER)
    assert ledger.last_number() == before
    assert word not in str(list(journal.lines()))
