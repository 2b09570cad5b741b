"""URIs: the names of records, which are made once and never change."""

import re
from typing import Self

from koryu.values.invisible import check_seen
from koryu.values.reason import Reason, Refused

_MINTED = re.compile(r"(.+[:/]institution/[^/\s]+)/[a-z]+/[^/\s]+")
# RFC 3986, section 3: a scheme, a colon, and no character that a URI must escape.
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


class Uri(str):
    """An absolute URI, kept exactly as written. Raises Refused for anything else."""

    __slots__ = ()

    def __new__(cls, written: str) -> Self:
        if not _ABSOLUTE.fullmatch(written):
            raise Refused(
                Reason("“%(written)s” is not an absolute URI such as tag:example.org,2026:work/1", written=written)
            )
        check_seen(written)
        return super().__new__(cls, written)


def minted_by(name: str) -> str | None:
    """The institution that made a record's name, as the name itself says; None for a name that does not say it.

    An institution makes names below its own: `…:institution/ndl/exchange/37` was made by `…:institution/ndl`.
    """
    made = _MINTED.fullmatch(name)
    return made[1] if made else None


def mint(institution: str, kind: str, slug: str) -> str:
    """The name that an institution makes for a record of this kind; `slug` is what it is called in addresses."""
    return f"{institution}/{kind}/{slug}"


def last_part(uri: str) -> str:
    """The last part of a record's name: what it is called in addresses, unless another of its kind is called so."""
    return uri.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
