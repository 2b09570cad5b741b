"""The timeline and the network, drawn as SVG: no style and no script inside, every mark a link with its title."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter, as_html, as_markup
from koryu.statistics.network import CirclePlace, Network, Tie
from koryu.statistics.timeline import BEND, LEADING, RISE, STEP, WIDE, Gap, Lane, Timeline
from koryu.values.edtf import Edtf
from koryu.values.invisible import isolated
from koryu.wording.messages import date_in_words

# What is not divided at the end of a line: a word with what stands before the next, a Han character, a kana.
_PIECES = re.compile(
    r"[（「『]*[\u3040-\u30ff\u3400-\u9fff][、，。・）」』]*|[^\s（「『\u3040-\u30ff\u3400-\u9fff]+\s*|[（「『\s]+"
)

# Room on each side, for marks that stand at the very edge.
EDGE = 18


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing: the size of its field, and what is in it."""

    wide: float
    tall: float
    inside: Markup


def drawn(timeline: Timeline, writer: PageWriter, *, year_page: Callable[[str], str | None]) -> Picture:
    """The timeline as a picture; `year_page` gives the address to which the label of a tick leads, if it leads on."""
    parts = [_tick(x, label, timeline.tall, writer, year_page) for x, label in timeline.ticks]
    parts += [_lane(lane, writer) for lane in timeline.lanes]
    return Picture(wide=WIDE + 2 * EDGE, tall=round(timeline.tall), inside=as_markup("\n".join(parts)))


def _tick(x: float, label: str, tall: float, writer: PageWriter, year_page: Callable[[str], str | None]) -> str:
    page = year_page(label)
    place = f'x="{x + EDGE:g}" y="14"'
    said = label if page or "-" not in label else in_words_short(label, writer)
    text = f'<text class="tick" {place}>{escape(said)}</text>'
    line = f'<path class="grid" d="M{x + EDGE:g} 20V{tall:g}"/>'
    return line + (f'<a href="{page}">{text}</a>' if page else text)


def in_words_short(month: str, writer: PageWriter) -> str:
    """The number of the month, without the year, which stands above the picture."""
    return month.split("-")[1].lstrip("0")


def _lane(lane: Lane, writer: PageWriter) -> str:
    start, end, y = lane.start + EDGE, lane.end + EDGE, lane.y
    bent = ""
    if lane.joins is not None:
        # Out of the lane it goes on from, it bends down into its own.
        before, begin = lane.joins, max(start - BEND, EDGE)
        kind = "lane inferred" if lane.loosely else "lane"
        bent = f'<path class="{kind}" d="M{begin:g} {before:g}C{start:g} {before:g} {begin:g} {y:g} {start:g} {y:g}"/>'
    return "\n".join(
        [
            f'{bent}<path class="lane" d="M{start:g} {y:g}H{end:g}"/>',
            _label(lane, writer),
            *(_gap(gap, y, writer) for gap in lane.gaps),
            *_marks(lane, writer),
        ]
    )


def _label(lane: Lane, writer: PageWriter) -> str:
    shown = lane.line.title.shown(writer.tag)
    marked, x = "" if shown.wanted else f' lang="{shown.lang}"', f"{lane.name_x + EDGE:g}"
    first, *others = lane.name
    more = "".join(f'<tspan x="{x}" dy="{LEADING:g}">{html.escape(isolated(line))}</tspan>' for line in others)
    return (
        f'<a href="{writer.page_of(lane.line)}"><text class="name"{marked} x="{x}" y="{lane.top + 14:g}">'
        f"{html.escape(isolated(first))}{more}</text></a>"
    )


def set_in(text: str, room: float) -> tuple[str, ...]:
    """A text in lines that are no wider than `room`, as far as can be told without knowing the reader's font.

    Nothing but spaces is between what two lines say; a line of Chinese or Japanese ends at any character.
    """
    lines, left = [""], room
    for piece in _PIECES.findall(text):
        wide = _wide(piece)
        if lines[-1] and wide > left:
            lines.append("")
            left = room
        lines[-1] += piece
        left -= wide
    return tuple(lines)


def _wide(text: str) -> float:
    return sum(15.0 if character > "\u1100" else 7.6 for character in text)


def _gap(gap: Gap, y: float, writer: PageWriter) -> str:
    x = gap.x + EDGE
    numbers = (
        gap.first
        if gap.first == gap.last
        else str(writer.gettext("%(first)s–%(last)s", first=gap.first, last=gap.last))
    )
    words = writer.gettext("%(numbers)s: not found", numbers=numbers) if numbers else writer.gettext("not found")
    if gap.inferred:
        words = writer.gettext("its beginning is inferred")
    room = gap.wide - 24 > 6 * sum(2 if ord(character) > 0x1100 else 1 for character in str(words))
    label = f'<text class="lost" x="{x + gap.wide / 2:g}" y="{y + 16:g}">{words}</text>' if room else ""
    return f'<g><title>{words}</title><path class="gap" d="M{x:g} {y:g}h{gap.wide:g}"/>{label}</g>'


def _marks(lane: Lane, writer: PageWriter) -> Iterator[str]:
    comma = str(writer.clause_comma)
    heights = [lane.y - level * STEP for level in range(RISE + 1)]
    middles, feet = [f"{y:g}" for y in heights], [f"{y + 4:g}" for y in heights]
    for mark in lane.marks:
        x, y = f"{mark.x + EDGE:g}", middles[mark.level]
        kind = "mark faint" if mark.faint else "mark dashed" if mark.postponed else "mark"
        kind = f"{kind} inferred" if mark.inferred else kind
        ring = f'<circle class="ring" cx="{x}" cy="{y}" r="14"/>' if mark.online else ""
        letter = (
            f'<text class="letter" x="{x}" y="{feet[mark.level]}">{html.escape(mark.letter)}</text>'
            if mark.letter
            else ""
        )
        yield (
            f'<a href="{writer.page_of(mark.line)}"><title>{_title(mark.line, writer, comma)}</title>{ring}'
            f'<circle class="{kind}" cx="{x}" cy="{y}" r="10.5"/>{letter}</a>'
        )


def _title(line: Line, writer: PageWriter, comma: str) -> str:
    """An exchange in one line of words: its title, and when it was."""
    title, date = line.summary.title.get(writer.tag) or line.title.shown(writer.tag).text, line.summary.date
    said = f"{as_html(title)}{comma}{when(date, writer.slug)}" if date else as_html(title)
    if not line.summary.is_inferred("date", "hosts", "programmes"):
        return said
    return f"{said}{comma}{_doubted(line, writer)}"


def _doubted(line: Line, writer: PageWriter) -> str:
    """Which of what the picture shows of an exchange is inferred, in words."""
    names = {"date": "Dates", "hosts": "Host", "programmes": "Held under"}
    shown = [str(writer.gettext(name)) for value, name in names.items() if line.summary.is_inferred(value)]
    return str(writer.gettext("inferred: %(what)s", what=as_markup(str(writer.comma).join(shown))))


@lru_cache(maxsize=16384)
def when(date: str, slug: str) -> str:
    """A date in words, by how the record writes it."""
    return html.escape(date_in_words(Edtf(date), slug))


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
    (x, y), title = tie.at, html.escape(isolated(tie.line.title.shown(writer.tag).text))
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


def legend(lanes: Iterable[Lane]) -> list[tuple[str, str]]:
    """(letter, institution URI) for every letter in the picture, each once."""
    return sorted({(letter, uri) for lane in lanes for uri, letter in lane.letters.items()})
