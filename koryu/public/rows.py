"""The rows of long lists, set in ink beforehand: a macro called for every cell of every row takes too long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from markupsafe import Markup, escape

from koryu.archive.queries import Line
from koryu.ink.writing import Ink, dated, plain, said
from koryu.public.occasion import Paper
from koryu.records.exchange import State
from koryu.values.reason import N_


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """A paper in a programme: its title, linked; who gave it, in which post, for whom."""

    title: Markup
    by: Markup


@dataclass(frozen=True, kw_only=True)
class Year:
    """The rows of the exchanges of one year; `year` is None for those without a date."""

    year: int | None
    rows: Markup


_UNKNOWN: Final = Markup('<span class="unknown">%s</span>')


def makers(ink: Ink) -> dict[str, Any]:
    """The functions a template is given to have rows made, by name."""
    return {"paper_rows": partial(papers, ink), "exchange_years": partial(exchanges, ink)}


def papers(ink: Ink, listed: Iterable[Paper]) -> list[PaperRow]:
    """A row for each paper."""
    return [PaperRow(title=_title(ink, one), by=_by(ink, one)) for one in listed]


def exchanges(ink: Ink, listed: Iterable[Line], programme: str = "", *, placed: bool = True) -> list[Year]:
    """Rows for exchanges that come by date, year by year.

    With a programme, only the number an exchange bears there is shown; `placed` gives a column to places.
    """
    found: dict[int | None, list[str]] = {}
    for line in listed:
        year = line.earliest.year if line.earliest else None
        found.setdefault(year, []).append(_exchange(ink, line, programme, placed))
    return [Year(year=year, rows=Markup("\n".join(rows))) for year, rows in found.items()]  # noqa: S704 -- escaped


def _title(ink: Ink, paper: Paper) -> Markup:
    title = ink.words(paper.title, ink.page_of(paper.line))
    label = f'<span class="label">{escape(paper.label)}</span> ' if paper.label else ""
    return Markup(f"{label}{title}" if paper.title_given else f"{label}[{title}]")  # noqa: S704 -- escaped in its parts


def _by(ink: Ink, paper: Paper) -> Markup:
    parts = [_speaker(ink, one) for one in paper.speakers]
    if paper.corporate_author:
        parts.append(f"<span>{ink.words(paper.corporate_author)}</span>")
    elif not parts:
        parts.append(_UNKNOWN % ink.gettext("speaker not found"))
    sort = f'<span class="sort">{ink.gettext(paper.type)}</span>'
    return Markup(f"{''.join(parts)}{sort}")  # noqa: S704 -- escaped in its parts


def _speaker(ink: Ink, speaker: Any) -> str:
    remark = f' <span class="in">{ink.words(speaker.remark)}</span>' if speaker.remark else ""
    return f"<span>{ink.someone(speaker)}{remark}</span>"


def _exchange(ink: Ink, line: Line, programme: str, placed: bool) -> str:
    """One row; a cell that has nothing to say is empty, so that a phone can leave it out."""
    facts = line.facts
    date = facts.get("date")
    lost = _UNKNOWN % ink.gettext("date not found") if programme else ""
    under = "" if programme else ink.all_linked(facts.get("programmes", ()))
    under = under and f' <span class="under">{under}</span>'
    cities = str(ink.comma).join(map(ink.words_of, facts.get("cities", ()))) if placed else ""
    places = f'<td role="cell" class="place">{cities}</td>' if placed else ""
    return (
        f'<tr role="row"><td role="cell" class="when">{dated(date, ink.slug) if date else lost}</td>'
        f'<td role="cell" class="number">{_numbers(ink, facts.get("numbers"), programme)}</td>'
        f'<th scope="row" role="rowheader">{ink.title_of(line)}{under}</th>'
        f'<td role="cell" class="host">{ink.all_brief(facts.get("hosts", ()))}</td>{places}'
        f'<td role="cell" class="form">{_form(facts["form"], facts["state"], ink.slug)}</td></tr>'
    )


def _numbers(ink: Ink, numbers: Mapping[str, str] | None, programme: str) -> str:
    shown = [number for uri, number in (numbers or {}).items() if not programme or uri == programme]
    return (
        ink.comma.join(_number(number, ink.slug) for number in shown) if len(shown) != 1 else _number(*shown, ink.slug)
    )


@lru_cache(maxsize=4096)
def _number(number: str, slug: str) -> Markup:
    """A number, alone in its column and named where there are no columns."""
    named = said(N_("number %(number)s"), slug) % {"number": number}
    return Markup('<span class="roomy">%s</span><span class="narrow">%s</span>') % (number, named)


@lru_cache(maxsize=256)
def _form(form: str, state: str, slug: str) -> Markup:
    if state == State.HELD:
        return plain(form, slug)
    return plain(form, slug) + Markup(' <small class="in">%s</small>') % plain(state, slug)
