"""Checks for contradictions inside a record. They are made while it is written, never of what is in the ledger."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationInfo

from koryu.values.edtf import Edtf
from koryu.values.frozen import is_new
from koryu.values.invisible import check_seen
from koryu.values.reason import Reason, Refused

_Model = TypeVar("_Model")


def of_new(check: Callable[[_Model], None]) -> Callable[[_Model, ValidationInfo], _Model]:
    """A check as a pydantic validator of a model (mode "after") that leaves alone what was said or kept before."""

    def checked(model: _Model, info: ValidationInfo) -> _Model:
        if is_new(info):
            check(model)
        return model

    return checked


def check_order(first: Edtf | None, last: Edtf | None) -> None:
    """Raise Refused for an end that lies before its beginning, however exactly the two are known."""
    if first and last and last.latest < first.earliest:
        raise Refused(
            Reason("the end, %(end)s, is before the beginning, %(start)s; correct one of them", start=first, end=last)
        )


def check_takes_part(institution: str, institutions: Iterable[str]) -> None:
    """Raise Refused where an institution signs or proposes and is not one of `institutions`."""
    if institution not in institutions:
        raise Refused(
            Reason(
                "“%(institution)s” signs or proposes but is not among the institutions; add it to them, or correct it",
                institution=institution,
            )
        )


def check_once(values: Iterable[Any], message: Reason) -> None:
    """Raise Refused with this reason where a value comes twice."""
    listed = list(values)
    if len(set(listed)) < len(listed):
        raise Refused(message)


def check_web_address(written: str) -> None:
    """Raise Refused for what is no address of a page: a scheme other than http and https, no host, or a user name."""
    check_seen(written)
    try:
        parts = urlsplit(written)
        host, user = parts.hostname, parts.username
    except ValueError:
        # urlsplit raises it, for brackets in the wrong place: refused below, like an address without a host.
        host, user, parts = None, None, urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or user is not None
        or any(character.isspace() for character in written)
    ):
        raise Refused(
            Reason(
                "“%(written)s” is not an address of a web page; it begins with https:// or http:// and the name of a "
                "host",
                written=written,
            )
        )
