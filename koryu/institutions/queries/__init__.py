"""Reading keys, accounts and memberships."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Q

from koryu.institutions import models
from koryu.institutions import rules as roles
from koryu.institutions.queries.private_links import LINK as LINK
from koryu.institutions.queries.private_links import PrivateLink as PrivateLink
from koryu.institutions.queries.private_links import private_link as private_link
from koryu.institutions.queries.private_links import private_links as private_links
from koryu.institutions.queries.private_links import token_digest as token_digest
from koryu.institutions.rules import may_vouch
from koryu.seals.keys import SecretKey
from koryu.values.moments import written
from koryu.values.reason import Reason, Refused

# Whoever reads the file of secret keys can speak for every institution here.
_FOR_OTHERS: Final = 0o077
_UNREADABLE: Final = Reason(
    "The key file of this server, keys.json, is damaged: the operator must restore it from the copy that was kept."
)
_OPEN_TO_OTHERS: Final = Reason(
    "The key file of this server, keys.json, can be read by others on the machine: the operator must run `chmod "
    "600` on it."
)

_ROLE: Final = (
    "SELECT r.role FROM institutions_role r JOIN institutions_person p ON p.id = r.person_id "
    "WHERE p.handle = %s AND r.institution = %s"
)


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key of an institution and the numbers of the entries between which it counts; `until` None while in use.

    `stopped` where the operator of this server ended it, without an entry sealed by the key itself.
    """

    did: str
    institution: str
    since: int
    until: int | None
    stopped: bool


@dataclass(frozen=True, kw_only=True)
class Membership:
    """A person's role at one institution; `delegated` are the kinds of record its officers may send out themselves."""

    username: str
    name: str
    email: str
    language: str
    institution: str
    role: str
    delegated: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class AtDesk:
    """An account with its roles, by institution; the names of everybody entered here, by username (see `names`); the
    institutions that have a key here and so speak for themselves; and under which digest and schema the content of each
    institution it has a role at is kept, where one stands."""

    account: models.Account
    memberships: tuple[Membership, ...]
    names: Mapping[str, str]
    keyed: frozenset[str]
    contents: Mapping[str, tuple[str, str]]


# What the rows of the keys have as their id: no account has it.
_KEYS: Final = -1
_AT_DESK: Final = (
    "SELECT p.id, p.password, p.last_login, p.handle, p.name, p.email, p.language, p.operator, p.must_choose, "
    "p.is_active, r.institution AS place, r.role, d.kind AS delegates, v.content_digest AS said, v.schema AS said_as "
    "FROM institutions_person p "
    "LEFT JOIN institutions_role r ON r.person_id = p.id AND p.id = %s "
    "LEFT JOIN institutions_delegation d ON d.institution = r.institution "
    "LEFT JOIN archive_record a ON a.uri = r.institution LEFT JOIN archive_version v ON v.id = a.stands_id "
    "UNION ALL SELECT -1, '', NULL, '', '', '', '', FALSE, FALSE, FALSE, institution, '', '', '', '' "
    "FROM institutions_key WHERE retired IS NULL ORDER BY 11, 4"
)

_CONTENT: Final = attrgetter("place", "said", "said_as")
# Of a row of it, what a membership is made of.
_MEMBERSHIP: Final = attrgetter("username", "name", "email", "language", "place", "role", "delegates")


def at_desk(account: int) -> AtDesk | None:
    """Whoever has the account with this id, and what every page of the desk asks about the people and institutions of
    this server: in one query. None where there is none.

    Whose names the page needs is not known yet, and everybody here is few; so are those with a key.
    """
    rows = list(models.Account.objects.raw(_AT_DESK, [account]))
    own = [row for row in rows if row.pk == account]
    if not own:
        return None
    return AtDesk(
        account=own[0],
        memberships=_memberships_in(row for row in map(_MEMBERSHIP, own) if row[4]),
        names=_told_apart({row.username: row.name for row in rows if row.pk != _KEYS}),
        keyed=frozenset(row[4] for row in (_MEMBERSHIP(row) for row in rows if row.pk == _KEYS)),
        contents={place: (said, schema) for place, said, schema in map(_CONTENT, own) if place and said},
    )


def memberships_at(*institutions: str) -> tuple[Membership, ...]:
    """The memberships at these institutions of people who may sign in, by institution and username."""
    places = ", ".join("%s" for _ in institutions) or "''"
    return _memberships(f"r.institution IN ({places}) AND p.is_active", *institutions)


def weekly_readers() -> frozenset[str]:
    """Who is reminded of steps once a week, by username."""
    return frozenset(models.Account.objects.filter(weekly=True).values_list("username", flat=True))


def heads(institution: str) -> int:
    """How many heads an institution has who may sign in."""
    return models.RoleRow.objects.filter(institution=institution, role="head", person__is_active=True).count()


