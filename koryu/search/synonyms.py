"""Groups of terms that mean the same in several languages (data/synonyms.yaml), each found by the others."""

from functools import cache
from importlib import resources

import yaml

from koryu.search.figures import in_figures
from koryu.search.folding import Stretch, fold

_MOST = 5


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    source = resources.files("koryu.search").joinpath("data/synonyms.yaml").read_text("utf-8")
    rows = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506 -- BaseLoader only makes strings
    return tuple(tuple(term for terms in row.values() for term in terms.split(" | ")) for row in rows)


def key(text: str) -> tuple[str, ...]:
    """A term folded, so that two spellings of one term have one key."""
    return tuple(piece.chars for piece in fold(text))


@cache
def _by_key() -> dict[tuple[str, ...], tuple[str, ...]]:
    others_by_key: dict[tuple[str, ...], tuple[str, ...]] = {}
    for group in _groups():
        for term in group:
            others = tuple(other for other in group if key(other) != key(term))
            others_by_key[key(term)] = others_by_key.get(key(term), ()) + others
    return others_by_key


@cache
def _joined_terms() -> dict[str, str]:
    return {"".join(terms): terms[0] for terms in _by_key() if len(terms) == 1}


@cache
def _longest() -> int:
    return max((len(term) for term in _joined_terms()), default=0)


def alternatives(pieces: tuple[Stretch, ...]) -> list[str]:
    """Other ways to say the query: the whole of it, or one term inside it, by another term of the same group; and with
    its ordinals in figures."""
    figures = in_figures(pieces)
    return [*([figures] if figures else []), *_terms(pieces)]


def _terms(pieces: tuple[Stretch, ...]) -> list[str]:
    whole = _by_key().get(tuple(piece.chars for piece in pieces))
    if whole:
        return _apart(whole)
    if len(pieces) != 1 or pieces[0].words:
        return []
    chars = pieces[0].chars
    for size in range(min(_longest(), len(chars) - 1), 1, -1):
        for at in range(len(chars) - size + 1):
            others = _by_key().get((chars[at : at + size],), ())
            joined = [other for other in others if not fold(other)[0].words]
            if joined:
                return _apart([chars[:at] + other + chars[at + size :] for other in joined])
    return []


def _apart(terms: tuple[str, ...] | list[str]) -> list[str]:
    return list({key(term): term for term in terms}.values())[:_MOST]
