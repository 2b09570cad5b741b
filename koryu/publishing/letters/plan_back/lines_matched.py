"""Which line of a cell that came back is which line of what was printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from koryu.publishing.letters.plan_back.sent_plan import PlanLine, PlanPiece, printed
from koryu.sheets.placing.likeness import likeness

# Of two lines that share less, nobody can say that they are the same one.
_LEAST: Final = 0.35


@dataclass(frozen=True)
class MatchedLine:
    """A line that was printed and what came in its place: `line` is None for one that came besides, `came` for one
    that is not there. Where not `sure`, the two share so little that it may be another one."""

    line: PlanLine | None
    came: str | None
    sure: bool = True


def matched_lines(sent: Sequence[PlanLine], came: str) -> list[MatchedLine]:
    """The lines of a cell as they came; those that are as they were printed are left out."""
    rest = [text for text in (printed(line) for line in came.split("\n")) if text]
    left: list[PlanLine] = []
    for line in sent:
        if line.text in rest:
            rest.remove(line.text)
        else:
            left.append(line)
    matched: list[MatchedLine] = []
    pairs = sorted(
        ((_alike(line, text), -at, -place) for at, line in enumerate(left) for place, text in enumerate(rest)),
        reverse=True,
    )
    lines, texts = dict(enumerate(left)), dict(enumerate(rest))
    for alike, at, place in pairs:
        if alike >= _LEAST and -at in lines and -place in texts:
            matched.append(MatchedLine(lines.pop(-at), texts.pop(-place)))
    # One line for one: written anew, or another; somebody has to say it.
    if len(lines) == len(texts) == 1:
        return [*matched, MatchedLine(lines.popitem()[1], texts.popitem()[1], sure=len(sent) == 1)]
    matched += [MatchedLine(line, None) for line in lines.values()]
    return [*matched, *(MatchedLine(None, text) for text in texts.values())]


def _alike(line: PlanLine, came: str) -> float:
    """How alike a line is to one that was printed: one that still has the letter's own words around its value is it."""
    alike = likeness(line.text, came)
    if all(piece.path for piece in line.pieces) or not line.pieces or line.pieces[0].path:
        return alike
    return alike + 1 if values_in(line, came) is not None else alike / 2


def values_in(line: PlanLine, came: str) -> list[tuple[PlanPiece, str]] | None:
    """The values of a line as they came, each with the one that was printed; None where the letter's own words around
    them are gone, so that they cannot be told apart."""
    pattern = "".join("(.*?)" if piece.path else rf"\s*{re.escape(piece.text.strip())}\s*" for piece in line.pieces)
    match = re.fullmatch(pattern, came, re.DOTALL)
    if match is None:
        return None
    values = [(value, text.strip()) for value, text in zip(line.values, match.groups(), strict=True)]
    # What is between two values may stand within one too: then either may be meant.
    joints = [piece.text.strip() for piece in line.pieces if not piece.path and piece.text.strip()]
    ambiguous = len(values) > 1 and any(came.count(joint) != line.text.count(joint) for joint in joints)
    return None if ambiguous else values
