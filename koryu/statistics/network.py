"""The network of institutions and the programmes they share: the position of everything, but not how it is drawn.

It ranks nobody: institutions stand on a circle in the order given, each as large as any other.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from koryu.archive.queries import Line

RADIUS = 190.0
# How far inside the circle a programme lies, and how far from another one between the same institutions.
INWARDS, APART = 0.55, 26.0

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class CirclePlace:
    """An institution on the circle; `angle` in degrees from the top, clockwise."""

    uri: str
    at: Point
    angle: float


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A programme between the places of its institutions."""

    line: Line
    at: Point
    ends: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Network:
    """The whole picture: the institutions with their places, and the programmes that tie them."""

    standing: tuple[CirclePlace, ...]
    ties: tuple[Tie, ...]


def network(programmes: Iterable[Line], *, order: Sequence[str]) -> Network:
    """The network of programmes, institutions standing on the circle in this order; those not in it are left out."""
    listed = [line for line in programmes if set(line.summary.institutions) & set(order)]
    involved = {uri for line in listed for uri in line.summary.institutions}
    standing = _circle([uri for uri in order if uri in involved])
    places = {place.uri: place.at for place in standing}
    ties: list[Tie] = []
    for line in listed:
        ends = tuple(places[uri] for uri in line.summary.institutions if uri in places)
        ties.append(Tie(line=line, at=_free(ends, ties), ends=ends))
    return Network(standing=standing, ties=tuple(ties))


def _circle(uris: Sequence[str]) -> tuple[CirclePlace, ...]:
    step = 360 / max(len(uris), 1)
    return tuple(CirclePlace(uri=uri, at=_at(place * step), angle=place * step) for place, uri in enumerate(uris))


def _at(angle: float) -> Point:
    turned = math.radians(angle - 90)
    return round(math.cos(turned) * RADIUS, 1), round(math.sin(turned) * RADIUS, 1)


def _free(ends: Sequence[Point], ties: Sequence[Tie]) -> Point:
    """A place between the ends, moved inwards, that keeps clear of the other ties and of their lines."""
    x = sum(end[0] for end in ends) / len(ends) * INWARDS
    y = sum(end[1] for end in ends) / len(ends) * INWARDS
    # In a widening spiral until nothing is near: few programmes lie between the same institutions.
    for step in range(400):
        angle, away = step * 2.4, APART * math.sqrt(step) * 0.4
        there = (round(x + math.cos(angle) * away, 1), round(y + math.sin(angle) * away, 1))
        if all(_clear(there, ends, tie) for tie in ties):
            return there
    return round(x, 1), round(y, 1)


def _clear(there: Point, ends: Sequence[Point], tie: Tie) -> bool:
    """Whether a tie at this place is far enough from another one, and the lines of each far enough from the other."""
    return (
        math.dist(there, tie.at) >= APART
        and all(_distance(there, tie.at, end) >= APART / 2 for end in tie.ends)
        and all(_distance(tie.at, there, end) >= APART / 2 for end in ends)
    )


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line between two others."""
    wide, tall = end[0] - start[0], end[1] - start[1]
    length = wide * wide + tall * tall
    if not length:
        return math.dist(point, start)
    along = min(max(((point[0] - start[0]) * wide + (point[1] - start[1]) * tall) / length, 0), 1)
    return math.dist(point, (start[0] + along * wide, start[1] + along * tall))