def institutions_here() -> frozenset[str]:
    """The institutions for which somebody here has a role."""
    return frozenset(models.RoleRow.objects.values_list("institution", flat=True))


def person(username: str) -> models.Account | None:
    """The person with this username."""
    # PostgreSQL takes no NUL, not even to look for it.
    return None if "\0" in username else models.Account.objects.filter(username=username).first()


def person_with_address(
    *addresses: str, institutions: frozenset[str], operators: bool = False
) -> models.Account | None:
    """The one person with one of these e-mail addresses whom a provider of these institutions may sign in.

    None where there are several: an address that two people share is nobody's.
    """
    wanted = Q()
    for address in filter(None, addresses):
        wanted |= Q(email__iexact=address)
    if not wanted:
        return None
    people = [
        person
        for person in models.Account.objects.filter(wanted, is_active=True).prefetch_related("roles")
        if not may_vouch(
            institutions=institutions,
            operators=operators,
            at=frozenset(role.institution for role in person.roles.all()),
            operator=person.operator,
        )
    ]
    return people[0] if len(people) == 1 else None


def key_of(institution: str) -> str | None:
    """The did:key of the institution's key in use here; None when it has no key here."""
    # Plain SQL: each thing that is said asks it several times.
    with connection.cursor() as cursor:
        cursor.execute("SELECT did FROM institutions_key WHERE institution = %s AND retired IS NULL", [institution])
        in_use = cursor.fetchone()
    return str(in_use[0]) if in_use else None


def with_key(institutions: Iterable[str]) -> frozenset[str]:
    """Those of these institutions that have a key here, and so speak for themselves."""
    keys_in_use = models.KeyRow.objects.filter(institution__in=list(institutions), retired=None)
    return frozenset(keys_in_use.values_list("institution", flat=True))


def names() -> dict[str, str]:
    """What everybody entered here is called, by username: by name, and where two have the same, with the username."""
    return _told_apart(dict(models.Account.objects.values_list("username", "name")))


def keys() -> dict[str, list[str]]:
    """Every key there was, by institution, in the order they were given."""
    dids: dict[str, list[str]] = {}
    for institution, did in models.KeyRow.objects.order_by("given").values_list("institution", "did"):
        dids.setdefault(institution, []).append(did)
    return dids


def every_key() -> tuple[Key, ...]:
    """Every key there was, in the order they were given."""
    stopped = frozenset(models.KeyDecision.objects.filter(decision="stopped").values_list("did", flat=True))
    return tuple(
        Key(did=row.did, institution=row.institution, since=row.given, until=row.retired, stopped=row.did in stopped)
        for row in models.KeyRow.objects.order_by("given")
    )


def confirmed_for(did: str) -> str | None:
    """The institution for which the operator has confirmed this key as its first; None where it was not confirmed."""
    decisions = models.KeyDecision.objects.filter(did=did, decision="confirmed")
    return decisions.values_list("institution", flat=True).first()


def is_confirmed(*, institution: str, did: str, in_use: str | None) -> bool:
    """Whether the operator has confirmed that the institution begins with this key, in the place of the one in use."""
    return models.KeyDecision.objects.filter(
        institution=institution, did=did, decision="confirmed", replaces=in_use or ""
    ).exists()


def secret_key(institution: str) -> SecretKey:
    """The secret half of the institution's key in use. Raises LookupError where this server does not hold it.

    Raises Refused for a key file that cannot be relied on.
    """
    did = key_of(institution)
    kept = kept_secrets().get(did or "")
    if kept is None:
        raise LookupError(f"no secret key of {institution} on this server")
    return kept


def holds_secret(did: str) -> bool:
    """Whether the secret half of a key lies on this server. Raises Refused as `kept_secrets` does."""
    return did in kept_secrets()


def kept_secrets() -> dict[str, SecretKey]:
    """The secret keys in the key file, by did:key; none where there is no file.

    Raises Refused for a file that is damaged, or that others on the machine can read: then nothing is sealed.
    """
    path = key_file()
    try:
        there = path.stat()
    except FileNotFoundError:
        return {}
    except OSError as bad:
        raise Refused(_UNREADABLE) from bad
    if there.st_mode & _FOR_OTHERS:
        raise Refused(_OPEN_TO_OTHERS)
    return dict(_secrets_in(path, (there.st_ino, there.st_mtime_ns, there.st_size)))


# Everything that is sealed asks for a key: the file is read again only when it has changed.
@lru_cache(maxsize=1)
def _secrets_in(path: Path, _as_it_is: tuple[int, ...]) -> Mapping[str, SecretKey]:
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        kept = {did: SecretKey.from_text(text) for did, text in written.items()}
    except (OSError, ValueError, AttributeError, TypeError, RecursionError) as bad:
        raise Refused(_UNREADABLE) from bad
    if any(key.public.did != did for did, key in kept.items()):
        raise Refused(_UNREADABLE)
    return MappingProxyType(kept)


