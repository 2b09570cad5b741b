"""Reading private links: secret addresses for people who have no account here."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from koryu.institutions.queries.secret_addresses import token_digest
from koryu.values.moments import written

LINK: Final = "link"


@dataclass(frozen=True, kw_only=True)
class PrivateLink:
    """A private link, without its secret: to what exchange (`about`) for whom (`scope`) it was given, by whom of which
    institution, in which language it is read, and until when. `part` and `member` say which row of which list of people
    it is for, `name` what its maker calls whom it is for. `opened` is how often it was opened."""

    id: int
    scope: str
    about: str
    institution: str
    language: str
    name: str
    part: str
    member: str
    email: str
    made_by: str
    made_at: str
    ends: date
    opened: int
    revoked_at: str = ""

    def is_open(self, today: date) -> bool:
        """Whether it opens something on this day."""
        return not self.revoked_at and self.ends >= today


_LINKS: Final = (
    "SELECT id, scope, about, institution, language, name, part, member, email, made_by, made_at, CAST(ends AS TEXT), "
    "opened, revoked_at FROM institutions_token WHERE purpose = 'link' AND "
)


def private_link(secret: str, *, today: date) -> PrivateLink | None:
    """The link with this secret, if it opens something today; None for one that is unknown, ended or revoked.

    Whoever made it may be gone: it is the institution's. What the institution may see is asked where it is read.
    """
    # Whatever is no secret of ours is asked for all the same: the answer takes as long.
    links = _private_links("digest = %s AND revoked_at IS NULL AND ends >= %s", token_digest(secret), today.isoformat())
    return next(iter(links), None)


def private_links(about: str, *, institution: str) -> tuple[PrivateLink, ...]:
    """The links of an institution to an exchange, the last made first, with those that were revoked or have ended as
    long as they are kept."""
    return _private_links("about = %s AND institution = %s ORDER BY id DESC", about, institution)


def _private_links(condition: str, *values: str) -> tuple[PrivateLink, ...]:
    names = ("id", "scope", "about", "institution", "language", "name", "part", "member", "email", "made_by")
    with connection.cursor() as cursor:
        cursor.execute(f"{_LINKS}{condition}", values)
        return tuple(
            PrivateLink(
                **dict(zip(names, row, strict=True)),
                made_at=written(made_at),
                ends=date.fromisoformat(ends),
                opened=opened,
                revoked_at=written(revoked_at),
            )
            for *row, made_at, ends, opened, revoked_at in cursor.fetchall()
        )
