"""Reading whom an institution writes to: always its own rows, as plain frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from koryu.correspondence import models
from koryu.correspondence.rules.addressees import ANY_LETTER, boxes_in, called_in, holds_on
from koryu.search.entries import WrittenForm, WrittenReading
from koryu.search.folding import fold
from koryu.search.matching import matched
from koryu.values.person_names import NameForm
from koryu.values.text import Text

# A row comes once for each kind of letter that is addressed to it.
_OF: Final = 'c."of" = %s'
_CONTACTS: Final = (
    "SELECT c.*, a.letter_kind FROM correspondence_contact c LEFT JOIN correspondence_addressee a "
    'ON a.contact_id = c.id WHERE c.kept_by = %s {narrowed} ORDER BY c."of", c.id, a.letter_kind'
)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Somebody, or a desk, at the institution `of`, as `kept_by` knows them; see `models.ContactRow`.

    `assistant` is the number of another contact, 0 for none.
    """

    id: int
    kept_by: str
    of: str
    unit: Text | None
    post: Text | None
    names: tuple[NameForm, ...]
    honorifics: Mapping[str, str]
    email: str
    telephone: str
    address: str
    languages: tuple[str, ...]
    assistant: int
    since: str
    until: str
    remark: str
    person: str
    edition: int
    changed_by: str
    changed_at: str
    # The kinds of letter that are addressed to this contact; '' for every other kind.
    addressed: tuple[str, ...] = field(default=())

    def called_in(self, tag: str) -> str:
        """What a letter in this language calls them, with the honorific chosen for it."""
        return called_in(self, tag)

    def boxes_in(self, tag: str) -> dict[str, str]:
        """What a letter in this language has in its boxes for the addressee; see `rules.addressees.boxes_in`."""
        return boxes_in(self, tag)

    def holds_on(self, day: date) -> bool:
        """Whether they may hold their post on this day, as far as is known."""
        return holds_on(self.since, self.until, day)

    @property
    def writes_in(self) -> str:
        """The tag of the language to write in: the first that is said of them; '' where none is."""
        return next(iter(self.languages), "")


def contacts(institution: str, *, of: str = "") -> tuple[Contact, ...]:
    """The contacts that an institution keeps, of one institution or of all, in one statement."""
    return _contacts(institution, f"AND {_OF}", of) if of else _contacts(institution)


def contact(institution: str, number: int) -> Contact | None:
    """The contact with this number, if it is the institution's own."""
    return next(iter(_contacts(institution, "AND c.id = %s", number)), None)


def _contacts(institution: str, narrowed: str = "", *values: object) -> tuple[Contact, ...]:
    rows = models.ContactRow.objects.raw(_CONTACTS.format(narrowed=narrowed), [institution, *values])
    by_number: dict[int, tuple[models.ContactRow, list[str]]] = {}
    for row in rows:
        kinds = by_number.setdefault(row.pk, (row, []))[1]
        # A column that is no field of a contact.
        kind: str | None = getattr(row, "letter_kind")  # noqa: B009 -- no type knows of it
        if kind is not None:
            kinds.append(kind)
    return tuple(_contact(row, tuple(kinds)) for row, kinds in by_number.values())


def addressees(
    institution: str, partner: str, kind: str = ANY_LETTER, *, on: date | None = None
) -> tuple[Contact, ...]:
    """Whom a letter of this kind to a partner can be addressed to, by contacts of the institution alone.

    First whoever is named for the kind, then whoever is named for every letter, then the others. Where a day is given,
    without those who no longer hold their post on it.
    """
    return addressees_at(institution, [partner], kind, on=on)[partner]


def addressees_at(
    institution: str, partners: Sequence[str], kind: str = ANY_LETTER, *, on: date | None = None
) -> dict[str, tuple[Contact, ...]]:
    """The same for several partners, in one statement."""
    if not partners:
        return {}
    kept = _contacts(institution, f"AND ({' OR '.join([_OF] * len(partners))})", *partners)
    there = [each for each in kept if on is None or each.holds_on(on)]
    there.sort(key=lambda each: (kind not in each.addressed, ANY_LETTER not in each.addressed, each.id))
    return {partner: tuple(each for each in there if each.of == partner) for partner in partners}


def addressee(institution: str, partner: str, kind: str = ANY_LETTER, *, on: date | None = None) -> Contact | None:
    """Whom a letter of this kind to a partner is addressed to; None where nobody is named for it."""
    first = next(iter(addressees(institution, partner, kind, on=on)), None)
    return first if first is not None and {kind, ANY_LETTER} & set(first.addressed) else None


def contacts_found(institution: str, query: str) -> tuple[Contact, ...]:
    """The contacts of an institution that have what is asked for in a name, its reading, a unit, a post or an address.

    In any script: a name in Han is found by how it is read. They are looked through one by one; no index knows them.
    """
    asked = query.strip()
    # What has nothing left to compare, once width and signs are folded away, would be found in everything.
    if not any(stretch.chars for stretch in fold(asked)):
        return ()
    return tuple(each for each in contacts(institution) if _has(each, asked))


def contacts_of_person(institution: str, person: str) -> tuple[Contact, ...]:
    """The contacts of an institution that somebody has linked to this record of a person."""
    return tuple(each for each in contacts(institution) if person and each.person == person)


def _has(contact: Contact, asked: str) -> bool:
    if asked.casefold() in contact.email.casefold():
        return True
    names = (
        WrittenForm(
            form.lang,
            form.written,
            (WrittenReading(form.reading_lang, form.reading),) if form.reading and form.reading_lang else (),
        )
        for form in contact.names
    )
    words = (
        WrittenForm(tag, form) for text in (contact.unit, contact.post) if text for tag, form in text.forms.items()
    )
    return any(matched(asked, form, part) for part, forms in (("names", names), ("titles", words)) for form in forms)


def _contact(row: models.ContactRow, kinds: tuple[str, ...]) -> Contact:
    return Contact(
        id=row.pk,
        kept_by=row.kept_by,
        of=row.of,
        unit=Text.kept(row.unit) if row.unit else None,
        post=Text.kept(row.post) if row.post else None,
        names=tuple(NameForm.model_validate(form, context={"kept": True}) for form in row.names),
        honorifics=dict(row.honorifics),
        email=row.email,
        telephone=row.telephone,
        address=row.address,
        languages=tuple(row.languages),
        assistant=row.assistant_id or 0,
        since=row.since,
        until=row.until,
        remark=row.remark,
        person=row.person,
        edition=row.edition,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        addressed=kinds,
    )