def key_file() -> Path:
    """Where the secret keys lie: outside the database, readable by its owner alone."""
    return Path(settings.HOME) / "keys.json"


def role_of(*, person: str, institution: str) -> str | None:
    """The role of the person with this username at the institution; of the loader, whether it speaks for it."""
    if person == roles.LOADER:
        return roles.MACHINE if speaks_through_loader(institution) else None
    if "\0" in person:
        return None
    # Plain SQL, as below: whoever says fifty things in one act is asked for fifty times.
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [person, institution])
        held = cursor.fetchone()
    return str(held[0]) if held else None


@dataclass(frozen=True, kw_only=True)
class SecretAddress:
    """A secret address that was given to somebody, without the secret; `person` is what its owner is called, `role`
    what they are there now."""

    id: int
    digest: str
    scope: str
    about: str
    institution: str
    username: str
    person: str
    role: str | None
    language: str
    name: str
    made_at: str
    last_read: date | None


# A person who may not sign in any more reads nothing either.
_TOKENS: Final = (
    "SELECT t.id, t.digest, t.scope, t.about, t.institution, p.handle, p.name, r.role, t.language, t.name, t.made_at, "
    "t.last_read FROM institutions_token t JOIN institutions_person p ON p.id = t.person_id AND p.is_active "
    "LEFT JOIN institutions_role r ON r.person_id = p.id AND r.institution = t.institution "
    "WHERE t.revoked_at IS NULL AND t.purpose = %s"
)


def secret_address(secret: str, *, purpose: str) -> SecretAddress | None:
    """The address with this secret; None for one that is unknown, revoked, or of somebody who is gone."""
    return next(iter(_addresses("t.digest = %s", purpose, token_digest(secret))), None)


def secret_addresses(*, purpose: str, username: str = "", institution: str = "") -> tuple[SecretAddress, ...]:
    """The addresses that work, of a person or of all people of an institution; the last made first."""
    of, whose = ("p.handle = %s", username) if username else ("t.institution = %s", institution)
    return _addresses(f"{of} ORDER BY t.id DESC", purpose, whose)


def _addresses(condition: str, *values: str) -> tuple[SecretAddress, ...]:
    names = ("id", "digest", "scope", "about", "institution", "username", "person", "role", "language", "name")
    with connection.cursor() as cursor:
        cursor.execute(f"{_TOKENS} AND {condition}", values)
        return tuple(
            SecretAddress(
                **dict(zip(names, row, strict=True)),
                made_at=written(made_at),
                last_read=date.fromisoformat(str(last_read)) if last_read else None,
            )
            for *row, made_at, last_read in cursor.fetchall()
        )


def speaks_through_loader(institution: str) -> bool:
    """Whether an institution is the compiler of data sets loaded here, for which the loader speaks."""
    return models.CompilerRow.objects.filter(institution=institution).exists()


def people_with_reserved_handles() -> tuple[str, ...]:
    """Usernames that are reserved now, of people who were entered before they were."""
    return tuple(
        username
        for username in models.Account.objects.values_list("username", flat=True)
        if roles.is_reserved(username)
    )


def delegated(institution: str) -> frozenset[str]:
    """The kinds of record that officers of the institution may send out themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM institutions_delegation WHERE institution = %s", [institution])
        return frozenset(str(kind) for (kind,) in cursor.fetchall())


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by username, the username beside each that somebody else has as well; no name, no entry."""
    alike = Counter(unicodedata.normalize("NFKC", name).casefold() for name in names.values())
    return {
        username: name if alike[unicodedata.normalize("NFKC", name).casefold()] == 1 else f"{name} ({username})"
        for username, name in names.items()
        if name
    }


def _memberships(condition: str, *values: str) -> tuple[Membership, ...]:
    """Roles with what officers may send themselves there, in one query."""
    query = (
        "SELECT p.handle, p.name, p.email, p.language, r.institution, r.role, d.kind FROM institutions_person p "  # noqa: S608 -- nothing but our own words; values go apart
        "JOIN institutions_role r ON r.person_id = p.id "
        "LEFT JOIN institutions_delegation d ON d.institution = r.institution "
        f"WHERE {condition} ORDER BY r.institution, p.handle"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return _memberships_in(cursor.fetchall())


def _memberships_in(rows: Iterable[tuple[str, ...]]) -> tuple[Membership, ...]:
    kinds_by_member: dict[tuple[str, ...], set[str]] = {}
    for *who, kind in rows:
        kinds_by_member.setdefault(tuple(who), set()).update([kind] if kind else [])
    fields = ("username", "name", "email", "language", "institution", "role")
    return tuple(
        Membership(**dict(zip(fields, who, strict=True)), delegated=frozenset(kinds))
        for who, kinds in kinds_by_member.items()
    )
