"""People, roles, and the file of secret keys. That a key is an institution's is said in the ledger, by consent.

What a person does for an institution asks the rules whether `by` may, and raises Refused; what needs no `by` is done by
the operator of the server, from the command line. Each leaves a line in the journal, with the moment `at`.
"""

import json
import os
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction

from koryu.institutions import effects, models, queries
from koryu.institutions import rules as roles
from koryu.institutions.actions.give_links import count_opening as count_opening
from koryu.institutions.actions.give_links import end_link as end_link
from koryu.institutions.actions.give_links import forget_links as forget_links
from koryu.institutions.actions.give_links import give_link as give_link
from koryu.institutions.rules import OPERATOR
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger.actions import locked
from koryu.seals.keys import SecretKey
from koryu.values.invisible import check_seen
from koryu.values.reason import Reason, Refused, or_refuse

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def keep_secret(key: SecretKey) -> None:
    """Write a secret key into the key file: made with mode 0600, replaced in one step, the other keys kept.

    Must be called while the ledger is locked, so that two who write it do not lose each other's keys. Raises
    Refused for a file that is damaged or open to others, which is never written over.
    """
    _write_secrets({**queries.kept_secrets(), key.public.did: key})


def forget_retired_secrets() -> None:
    """Take the secrets of keys that are not used any more out of the key file: nothing can be sealed with them.

    Must be called while the ledger is locked, after what retired them was committed. A key that no entry knows stays:
    the ledger may have been put back as it was before that key was given.
    """
    kept = queries.kept_secrets()
    retired = {key.did for key in queries.every_key() if key.until is not None}
    if retired & kept.keys():
        _write_secrets({did: key for did, key in kept.items() if did not in retired})


def let_loader_speak(*, institution: str, at: str) -> None:
    """Let the loader speak for an institution, which whoever calls this has found to be the compiler of a data set."""
    with transaction.atomic():
        _, new = models.CompilerRow.objects.get_or_create(institution=institution)
        if new:
            write(Change.LOADER_SPEAKS, by=roles.LOADER, at=at, institution=institution)


def confirm_key(*, institution: str, did: str, replaces: str = "", by: str = OPERATOR, at: str) -> None:
    """Note that the institution has said, outside Koryu, that it begins with this key, in the place of a lost one.

    Raises Refused for a key that was confirmed for another institution.
    """
    with transaction.atomic():
        if queries.confirmed_for(did) not in (None, institution):
            raise Refused(Reason("This key was confirmed for another institution."))
        models.KeyDecision.objects.update_or_create(
            institution=institution, did=did, decision="confirmed", defaults={"replaces": replaces, "by": by, "at": at}
        )
        write(Change.KEY_CONFIRMED, by=by, at=at, institution=institution, key=did, replaces=replaces)


def stop_key(*, institution: str, did: str, after: int, by: str = OPERATOR, at: str) -> None:
    """Accept nothing any more that is sealed with this key, after the entry with this number."""
    with transaction.atomic():
        models.KeyDecision.objects.create(
            institution=institution, did=did, decision="stopped", after=after, by=by, at=at
        )
        effects.stopped(did=did, after=after)
        write(Change.KEY_STOPPED, by=by, at=at, institution=institution, key=did)


def enter(
    *,
    username: str,
    name: str,
    email: str = "",
    language: str = "en",
    operator: bool = False,
    by: str = OPERATOR,
    at: str = "",
) -> None:
    """Create an account for a person, or change what is known of one.

    Raises Refused for a username that nobody can have, and for a name that is too long or holds what cannot be seen.
    """
    or_refuse(roles.may_be_known_as(name=name, email=email))
    check_seen(name)
    with transaction.atomic():
        known = queries.person(username)
        changed = Change.PERSON_CHANGED if known else Change.PERSON_ENTERED
        person = known or _new(username)
        person.name, person.email, person.language, person.operator = name, email, language, operator
        person.save()
        write(changed, by=by, at=at, whom=username, **({"operator": "yes"} if operator else {}))


