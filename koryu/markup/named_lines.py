"""The lines of records that a page names without showing them: those out of whose names its titles are composed."""

from collections.abc import Mapping

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.wording.titles import named_by_titles


def with_names(lines: Mapping[str, Line], *, tag: str, asking: str) -> Mapping[str, Line]:
    """These lines by URI, with what must be known to compose their titles for a reader of `tag`, where any lacks one.

    Nothing is asked for where every title is in the reader's language, or all that is needed is at hand.
    """
    asked: set[str] = set()
    while missing := named_by_titles(lines.values(), tag) - lines.keys() - asked:
        asked |= missing
        lines = archive.lines_named(sorted(missing), asking=asking, besides=lines)
    return lines
