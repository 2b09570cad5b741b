"""Secret addresses for people who have an account here: made, revoked, noted when they are read."""

import secrets
from datetime import date

from django.db import transaction

from koryu.institutions import models, queries
from koryu.institutions import rules as roles
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger.actions import locked
from koryu.values.invisible import check_seen
from koryu.values.reason import Reason, Refused, or_refuse


def give_token(
    *,
    institution: str,
    username: str,
    purpose: str,
    scope: str,
    about: str = "",
    language: str,
    name: str = "",
    at: str,
) -> str:
    """Make a secret address of 43 characters for somebody, and return it: it is shown once, and kept nowhere.

    `about` is the record it is of, where that is its scope. Whether the person may read it, is asked when it is read.
    """
    or_refuse(roles.may_have_calendar(role=queries.role_of(person=username, institution=institution), scope=scope))
    or_refuse(roles.may_be_known_as(name=name, email=""))
    check_seen(name)
    secret = secrets.token_urlsafe(32)
    with locked():
        person = queries.person(username)
        if person is None:
            raise Refused(Reason("There is no user %(username)s here.", username=username))
        held = models.TokenRow.objects.filter(person=person, purpose=purpose, revoked_at=None).count()
        or_refuse(roles.may_make_token(made=held))
        models.TokenRow.objects.create(
            digest=queries.token_digest(secret),
            purpose=purpose,
            person=person,
            institution=institution,
            scope=scope,
            about=about,
            language=language,
            name=name[:100],
            made_at=at,
        )
        write(Change.ADDRESS_GIVEN, by=username, at=at, institution=institution, purpose=purpose, scope=scope)
    return secret


def revoke_token(*, token: int, by: str, at: str) -> None:
    """Let a secret address open nothing any more. One that was revoked stays so; revoked twice is no error."""
    with transaction.atomic():
        row = models.TokenRow.objects.select_related("person").filter(pk=token).first()
        if row is None:
            raise Refused(Reason("This address is no longer there."))
        owner = row.person.username if row.person else ""
        or_refuse(
            roles.may_revoke_token(owner=owner == by, role=queries.role_of(person=by, institution=row.institution))
        )
        if row.revoked_at:
            return
        row.revoked_at, row.revoked_by = at, by
        row.save(update_fields=["revoked_at", "revoked_by"])
        said = {"purpose": row.purpose, "scope": row.scope, "whom": owner}
        write(Change.ADDRESS_REVOKED, by=by, at=at, institution=row.institution, **said)


def note_token_read(*, token: int, day: date) -> None:
    """Note on which day an address was read last; nothing more of who reads it is kept."""
    models.TokenRow.objects.filter(pk=token).exclude(last_read=day).update(last_read=day)