def set_password(
    *, username: str, password: str, must_change_password: bool = False, by: str = OPERATOR, at: str = ""
) -> None:
    """Let a person sign in with this password from now on; `must_change_password` where they choose their own then.

    Raises LookupError for a username nobody has.
    """
    with transaction.atomic():
        person = queries.person(username)
        if person is None or roles.is_reserved(username):
            raise LookupError(username)
        person.set_password(password)
        person.must_change_password = must_change_password
        person.save(update_fields=["password", "must_change_password"])
        write(Change.PASSWORD_SET, by=by, at=at, whom=username)


def appoint(*, username: str, name: str, institution: str, role: str, by: str = OPERATOR, at: str = "") -> None:
    """Give a person a role at an institution; the person is entered when new."""
    with transaction.atomic():
        if queries.person(username) is None:
            enter(username=username, name=name, by=by, at=at)
        _give(username, institution, role, by=by, at=at)


def dismiss(*, username: str, institution: str, by: str = OPERATOR, at: str = "") -> None:
    """Take a person's role at an institution; the person stays known, for what was said stays."""
    with transaction.atomic():
        held = queries.role_of(person=username, institution=institution)
        gone, _ = models.RoleRow.objects.filter(person__username=username, institution=institution).delete()
        if gone:
            write(Change.ROLE_TAKEN, by=by, at=at, institution=institution, whom=username, role=held or "")


def enter_person(
    *, institution: str, username: str, name: str, email: str, language: str, role: str, password: str, by: str, at: str
) -> None:
    """Enter somebody new, with a role at the institution and a password they replace when they first sign in.

    Without a password they cannot sign in before one was set by mail. Somebody known here keeps what is known of them.
    """
    or_refuse(roles.may_be_known_as(name=name, email=email))
    check_seen(name)
    with locked():
        or_refuse(roles.may_give_roles(role=_role(by, institution)))
        or_refuse(roles.may_enter(username=username, taken=queries.person(username) is not None))
        person = models.Account(
            username=username, name=name, email=email, language=language, must_change_password=bool(password)
        )
        person.set_password(password or None)
        person.save()
        write(Change.PERSON_ENTERED, by=by, at=at, institution=institution, whom=username)
        give_role(institution=institution, username=username, role=role, by=by, at=at)


def give_role(*, institution: str, username: str, role: str, by: str, at: str) -> None:
    """Give a person a role at the institution, in the place of the one they had there."""
    with locked():
        held = _role(username, institution)
        heads = queries.heads(institution)
        or_refuse(roles.may_give_role(role=_role(by, institution), given=role, held=held, heads=heads))
        _give(username, institution, role, by=by, at=at)


def take_role(*, institution: str, username: str, by: str, at: str) -> None:
    """Take a person's role at the institution; the person stays known, and what they said stays."""
    with locked():
        held = _role(username, institution)
        if held is None:
            raise Refused(Reason("This person has no role at the institution."))
        heads = queries.heads(institution)
        or_refuse(roles.may_take_role(role=_role(by, institution), taken=held, heads=heads))
        dismiss(username=username, institution=institution, by=by, at=at)


def let_officers_send(*, institution: str, kinds: frozenset[str], by: str, at: str) -> None:
    """Let the officers of the institution send records of these kinds themselves, and of no others."""
    with locked():
        or_refuse(roles.may_give_roles(role=_role(by, institution)))
        had = queries.delegated(institution)
        for kind in sorted(kinds - had):
            delegate(institution=institution, kind=kind, by=by, at=at)
        for kind in sorted(had - kinds):
            undelegate(institution=institution, kind=kind, by=by, at=at)


def delegate(*, institution: str, kind: str, by: str = OPERATOR, at: str = "") -> None:
    """Let the officers of an institution send out records of a kind themselves."""
    with transaction.atomic():
        _, new = models.Delegation.objects.get_or_create(institution=institution, kind=kind)
        if new:
            write(Change.OFFICERS_MAY_SEND, by=by, at=at, institution=institution, kind=kind)


