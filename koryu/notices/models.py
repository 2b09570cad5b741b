"""What each person is told, whether it was sent, and how far the ledger has been followed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from koryu.delivery.outgoing import Outgoing
from koryu.institutions.models import Account
from koryu.values.moments import MomentField


class NoticeRow(Outgoing):
    """One thing that one person is told, as it was written for them; `key` is the digest of what it tells of whom.

    `record` is the one it tells of, whose title it names.
    """

    key = models.CharField(max_length=71, unique=True)
    person = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    institution = models.CharField(max_length=500, db_index=True)
    record = models.CharField(max_length=500, db_index=True)
    about = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        db_table = "notices_notice"
        indexes: ClassVar = [
            models.Index(
                fields=["institution"], condition=Q(sent_at=None, aside_at=None), name="notices_notice_waiting"
            )
        ]


class ReminderRow(models.Model):
    """One step of which a notice reminds: `key` is the digest of whom it reminds, of which step, its day and its stage.

    `record` is the exchange it is of.
    """

    notice = models.ForeignKey(NoticeRow, on_delete=models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=71, unique=True)
    record = models.CharField(max_length=500, db_index=True)

    class Meta:
        db_table = "notices_reminder"


class Round(models.Model):
    """One row: the number of the last entry that was followed, the day on which what runs out was last looked for,
    and what the last round of tending did."""

    followed = models.PositiveBigIntegerField(default=0)
    looked_on = models.CharField(max_length=10, blank=True)
    tended_at = MomentField(null=True)
    did = models.JSONField(default=list)

    class Meta:
        db_table = "notices_round"
