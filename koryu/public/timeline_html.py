"""The timeline as an HTML table: a row for each programme, a column for each year, and each mark a link with its title.

It has no style of its own, so that it scales with the type, and is its own text where there is no picture. It comes by
the thousand marks, and is put together here out of escaped parts: a macro called for each would take too long.
"""

import html
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils import translation
from django.utils.dates import MONTHS_3
from markupsafe import Markup

from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter, as_html, as_markup, marked, plain, said, set_apart
from koryu.records.programme import ProgrammeType
from koryu.statistics.timeline import Gap, Lane, Tick, Timeline, TimelineCell, TimelineMark
from koryu.values.edtf import Edtf
from koryu.values.invisible import isolated
from koryu.values.reason import N_
from koryu.wording import order
from koryu.wording.messages import date_in_words

# So many marks over each other have a rule of their own in the styles; of more, the topmost reach under the name.
_STACKED: Final = 6
# A programme of so few institutions is called by their names, each with its letter.
_FEW: Final = 4
_COMMA: Final = N_(", ")
_HOST: Final = N_("host: %(host)s")
_NUMBER: Final = N_("number %(number)s")
_INFERRED: Final = N_("inferred: %(what)s")


def drawn(timeline: Timeline, writer: PageWriter, *, linked: range) -> Markup:
    """The table of a timeline, without what is around it; `linked` are the years that have a page that shows more."""
    drawing = _Drawing(timeline, writer)
    caption = writer.gettext("Programmes by year")
    return as_markup(
        f'<table class="lanes"><caption class="unseen">{caption}</caption>\n'
        f'<colgroup><col class="name"><col span="{timeline.columns}"></colgroup>\n'
        # In a table's model each column has a cell that begins in it; years between two marks have none of their own.
        f'<thead><tr class="columns" aria-hidden="true">{"<td></td>" * (timeline.columns + 1)}</tr>\n'
        f"<tr><td></td>{''.join(drawing.ticks(linked))}</tr></thead>\n"
        f"<tbody>\n{''.join([drawing.row(lane) for lane in timeline.lanes])}</tbody></table>"
    )


