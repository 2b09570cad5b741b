"""Whom an institution writes to: people and desks, its own and its partners'; and to whom letters go by default."""

from typing import ClassVar

from django.db import models

from koryu.ledger.models import WrittenJSON
from koryu.values.moments import MomentField


class ContactRow(models.Model):
    """Somebody, or a desk, at the institution `of`, as `kept_by` knows them. Seen by `kept_by` alone.

    `unit` and `post` are Texts or empty, `names` the written forms of a name as a person's record has them,
    `honorifics` what is written with the name, by language: chosen, never derived. `since` and `until` are dates as
    records write them: who held the post when. `person` is the record of the person, where somebody has linked one.
    """

    kept_by = models.CharField(max_length=500)
    of = models.CharField(max_length=500)
    unit = WrittenJSON(default=dict)
    post = WrittenJSON(default=dict)
    names = WrittenJSON(default=list)
    honorifics = WrittenJSON(default=dict)
    email = models.CharField(max_length=254, blank=True)
    telephone = models.CharField(max_length=100, blank=True)
    address = models.TextField(blank=True)
    languages = WrittenJSON(default=list)
    assistant = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.CharField(max_length=40, blank=True)
    until = models.CharField(max_length=40, blank=True)
    remark = models.TextField(blank=True)
    person = models.CharField(max_length=500, blank=True, db_index=True)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=40)
    changed_at = MomentField()

    class Meta:
        db_table = "correspondence_contact"
        indexes: ClassVar = [models.Index(fields=["kept_by", "of"], name="correspondence_contact_of")]


class AddresseeRow(models.Model):
    """To whom at the institution `of` letters of a kind are addressed by `kept_by`; '' for every other kind."""

    kept_by = models.CharField(max_length=500)
    of = models.CharField(max_length=500)
    letter_kind = models.CharField(max_length=40, blank=True)
    contact = models.ForeignKey(ContactRow, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "correspondence_addressee"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept_by", "of", "letter_kind"], name="correspondence_addressee_once")
        ]


class ErasuresFollowed(models.Model):
    """One row: the number of the last entry after which contacts of erased people were looked for.

    `wipe_due` while the bytes of contacts that somebody erased are still to be overwritten.
    """

    number = models.PositiveBigIntegerField(default=0)
    wipe_due = models.BooleanField(default=False)

    class Meta:
        db_table = "correspondence_erasures_followed"
