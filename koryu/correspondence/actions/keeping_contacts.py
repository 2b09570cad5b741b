"""Keeping whom an institution writes to: rows of its own, that nobody else sees and nothing else remembers."""

from typing import Final

from django.db import transaction

from koryu.archive import queries as archive
from koryu.correspondence import models
from koryu.correspondence.rules.addressees import ADDRESSED_KINDS
from koryu.correspondence.rules.contacts_typed import CHANGED, GONE, TypedContact, contact_fails
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger import queries as ledger
from koryu.ledger.actions import wipe, wipe_later
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused, or_refuse

_NOT_THEIRS: Final = Reason("Choose a contact of the same institution.")


def keep_contact(*, institution: str, contact: TypedContact, number: int = 0, seen: int = 0, by: str, at: str) -> int:
    """Keep a contact, and return its number. One that has a `number` is changed, from the edition that was `seen`.

    A link to a person's record is kept as it was chosen; none is ever made by itself.
    """
    _may_keep(institution, by)
    or_refuse(contact_fails(contact))
    _check_links(institution, contact, number)
    said = _as_kept(contact)
    with transaction.atomic():
        if not number:
            same = models.ContactRow.objects.filter(kept_by=institution, **said).first()
            row = same or models.ContactRow.objects.create(kept_by=institution, **said, changed_by=by, changed_at=at)
            return row.pk
        row = _row(institution, number)
        if row.edition != seen:
            raise Refused(CHANGED)
        for name, value in said.items():
            setattr(row, name, value)
        row.edition, row.changed_by, row.changed_at = row.edition + 1, by, at
        row.save()
    return row.pk


def end_contact(*, institution: str, number: int, until: str, by: str, at: str) -> None:
    """Say until when somebody held the post; letters are addressed to them no longer."""
    _may_keep(institution, by)
    with transaction.atomic():
        row = _row(institution, number)
        if row.since and Edtf(until).latest < Edtf(row.since).earliest:
            raise Refused(Reason("The last day comes before the first."))
        row.until, row.edition, row.changed_by, row.changed_at = until, row.edition + 1, by, at
        row.save()
        models.AddresseeRow.objects.filter(contact=row).delete()


def erase_contact(*, institution: str, number: int, by: str, at: str) -> None:
    """Delete a contact for good, and all that names it. The journal says that one was, and not whose."""
    _may_keep(institution, by)
    with transaction.atomic():
        _row(institution, number).delete()
        write(Change.CONTACT_ERASED, by=by, at=at, institution=institution, contact=number)
        models.ErasuresFollowed.objects.update_or_create(pk=1, defaults={"wipe_due": True})


def wipe_erased() -> bool:
    """Overwrite what contacts that were erased have left in the database's files; False where nothing was to do.

    Must not be called within a transaction. Where it cannot be done now, it is tried again in the next round.
    """
    due = models.ErasuresFollowed.objects.filter(pk=1, wipe_due=True)
    return due.exists() and wipe() and bool(due.update(wipe_due=False))


def address_to(*, institution: str, of: str, kind: str, number: int, by: str, at: str) -> None:
    """Address letters of a kind to a partner to this contact; to nobody in particular where the number is 0."""
    _may_keep(institution, by)
    if kind not in ADDRESSED_KINDS:
        raise Refused(Reason("There is no such kind of letter."))
    with transaction.atomic():
        if not number:
            models.AddresseeRow.objects.filter(kept_by=institution, of=of, letter_kind=kind).delete()
            return
        if _row(institution, number).of != of:
            raise Refused(_NOT_THEIRS)
        models.AddresseeRow.objects.update_or_create(
            kept_by=institution, of=of, letter_kind=kind, defaults={"contact_id": number, "by": by, "at": at}
        )


def forget_contacts(record: str) -> int:
    """Delete every contact that is linked to a record that was erased, whoever keeps it. Returns how many they were.

    Others lose it with the record: the entry that erased it is what is left of it.
    """
    rows = models.ContactRow.objects.filter(person=record)
    number = rows.count()
    rows.delete()
    return number


def forget_erased() -> int:
    """Do so for each record that was erased since this was last called. May be called at any time."""
    with transaction.atomic():
        models.ErasuresFollowed.objects.get_or_create(pk=1)
        followed = models.ErasuresFollowed.objects.select_for_update().get(pk=1)
        gone = 0
        for entry in ledger.entries(after=followed.number):
            followed.number = entry.number
            if entry.said == "erased" and (number := forget_contacts(str(entry.sealed["record"]))):
                wipe_later(erased_by=entry.number)
                gone += number
        followed.save()
    return gone


def _as_kept(contact: TypedContact) -> dict[str, object]:
    return {
        "of": contact.of,
        "unit": contact.unit.as_json() if contact.unit else {},
        "post": contact.post.as_json() if contact.post else {},
        "names": [dict(form) for form in contact.names],
        "honorifics": {tag: honorific for tag, honorific in contact.honorifics.items() if honorific},
        "email": contact.email,
        "telephone": contact.telephone,
        "address": contact.address,
        "languages": list(contact.languages),
        "assistant_id": contact.assistant or None,
        "since": contact.since,
        "until": contact.until,
        "remark": contact.remark,
        "person": contact.person,
    }


def _check_links(institution: str, contact: TypedContact, number: int) -> None:
    """Whether the institution is on record, the assistant another contact of it, and the person one we may read."""
    named = archive.lines_named(filter(None, (contact.of, contact.person)), asking=institution)
    if contact.of not in named or named[contact.of].kind != "institution":
        raise Refused(Reason("Choose an institution that is on record."))
    if contact.person and (contact.person not in named or named[contact.person].kind != "person"):
        raise Refused(Reason("Choose a person who is on record."))
    assistant = contact.assistant
    if assistant and (assistant == number or _row(institution, assistant).of != contact.of):
        raise Refused(_NOT_THEIRS)


def _row(institution: str, number: int) -> models.ContactRow:
    row = models.ContactRow.objects.select_for_update().filter(kept_by=institution, pk=number).first()
    if row is None:
        raise Refused(GONE)
    return row


def _may_keep(institution: str, by: str) -> None:
    or_refuse(roles.may_keep_contacts(role=institutions.role_of(person=by, institution=institution)))
