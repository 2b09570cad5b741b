"""URIs: the names of records, minted once."""

import re
from typing import Self

from koryu.values.reason import Reason, Refused

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
        return super().__new__(cls, written)
