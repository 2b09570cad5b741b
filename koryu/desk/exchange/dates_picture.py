"""The year in which dates are sought, as a picture: whose days are what, the dates of the plan, the same in words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.dates import MONTHS_3
from markupsafe import Markup

from koryu.consent.queries import ExchangeWork
from koryu.desk.calendar.said_of_days import said_of
from koryu.desk.exchange.plan_days import content_planned
from koryu.markup.content_view import date_written
from koryu.markup.year_html import DrawnYear, day_rows, drawn_year
from koryu.planning.queries import KnownCalendar
from koryu.planning.rules.candidates import Candidate
from koryu.planning.rules.institution_days import days_of
from koryu.planning.rules.windows import Ask
from koryu.planning.rules.year_picture import DateFrame, YearPicture, without_twice, year_picture
from koryu.records.exchange import EventState
from koryu.values.reason import Reason
from koryu.wording.languages import active_reader
from koryu.wording.titles import short_name

# For so many years around today a year can be looked at.
_YEARS_AROUND: Final = 5
_AGREED: Final = frozenset({"agreed", "agreed by letter"})


@dataclass(frozen=True, kw_only=True)
class YearView:
    """The picture, what its lanes are called in their own languages, and what each row of the table says.

    `earlier` and `later` are the queries that lead to the years beside it, '' at either end.
    """

    picture: YearPicture
    names: Mapping[str, tuple[str, str]]
    months: Mapping[int, str]
    says: tuple[tuple[str, Reason], ...]
    earlier: str
    later: str

    def drawn(self, plainly: Callable[[Reason], str]) -> DrawnYear:
        """The picture, both ways, and what its frames say; `plainly` tells a sentence as a plain text."""
        rows = [plainly(reason) for _who, reason in self.says]
        return drawn_year(self.picture, names=self.names, months=self.months, rows=rows, slug=active_reader().slug)

    def rows(self, brief: Callable[[str], Markup], said: Callable[[Reason], Markup]) -> Markup:
        """The rows of the table, one for each mark."""
        return day_rows(self.says, brief=brief, said=said)


def year_view(
    work: ExchangeWork,
    ask: Ask,
    calendars: Mapping[str, KnownCalendar],
    candidates: Sequence[Candidate],
    typed: QueryDict,
    *,
    today: date,
) -> YearView:
    """The year that is asked for, else that of the first day sought; the host stands first.

    `candidates` are all that we see of the exchange, those that were withdrawn too: each keeps its number.
    """
    tag = active_reader().tag
    year = _year(typed.get("year", ""), ask.first.year, today)
    order = sorted(work.institutions, key=lambda uri: uri not in ask.hosts)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = [days_of(calendars[uri].days, first=first, last=last, today=today) for uri in order if uri in calendars]
    picture = year_picture(year, days, without_twice(_planned(work), _put_forward(candidates)), tag=tag)
    return YearView(
        picture=picture,
        names={uri: _own_name(work, uri) for uri in order},
        months={number: str(MONTHS_3[number]).capitalize() for number in MONTHS_3},
        says=tuple((cause.institution, said_of(cause, me=work.institution, tag=tag)) for cause in picture.rows),
        earlier=_query(typed, year - 1) if year > today.year - _YEARS_AROUND else "",
        later=_query(typed, year + 1) if year < today.year + _YEARS_AROUND else "",
    )


def _year(written: str, otherwise: int, today: date) -> int:
    if len(written) == 4 and written.isascii() and written.isdecimal():
        return min(max(int(written), today.year - _YEARS_AROUND), today.year + _YEARS_AROUND)
    return otherwise


def _planned(work: ExchangeWork) -> Iterator[DateFrame]:
    """The dates of the plan that are known to the day: those agreed, and those of the plan that we work on."""
    agreed = work.content if work.plan and work.plan.line.basis in _AGREED else None
    standing = tuple(_dated(agreed or {}))
    yield from (DateFrame(first=first, last=last, is_agreed=True) for first, last in standing)
    for first, last in _dated(content_planned(work)):
        if (first, last) not in standing:
            yield DateFrame(first=first, last=last)


def _dated(content: Mapping[str, Any]) -> Iterator[tuple[date, date]]:
    """The days of a plan, finished or not, that is not cancelled."""
    event = content.get("event")
    if isinstance(event, Mapping) and event.get("state") == EventState.CANCELLED:
        return
    listed = content.get("dates")
    for dated in listed if isinstance(listed, list | tuple) else ():
        when = date_written(dated.get("date")) if isinstance(dated, Mapping) else None
        if when and when.precision == "day" and "X" not in when and when.start and when.end:
            yield when.earliest, when.latest


def _put_forward(candidates: Sequence[Candidate]) -> Iterator[DateFrame]:
    """The candidates that are not withdrawn, by the numbers that they have on their page."""
    for number, each in enumerate(candidates, 1):
        if not each.withdrawn_at:
            yield DateFrame(first=each.first, last=each.last, number=str(number), institution=each.institution)


def _own_name(work: ExchangeWork, uri: str) -> tuple[str, str]:
    """What an institution is called in its own language, and which that is."""
    line = work.named.get(uri)
    if line is None:
        return uri.rpartition("/")[2], "en"
    own = str(line.title.source)
    shown = short_name(line, own).shown(own)
    return shown.text, str(shown.lang)


def _query(typed: QueryDict, year: int) -> str:
    wanted = typed.copy()
    wanted["year"] = str(year)
    return wanted.urlencode()
