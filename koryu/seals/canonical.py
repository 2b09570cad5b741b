"""Canonical JSON (RFC 8785): one sequence of bytes for each JSON value."""

from typing import Any

import rfc8785

from koryu.values.reason import Reason, Refused


def canonical(value: Any) -> bytes:
    """The canonical JSON of `value` (RFC 8785): what is digested and sealed.

    Raises Refused (a ValueError) for what has no such form: NaN, infinity, integers of 2**53 and beyond, text that is
    no Unicode, keys that are no text, and what is not JSON at all. Texts are not normalised.

    A float from 2**53 up to 1e21 is written as an integer, as the RFC asks, and so is refused once it is read back.
    """
    try:
        return rfc8785.dumps(value)
    except RecursionError:
        raise Refused(Reason("the document is nested too deeply to be digested")) from None
    except ValueError as error:
        raise Refused(Reason("the document has no canonical form: %(cause)s", cause=str(error))) from error
