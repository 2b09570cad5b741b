"""Reading secret addresses: what somebody with an account reads elsewhere, by an address that only they know."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from koryu.values.moments import written


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


def token_digest(secret: str) -> str:
    """What is kept of a secret address. It has at least 128 bits of chance: nothing slower is needed than SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()