class _Drawing:
    """Makes the parts of one table."""

    def __init__(self, timeline: Timeline, writer: PageWriter) -> None:
        self.timeline, self.writer, self.slug = timeline, writer, writer.slug
        self.comma = str(writer.clause_comma)
        self.hosts: dict[tuple[str, ...], str] = {}
        self.no_host = str(writer.gettext("host not known"))
        self.states = {"online": str(writer.gettext("online")), "postponed": str(writer.gettext("postponed"))}
        self.composed = _composed([lane.line for lane in timeline.lanes])

    def ticks(self, linked: range) -> Iterator[str]:
        for tick in self.timeline.ticks:
            kind = ' class="dec"' if tick.decade else ""
            span = f' colspan="{tick.span}"' if tick.span > 1 else ""
            words = self.tick(tick)
            if tick.span == 1 and tick.year in linked:
                page = reverse("public:timeline", kwargs={"lang": self.slug, "span": str(tick.year)})
                words = f'<a href="{page}">{words}</a>'
            scope = "colgroup" if span else "col"
            yield f'<th{kind} scope="{scope}"{span}>{words}</th>' if words else f"<td{kind}{span}></td>"

    def tick(self, tick: Tick) -> str:
        if tick.month:
            return _month(tick.month, self.slug)
        if tick.year:
            return str(tick.year)
        return str(self.writer.gettext("month not known")) if self.timeline.first == self.timeline.last else ""

    def row(self, lane: Lane) -> str:
        stacked = f' class="up{min(lane.tallest, _STACKED)}"' if lane.tallest > 1 else ""
        cells = "".join([self.cell(cell, lane) for cell in lane.cells])
        return f'<tr{stacked}><th scope="row"><div>{self.name(lane)}</div></th>{cells}</tr>\n'

    # The name of a programme stands above its line, with since when it goes on.

    def name(self, lane: Lane) -> str:
        line, writer = lane.line, self.writer
        page = writer.page_of(line)
        if line.uri in self.composed:
            listed = order.participants(line.summary.institutions, lines=writer.lines, reader=writer.tag)
            between = str(writer.gettext(" · "))
            name = between.join([f"<span>{self.letter(uri, lane)}{self.called(uri)}</span>" for uri in listed])
            named = f'<a class="title" href="{page}">{name}</a>'
            mark = writer.if_inferred(line, "institutions")
        else:
            shown = writer.record_title(line)
            lang = "" if shown.wanted else marked(shown.lang)
            named = f'<a class="title" href="{page}"{lang}>{as_html(shown.text)}</a>'
            mark = writer.if_inferred(line, f"title.{shown.lang}")
        return f"{named}{mark} {self.since(lane)}"

    def letter(self, uri: str, lane: Lane) -> str:
        return f"<b>{html.escape(lane.letters[uri])}</b>" if uri in lane.letters else ""

    def called(self, uri: str) -> str:
        line = self.writer.lines[uri]
        shown = line.title.shown(self.writer.tag)
        return as_html(shown.text) if shown.wanted else f"<span{marked(shown.lang)}>{as_html(shown.text)}</span>"

    def since(self, lane: Lane) -> str:
        """Since when, until when, and from which other programme it goes on."""
        said_of, unseen, line, writer = [], "", lane.line, self.writer
        if line.summary.date and line.summary.until:
            since, until = (_when(date, self.slug) for date in (line.summary.date, line.summary.until))
            period = writer.gettext("%(since)s – %(until)s", since=as_markup(since), until=as_markup(until))
            said_of.append(f"{period}{writer.if_inferred(line, 'date', 'until')}")
        elif line.summary.date:
            period = writer.gettext("since %(date)s", date=as_markup(_when(line.summary.date, self.slug)))
            said_of.append(f"{period}{writer.if_inferred(line, 'date')}")
        if lane.continues:
            joined = any(cell.joins for cell in lane.cells)
            title = set_apart(writer.title_text(lane.continues))
            goes_on = writer.gettext("continues %(programme)s", programme=title)
            words = f"{goes_on}{writer.if_inferred(line, 'continues')}"
            if joined and not lane.loosely:
                unseen = f'<span class="unseen">{self.comma}{words}</span>'
            else:
                said_of.append(words)
        return f'<span class="since">{self.comma.join(said_of)}{unseen}</span>' if said_of else ""

    # A cell has its marks, or a line.

    def cell(self, cell: TimelineCell, lane: Lane) -> str:
        kinds = " ".join(
            kind
            for kind, so in (
                ("run", cell.runs),
                ("quiet", cell.quiet and cell.runs),
                ("from", cell.joins),
                ("loosely", cell.joins and lane.loosely),
                ("dec", cell.decade),
            )
            if so
        )
        kinds = f' class="{kinds}"' if kinds else ""
        span = f' colspan="{cell.span}"' if cell.span > 1 else ""
        gaps = self.comma.join([self.gap(gap) for gap in cell.gaps])
        title = f' title="{gaps}"' if gaps else ""
        lost = f'<span class="unseen">{gaps}</span>' if gaps else ""
        return f"<td{kinds}{span}{title}>{lost}{''.join([self.mark(mark) for mark in cell.marks])}</td>"

    def gap(self, gap: Gap) -> str:
        if gap.inferred:
            return str(self.writer.gettext("its beginning is inferred"))
        if not gap.first:
            return str(self.writer.gettext("not found"))
        numbers = gap.first
        if gap.first != gap.last:
            numbers = str(self.writer.gettext("%(first)s–%(last)s", first=gap.first, last=gap.last))
        return str(self.writer.gettext("%(numbers)s: not found", numbers=numbers))

    def mark(self, mark: TimelineMark) -> str:
        kind = "m"
        if mark.online:
            kind += " online"
        if mark.postponed:
            kind += " dashed"
        if mark.faint or (mark.online and not mark.letter):
            kind += " faint"
        if mark.inferred:
            kind += " inferred"
        if len(mark.letter) > 1:
            kind += " two"
        number = f'<i aria-hidden="true">{set_apart(mark.number)}</i>' if mark.number else ""
        page, words = self.writer.page_of(mark.line), self.words(mark)
        letter = html.escape(mark.letter)
        return f'<a class="{kind}" href="{page}" title="{words}"><b aria-hidden="true">{letter}</b>{number}</a>'

    def words(self, mark: TimelineMark) -> str:
        """An exchange in one line of words: its number, when it was, who its host was, and what is not so certain."""
        summary = mark.line.summary
        parts = [_when(summary.date, self.slug)]
        if mark.number:
            parts.insert(0, _numbered(mark.number, self.slug))
        if summary.hosts:
            parts.append(self.host(tuple(summary.hosts)))
        elif mark.faint:
            parts.append(self.no_host)
        if mark.online:
            parts.append(self.states["online"])
        if mark.postponed:
            parts.append(self.states["postponed"])
        if mark.inferred:
            parts.append(_doubted(mark.line, self.writer))
        return self.comma.join(parts)

    def host(self, uris: tuple[str, ...]) -> str:
        if uris not in self.hosts:
            names = [line.title.shown(self.writer.tag).text for uri in uris if (line := self.writer.lines.get(uri))]
            words = str(said(_HOST, self.slug)) % {"host": str(said(_COMMA, self.slug)).join(map(isolated, names))}
            self.hosts[uris] = html.escape(words)
        return self.hosts[uris]


def _composed(programmes: list[Line]) -> set[str]:
    """The programmes that are called by the institutions in them: visits to and fro, where no others have the same."""
    visits = [line for line in programmes if line.summary.type == ProgrammeType.MUTUAL_VISIT]
    every = [frozenset(line.summary.institutions) for line in visits]
    return {
        line.uri
        for line in visits
        if 1 < len(line.summary.institutions) <= _FEW and every.count(frozenset(line.summary.institutions)) == 1
    }


def _doubted(line: Line, writer: PageWriter) -> str:
    """Which of what the picture shows of an exchange is inferred, in words."""
    names = {"date": N_("Dates"), "hosts": N_("Host"), "programmes": N_("Held under")}
    shown = [str(plain(name, writer.slug)) for value, name in names.items() if line.summary.is_inferred(value)]
    return str(writer.gettext(_INFERRED, what=as_markup(str(writer.comma).join(shown))))


@lru_cache(maxsize=16384)
def _when(date: str, slug: str) -> str:
    """A date in words, by how the record writes it."""
    return html.escape(date_in_words(Edtf(date), slug))


@lru_cache(maxsize=4096)
def _numbered(number: str, slug: str) -> str:
    return html.escape(str(said(_NUMBER, slug)) % {"number": isolated(number)})


@lru_cache(maxsize=64)
def _month(number: int, slug: str) -> str:
    with translation.override(slug):
        return html.escape(str(MONTHS_3[number]))
