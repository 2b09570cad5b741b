"""Reading keys and roles."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Q

from koryu.institutions import models
from koryu.institutions.rules import may_vouch
from koryu.seals.keys import SecretKey
from koryu.values.reason import Reason, Refused


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Someone who may do something for an institution."""

    handle: str
    name: str
    email: str
    language: str
    institution: str
    role: str
    delegated: frozenset[str] = frozenset()


def voices_of(handle: str) -> tuple[Voice, ...]:
    """The roles a person has, by institution."""
    return _voices("p.handle = %s", handle)


def voices_at(*institutions: str) -> tuple[Voice, ...]:
    """Those who have a role at one of these institutions and may sign in, by institution and handle."""
    places = ", ".join("%s" for _ in institutions) or "''"
    return _voices(f"r.institution IN ({places}) AND p.is_active", *institutions)


def heads(institution: str) -> int:
    """How many heads an institution has who may sign in."""
    return models.Role.objects.filter(institution=institution, role="head", person__is_active=True).count()


def institutions_here() -> frozenset[str]:
    """The institutions for which somebody here has a role."""
    return frozenset(models.Role.objects.values_list("institution", flat=True))


def person(handle: str) -> models.Person | None:
    """The person with this handle."""
    return models.Person.objects.filter(handle=handle).first()


def person_with_address(*addresses: str, institutions: frozenset[str], operators: bool = False) -> models.Person | None:
    """The one person with one of these e-mail addresses whom a provider of these institutions may sign in.

    None where there are several: an address that two people share is nobody's.
    """
    wanted = Q()
    for address in filter(None, addresses):
        wanted |= Q(email__iexact=address)
    if not wanted:
        return None
    found = [
        person
        for person in models.Person.objects.filter(wanted, is_active=True).prefetch_related("roles")
        if not may_vouch(
            institutions=institutions,
            operators=operators,
            at=frozenset(role.institution for role in person.roles.all()),
            operator=person.operator,
        )
    ]
    return found[0] if len(found) == 1 else None


def key_of(institution: str) -> str | None:
    """The did:key of the institution's key in use here; None when it has no key here."""
    return models.Key.objects.filter(institution=institution, retired=None).values_list("did", flat=True).first()


def with_key(institutions: Iterable[str]) -> frozenset[str]:
    """Those of these institutions that have a key here, and so speak for themselves."""
    found = models.Key.objects.filter(institution__in=list(institutions), retired=None)
    return frozenset(found.values_list("institution", flat=True))


def names_of(handles: Iterable[str]) -> dict[str, str]:
    """What the people with these handles are called."""
    return dict(models.Person.objects.filter(handle__in=set(handles)).values_list("handle", "name"))


def keys() -> dict[str, list[str]]:
    """Every key there was, by institution, in the order they were given."""
    found: dict[str, list[str]] = {}
    for institution, did in models.Key.objects.order_by("given").values_list("institution", "did"):
        found.setdefault(institution, []).append(did)
    return found


def secret_key(institution: str) -> SecretKey:
    """The secret half of the institution's key in use. Raises LookupError where this server does not hold it."""
    did = key_of(institution)
    kept = kept_secrets().get(did or "")
    if kept is None:
        raise LookupError(f"no secret key of {institution} on this server")
    try:
        return SecretKey.from_text(kept)
    except ValueError as error:
        raise _damaged(key_file()) from error


def kept_secrets() -> dict[str, str]:
    """The secret keys in the key file, by did:key. Raises Refused, with the file's name, for one that is damaged."""
    path = key_file()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if not isinstance(kept, dict) or not all(isinstance(key, str) for key in kept.values()):
        raise _damaged(path)
    return kept


def _damaged(path: Path) -> Refused:
    return Refused(
        Reason("The file of secret keys, %(file)s, cannot be read: restore it from a backup.", file=str(path))
    )


def key_file() -> Path:
    """Where the secret keys lie: outside the database, readable by its owner alone."""
    return Path(settings.HOME) / "keys.json"


def role_of(*, person: str, institution: str) -> str | None:
    """The role of the person with this handle at the institution."""
    found = models.Role.objects.filter(person__handle=person, institution=institution)
    return found.values_list("role", flat=True).first()


def delegated(institution: str) -> frozenset[str]:
    """The kinds of record that officers of the institution may send out themselves."""
    return frozenset(models.Delegation.objects.filter(institution=institution).values_list("kind", flat=True))


def _voices(condition: str, *values: str) -> tuple[Voice, ...]:
    """Roles with what officers may send themselves there, in one query: asked whenever a page of the desk is made."""
    query = (
        "SELECT p.handle, p.name, p.email, p.language, r.institution, r.role, d.kind FROM institutions_role r "  # noqa: S608 -- nothing but our own words; values go apart
        "JOIN institutions_person p ON p.id = r.person_id "
        "LEFT JOIN institutions_delegation d ON d.institution = r.institution "
        f"WHERE {condition} ORDER BY r.institution, p.handle"
    )
    found: dict[tuple[str, ...], set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        for *who, kind in cursor.fetchall():
            found.setdefault(tuple(who), set()).update([kind] if kind else [])
    fields = ("handle", "name", "email", "language", "institution", "role")
    return tuple(
        Voice(**dict(zip(fields, who, strict=True)), delegated=frozenset(kinds)) for who, kinds in found.items()
    )
