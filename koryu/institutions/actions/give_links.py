"""Private links for people who have no account here: made, ended, counted, forgotten."""

import secrets
from datetime import date

from django.db import transaction
from django.db.models import F

from koryu.institutions import models, queries
from koryu.institutions import rules as roles
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger.actions import locked
from koryu.values.invisible import check_seen
from koryu.values.reason import Reason, Refused, or_refuse


def give_link(
    *,
    institution: str,
    scope: str,
    about: str,
    language: str,
    ends: date | None,
    name: str = "",
    part: str = "",
    member: str = "",
    email: str = "",
    today: date,
    by: str,
    at: str,
) -> str:
    """Make a private link to an exchange for somebody without an account, and return its secret of 22 characters.

    It is shown once, and kept nowhere. What it shows is what the institution may see, asked when it is read.
    """
    or_refuse(roles.may_give_links(role=queries.role_of(person=by, institution=institution)))
    or_refuse(roles.may_be_known_as(name=name, email=email))
    check_seen(name)
    # 128 bits of chance.
    secret = secrets.token_urlsafe(16)
    with locked():
        made = models.TokenRow.objects.filter(
            institution=institution, purpose=queries.LINK, about=about, revoked_at=None, ends__gte=today
        )
        or_refuse(roles.link_fails(scope=scope, member=member, ends=ends, today=today, made=made.count()))
        models.TokenRow.objects.create(
            digest=queries.token_digest(secret),
            purpose=queries.LINK,
            institution=institution,
            scope=scope,
            about=about,
            language=language,
            name=name[:100],
            part=part,
            member=member,
            email=email,
            made_by=by,
            made_at=at,
            ends=ends,
        )
        write(Change.LINK_GIVEN, by=by, at=at, institution=institution, scope=scope)
    return secret


def end_link(*, link: int, institution: str, by: str, at: str) -> None:
    """Let a private link of the institution open nothing any more, whoever made it; ended twice is no error."""
    or_refuse(roles.may_give_links(role=queries.role_of(person=by, institution=institution)))
    with transaction.atomic():
        row = models.TokenRow.objects.filter(pk=link, purpose=queries.LINK, institution=institution).first()
        if row is None:
            raise Refused(Reason("This address is no longer there."))
        if row.revoked_at:
            return
        row.revoked_at, row.revoked_by = at, by
        row.save(update_fields=["revoked_at", "revoked_by"])
        write(Change.LINK_ENDED, by=by, at=at, institution=institution, scope=row.scope, whom=row.made_by)


def count_opening(*, link: int) -> None:
    """Count that a private link was opened: by whomever, be it a machine that looks at mails."""
    models.TokenRow.objects.filter(pk=link).update(opened=F("opened") + 1)


def forget_links(*, ended_before: date) -> int:
    """Delete private links that have ended before a day, however they ended. Returns how many there were."""
    old = models.TokenRow.objects.filter(purpose=queries.LINK, ends__lt=ended_before)
    return old.delete()[0]
