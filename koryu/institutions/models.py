"""Keys (derived from the ledger), people and their roles. Secret keys are never in the database."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from koryu.values.moments import MomentField


class KeyRow(models.Model):
    """A public key of an institution, between the entries that gave and retired it."""

    did = models.CharField(max_length=100, primary_key=True)
    institution = models.CharField(max_length=500, db_index=True)
    given = models.PositiveBigIntegerField()
    retired = models.PositiveBigIntegerField(null=True)

    class Meta:
        db_table = "institutions_key"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution"], condition=Q(retired=None), name="institutions_key_one")
        ]


class KeyDecision(models.Model):
    """What the operator of this server decided of a key outside the ledger, which the ledger itself does not hold.

    `confirmed`: asked outside Koryu, the institution said that it begins with this key, in the place of `replaces`,
    which was lost. `stopped`: nothing sealed with it is accepted after the entry with the number `after`.
    """

    institution = models.CharField(max_length=500, db_index=True)
    did = models.CharField(max_length=100)
    decision = models.CharField(max_length=10)
    replaces = models.CharField(max_length=100, blank=True)
    after = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=40)
    at = MomentField()

    class Meta:
        db_table = "institutions_key_decision"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decision="confirmed", after=None) | Q(decision="stopped", after__gte=0),
                name="institutions_key_decision_known",
            ),
            models.UniqueConstraint(fields=["did", "decision"], name="institutions_key_decision_once"),
        ]


class CompilerRow(models.Model):
    """An institution for which the loader speaks: the compiler of data sets that were loaded here."""

    institution = models.CharField(max_length=500, primary_key=True)

    class Meta:
        db_table = "institutions_compiler"


class Accounts(BaseUserManager["Account"]):
    """The people entered here."""


class Account(AbstractBaseUser):
    """A person who acts for institutions, or operates this server. Entries name only the username.

    `language` is the one notices are written in; an operator sees the system pages but, without a role, no contents.
    `must_change_password` while the password is one that somebody else gave them. `weekly` where they want to be
    reminded of steps once a week, and not on each day on which something is due.
    """

    # Some columns keep the names of the first release, so that no migration has to rename them.
    username = models.CharField(max_length=40, unique=True, db_column="handle")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    operator = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False, db_column="must_choose")
    is_active = models.BooleanField(default=True)
    weekly = models.BooleanField(default=False)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        db_table = "institutions_person"


class RoleRow(models.Model):
    """What a person may do for one institution."""

    person = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    institution = models.CharField(max_length=500)
    role = models.CharField(max_length=20)

    class Meta:
        db_table = "institutions_role"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "institution"], name="institutions_role_once"),
            models.CheckConstraint(
                condition=Q(role__in=("head", "officer", "contributor", "translator", "reader")),
                name="institutions_role_known",
            ),
        ]


class Delegation(models.Model):
    """A kind of record that the officers of an institution may send out without asking its head."""

    institution = models.CharField(max_length=500)
    kind = models.CharField(max_length=40)

    class Meta:
        db_table = "institutions_delegation"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "kind"], name="institutions_delegation_once")
        ]


class TokenRow(models.Model):
    """A secret address that was given to somebody: whoever has it is let in where the rules allow it at that moment.

    Of the secret itself only the SHA-256 is kept. `purpose` is what it opens (a calendar), `scope` and `about` of what:
    of a person, an institution, or the record `about`. `person` is whose it is, where they have an account: it goes
    with that.

    One that was given to somebody without an account belongs to the institution, whoever made it there (`made_by`). It
    opens nothing after `ends`; where it is for one member of a list of people, `part` is that list and `member` their
    row. `email` is where they can be written to, `opened` how often it was opened, by whomever.
    """

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    person = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="tokens")
    institution = models.CharField(max_length=500)
    scope = models.CharField(max_length=20)
    about = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=100, blank=True)
    made_at = MomentField()
    last_read = models.DateField(null=True)
    revoked_at = MomentField(null=True)
    revoked_by = models.CharField(max_length=40, blank=True)
    made_by = models.CharField(max_length=40, blank=True)
    ends = models.DateField(null=True)
    part = models.CharField(max_length=500, blank=True)
    member = models.CharField(max_length=64, blank=True)
    email = models.EmailField(blank=True)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "institutions_token"
        indexes: ClassVar = [models.Index(fields=["institution", "purpose"], name="institutions_token_of")]
