"""Candidate dates as a text and a table for a partner that answers by letter or mail, in its own language.

Nothing is in it but the dates, the public holidays of each side, and places to answer: no entry of anybody's calendar.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from koryu.desk.calendar.said_of_days import said_of
from koryu.desk.exchange.candidates.candidates_view import ShownCandidate, causes_of
from koryu.markup.desk_writer import DeskWriter, page_in
from koryu.planning.queries import KnownCalendar
from koryu.planning.rules.institution_days import CauseKind
from koryu.wording.dates import span_with_weekdays

_PUBLIC: Final = frozenset({CauseKind.HOLIDAY, CauseKind.MAY_CHANGE})
# The language of a partner's mail where nobody chooses another.
LANGUAGE_OF: Final[Mapping[str, str]] = {"JP": "ja", "CN": "zh-hans", "KR": "ko"}


@dataclass(frozen=True, kw_only=True)
class DatesLetterRow:
    """One candidate: its number, its days with their weekdays, the public holidays on them."""

    number: int
    days: str
    holidays: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DatesLetter:
    """The dates in one language: `text` for a mail, `table` for a letter."""

    subject: str
    text: str
    table: Markup


def dates_letter(
    writer: DeskWriter,
    *,
    title: str,
    sender: str,
    candidates: Sequence[ShownCandidate],
    calendars: Mapping[str, KnownCalendar],
    today: date,
) -> DatesLetter:
    """The dates as `writer` writes them."""
    with translation.override(writer.slug):
        rows = tuple(_rows(writer, candidates, calendars, today))
        who = writer.brief_text(sender)
        subject = _("Candidate dates: %(title)s") % {"title": title}
        asks = _(
            "Please tell us for each of these dates whether it is preferred, possible or not possible. "
            "None of them is fixed yet."
        )
        return DatesLetter(
            subject=subject,
            text="\n".join((subject, "", asks, "", *_lines(rows), who)),
            table=page_in(
                writer.slug,
                "desk/exchange/candidates_table.html",
                subject=subject,
                asks=asks,
                rows=rows,
                sender=who,
                tag=writer.tag,
            ),
        )


def _rows(
    writer: DeskWriter, candidates: Iterable[ShownCandidate], calendars: Mapping[str, KnownCalendar], today: date
) -> Iterable[DatesLetterRow]:
    for each in candidates:
        causes = [cause for cause in causes_of(each.candidate, calendars, today) if cause.kind in _PUBLIC]
        said = [writer.plain_reason(said_of(cause, me="", tag=writer.tag)) for cause in causes]
        yield DatesLetterRow(
            number=each.number,
            days=span_with_weekdays(each.candidate.first, each.candidate.last, language=writer.tag),
            holidays=tuple(dict.fromkeys(said)),
        )


def _lines(rows: Iterable[DatesLetterRow]) -> Iterable[str]:
    for row in rows:
        yield f"{row.number}. {row.days}"
        yield from (f"   {holiday}" for holiday in row.holidays)
        yield f"   {_('Preferred / possible / not possible')}{_(': ')}"
        yield f"   {_('Remark')}{_(': ')}"
        yield ""