def undelegate(*, institution: str, kind: str, by: str = OPERATOR, at: str = "") -> None:
    """Let the officers of an institution ask the head again before a record of a kind goes out."""
    with transaction.atomic():
        gone, _ = models.Delegation.objects.filter(institution=institution, kind=kind).delete()
        if gone:
            write(Change.OFFICERS_MAY_NOT_SEND, by=by, at=at, institution=institution, kind=kind)


def write_to_in(*, username: str, language: str, at: str) -> None:
    """Set the language in which notices are written to a person."""
    with transaction.atomic():
        person = models.Account.objects.filter(username=username).exclude(language=language)
        if person.update(language=language):
            write(Change.LANGUAGE_CHOSEN, by=username, at=at, whom=username, language=language)


def remind_weekly(*, username: str, weekly: bool, at: str) -> None:
    """Set whether somebody is reminded of steps once a week, or on each day on which something is due."""
    with transaction.atomic():
        person = models.Account.objects.filter(username=username).exclude(weekly=weekly)
        if person.update(weekly=weekly):
            write(Change.REMINDED_WEEKLY if weekly else Change.REMINDED_DAILY, by=username, at=at, whom=username)


def note_signing_in(*, username: str, at: str, out: bool = False) -> None:
    """Note that an operator of this server has signed in, or out; of others nothing is noted."""
    person = queries.person(username)
    if person is None or not person.operator:
        return
    with transaction.atomic():
        write(Change.OPERATOR_SIGNED_OUT if out else Change.OPERATOR_SIGNED_IN, by=username, at=at)


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
    or_refuse(roles.may_have_calendar(role=_role(username, institution), scope=scope))
    or_refuse(roles.may_be_known_as(name=name, email=""))
    check_seen(name)
    secret = secrets.token_urlsafe(32)
    with locked():
        person = _person(username)
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
        or_refuse(roles.may_revoke_token(owner=owner == by, role=_role(by, row.institution)))
        if row.revoked_at:
            return
        row.revoked_at, row.revoked_by = at, by
        row.save(update_fields=["revoked_at", "revoked_by"])
        said = {"purpose": row.purpose, "scope": row.scope, "whom": owner}
        write(Change.ADDRESS_REVOKED, by=by, at=at, institution=row.institution, **said)


def note_token_read(*, token: int, day: date) -> None:
    """Note on which day an address was read last; nothing more of who reads it is kept."""
    models.TokenRow.objects.filter(pk=token).exclude(last_read=day).update(last_read=day)


def initial_password() -> str:
    """A password for the first time, as it can be read out: some 90 bits in letters that are not taken for others."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))


def _new(username: str) -> models.Account:
    """A person of this username, not yet kept, who cannot sign in before a password was set."""
    or_refuse(roles.may_be_called(username))
    person = models.Account(username=username)
    person.set_unusable_password()
    return person


def _give(username: str, institution: str, role: str, *, by: str, at: str) -> None:
    person = _person(username)
    or_refuse(roles.may_be_called(username))
    before = queries.role_of(person=username, institution=institution) or ""
    models.RoleRow.objects.update_or_create(person=person, institution=institution, defaults={"role": role})
    if before != role:
        write(Change.ROLE_GIVEN, by=by, at=at, institution=institution, whom=username, role=role, before=before)


def _write_secrets(kept: Mapping[str, SecretKey]) -> None:
    path = queries.key_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)  # one that was left behind may have been made with another mode
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({did: key.to_text() for did, key in kept.items()}, file, indent=1)
        # On disk before it takes the place of the old file: a crash in between must not leave an empty one.
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _role(person: str, institution: str) -> str | None:
    return queries.role_of(person=person, institution=institution)


def _person(username: str) -> models.Account:
    person = queries.person(username)
    if person is None:
        raise Refused(Reason("There is no user %(username)s here.", username=username))
    return person
