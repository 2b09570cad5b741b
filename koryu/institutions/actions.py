"""People, roles, and the file of secret keys. That a key is an institution's is said in the ledger, by consent.

What a person does for an institution takes `by`, asks the rules, and raises Refused; what takes no `by` is done by the
operator of the server, from the command line.
"""

import json
import os
import secrets
from typing import Final

from koryu.institutions import models, queries
from koryu.institutions import rules as roles
from koryu.ledger.actions import turn
from koryu.seals.keys import SecretKey
from koryu.values.reason import Reason, Refused

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def keep_secret(key: SecretKey) -> None:
    """Write a secret key into the key file: made with mode 0600, replaced in one step, old keys kept."""
    path = queries.key_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {**queries.kept_secrets(), key.public.did: key.to_text()}
    beside = path.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(kept, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def enter(*, handle: str, name: str, email: str = "", language: str = "en", operator: bool = False) -> None:
    """Enter a person, or change what is known of one."""
    models.Person.objects.update_or_create(
        handle=handle, defaults={"name": name, "email": email, "language": language, "operator": operator}
    )


def set_password(*, handle: str, password: str, must_choose: bool = False) -> None:
    """Let a person sign in with this password from now on; `must_choose` where they are to choose their own then.

    Raises LookupError for a handle nobody has.
    """
    person = queries.person(handle)
    if person is None:
        raise LookupError(handle)
    person.set_password(password)
    person.must_choose = must_choose
    person.save(update_fields=["password", "must_choose"])


def appoint(*, handle: str, name: str, institution: str, role: str) -> None:
    """Give a person a role at an institution; the person is entered when new."""
    person, _ = models.Person.objects.get_or_create(handle=handle, defaults={"name": name})
    models.Role.objects.update_or_create(person=person, institution=institution, defaults={"role": role})


def dismiss(*, handle: str, institution: str) -> None:
    """Take a person's role at an institution; the person stays known, for what was said stays."""
    models.Role.objects.filter(person__handle=handle, institution=institution).delete()


def enter_person(
    *, institution: str, handle: str, name: str, email: str, language: str, role: str, password: str, by: str
) -> None:
    """Enter somebody new, with a role at the institution and a password they replace when they first sign in.

    Without a password they cannot sign in before one was set by mail. Somebody known here keeps what is known of them.
    """
    with turn():
        _or_refuse(roles.may_give_roles(role=_role(by, institution)))
        _or_refuse(roles.may_enter(handle=handle, taken=queries.person(handle) is not None))
        person = models.Person(handle=handle, name=name, email=email, language=language, must_choose=bool(password))
        person.set_password(password or None)
        person.save()
        give_role(institution=institution, handle=handle, role=role, by=by)


def give_role(*, institution: str, handle: str, role: str, by: str) -> None:
    """Give a person a role at the institution, in the place of the one they had there."""
    with turn():
        held = _role(handle, institution)
        heads = queries.heads(institution)
        _or_refuse(roles.may_give_role(role=_role(by, institution), given=role, held=held, heads=heads))
        models.Role.objects.update_or_create(person=_person(handle), institution=institution, defaults={"role": role})


def take_role(*, institution: str, handle: str, by: str) -> None:
    """Take a person's role at the institution; the person stays known, and what they said stays."""
    with turn():
        held = _role(handle, institution)
        if held is None:
            raise Refused(Reason("This person has no role at the institution."))
        heads = queries.heads(institution)
        _or_refuse(roles.may_take_role(role=_role(by, institution), taken=held, heads=heads))
        dismiss(handle=handle, institution=institution)


def let_officers_send(*, institution: str, kinds: frozenset[str], by: str) -> None:
    """Let the officers of the institution send records of these kinds themselves, and of no others."""
    with turn():
        _or_refuse(roles.may_give_roles(role=_role(by, institution)))
        had = queries.delegated(institution)
        for kind in sorted(kinds - had):
            delegate(institution=institution, kind=kind)
        for kind in sorted(had - kinds):
            undelegate(institution=institution, kind=kind)


def delegate(*, institution: str, kind: str) -> None:
    """Let the officers of an institution send out records of a kind themselves."""
    models.Delegation.objects.get_or_create(institution=institution, kind=kind)


def undelegate(*, institution: str, kind: str) -> None:
    """Let the officers of an institution ask the head again before a record of a kind goes out."""
    models.Delegation.objects.filter(institution=institution, kind=kind).delete()


def write_to_in(*, handle: str, language: str) -> None:
    """Write to a person in this language from now on."""
    models.Person.objects.filter(handle=handle).update(language=language)


def initial_password() -> str:
    """A password for the first time, as it can be read out: some 90 bits in letters that are not taken for others."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))


def _role(person: str, institution: str) -> str | None:
    return queries.role_of(person=person, institution=institution)


def _person(handle: str) -> models.Person:
    found = queries.person(handle)
    if found is None:
        raise Refused(Reason("Nobody here has the handle %(handle)s.", handle=handle))
    return found


def _or_refuse(reason: Reason | None) -> None:
    if reason:
        raise Refused(reason)
