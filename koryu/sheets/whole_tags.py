"""A page that somebody pasted or was sent, made ready for the parser of the standard library, which takes minutes for
what is opened a hundred thousand times and never closed. In one pass, whatever it is made of.
"""

import re
from collections.abc import Iterator
from typing import Final

# What can end a tag, or begin a value in which its end may stand (HTML, section 13.2.5).
_STOP: Final = re.compile(r">|=\s*([\"'])")
_TAG: Final = re.compile(r"/?[a-zA-Z]")


def with_whole_tags(html: str) -> str:
    """The page without comments, declarations and what is never closed: with it ends what is read, as in a browser."""
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    at = 0
    while (begins := html.find("<", at)) >= 0:
        yield html[at:begins]
        if html.startswith(("<!", "<?"), begins):
            at = _behind(html, "-->" if html.startswith("<!--", begins) else ">", begins + 2)
        elif _TAG.match(html, begins + 1):
            at = _behind_tag(html, begins + 1)
            yield html[begins : at or begins]
        else:
            yield "&lt;"
            at = begins + 1
        if not at:
            return
    yield html[at:]


def _behind(html: str, end: str, at: int) -> int:
    """Where what comes after the next such end begins; 0 where there is none."""
    place = html.find(end, at)
    return place + len(end) if place >= 0 else 0


def _behind_tag(html: str, at: int) -> int:
    """Where what comes after this tag begins; 0 where it is not closed."""
    while stop := _STOP.search(html, at):
        if not stop[1]:
            return stop.end()
        at = html.find(stop[1], stop.end()) + 1
        if not at:
            return 0
    return 0
