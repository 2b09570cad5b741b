"""What a partner has written of a text that is open, as a row: where it stands. Pure."""

from dataclasses import dataclass
from typing import Final

# The sheet of such rows, which is never drawn.
REPLIES: Final = "reply"
_DIGEST: Final = "sha256:"


@dataclass(frozen=True, kw_only=True)
class PartnersReply:
    """What a partner has written of a text: that it wants something changed; who it is, when we noted it."""

    by: str
    at: str


def place_of_version(version: str) -> str:
    """The place of the row about a version."""
    return version.removeprefix(_DIGEST)


def version_of(place: str) -> str:
    """The version that the row at this place is about."""
    return f"{_DIGEST}{place}"
