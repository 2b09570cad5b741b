"""What a page shows of a form that matched: a stretch of it, cut where what matched can be seen, and marked."""

from koryu.search.entries import Match

Segment = tuple[str, bool]
LONGEST, BEFORE = 160, 40
CUT = "…"


def excerpt(match: Match) -> tuple[Segment, ...]:
    """(text, whether it matched) in the order of the form; a long form is cut around the first match."""
    text = match.form.text
    start, end = _stretch(text, match.spans[0][0] if match.spans else 0)
    segments: list[Segment] = [(CUT, False)] if start else []
    at = start
    for first, last in match.spans:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        segments += [(text[at:first], False), (text[first:last], True)]
        at = last
    segments += [(text[at:end], False), (CUT if end < len(text) else "", False)]
    return tuple(segment for segment in segments if segment[0])


def _stretch(text: str, at: int) -> tuple[int, int]:
    if len(text) <= LONGEST:
        return 0, len(text)
    start = max(0, min(at - BEFORE, len(text) - LONGEST))
    return start, min(len(text), start + LONGEST)
