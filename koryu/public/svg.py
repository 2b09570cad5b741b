"""The network of institutions, drawn as SVG: no style and no script inside, every mark a link with its title."""

import html
from dataclasses import dataclass

from markupsafe import Markup

from koryu.markup.page_writer import PageWriter, as_markup
from koryu.statistics.network import CirclePlace, Network, Tie
from koryu.values.invisible import isolated


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing: the size of its field, and what is in it."""

    wide: float
    tall: float
    inside: Markup


def tied(network: Network, writer: PageWriter) -> Picture:
    """The network as a picture around its middle: programmes first, so that no line crosses a name."""
    lines = [_threads(tie) for tie in network.ties]
    marks = [_tie(tie, writer) for tie in network.ties]
    names = [_standing(place, writer) for place in network.standing]
    return Picture(wide=760, tall=520, inside=as_markup("\n".join([*lines, *marks, *names])))


def _threads(tie: Tie) -> str:
    (x, y) = tie.at
    kind = "thread inferred" if tie.line.summary.is_inferred("institutions") else "thread"
    return "".join(f'<path class="{kind}" d="M{x:g} {y:g}L{end[0]:g} {end[1]:g}"/>' for end in tie.ends)


def _tie(tie: Tie, writer: PageWriter) -> str:
    (x, y), title = tie.at, html.escape(isolated(writer.title_text(tie.line)))
    if tie.line.summary.is_inferred("institutions"):
        title = (
            f"{title}{writer.clause_comma}{writer.gettext('inferred: %(what)s', what=writer.gettext('Institutions'))}"
        )
    mark = f'<circle class="tie" cx="{x:g}" cy="{y:g}" r="7"/>'
    return f'<a href="{writer.page_of(tie.line)}"><title>{title}</title>{mark}</a>'


def _standing(place: CirclePlace, writer: PageWriter) -> str:
    line, (x, y) = writer.lines[place.uri], place.at
    short = line.summary.short.get(writer.tag)
    shown = line.title.shown(writer.tag)
    marked = "" if short or shown.wanted else f' lang="{shown.lang}"'
    # Names stand outside the circle, turned to neither side of it.
    side = "middle" if place.angle % 180 < 12 or place.angle % 180 > 168 else "start" if place.angle < 180 else "end"
    away = 1.08 if side != "middle" else 1.12
    return (
        f'<a href="{writer.page_of(line)}"><title>{html.escape(isolated(shown.text))}</title>'
        f'<circle class="mark" cx="{x:g}" cy="{y:g}" r="6"/>'
        f'<text class="name {side}"{marked} x="{x * away:g}" y="{y * away + 5:g}">'
        f"{html.escape(isolated(short or shown.text))}</text></a>"
    )
