"""The days of arrival that were found, as rows of a table set in Python: a template takes twice as long."""

from collections.abc import Callable, Iterable
from typing import Final

from django.utils.translation import gettext
from markupsafe import Markup, escape

from koryu.desk.exchange.dates_told import ToldStretch
from koryu.markup.page_writer import as_markup
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason

# Of a stretch, so many of the best days stand there to be ticked.
_BEST: Final = 3


def stretch_rows(
    stretches: Iterable[ToldStretch],
    *,
    date: Callable[[Edtf], Markup],
    weekday: Callable[[Edtf], Markup],
    said: Callable[[Reason], Markup],
    length: int,
    token: Markup | None,
) -> Markup:
    """A row for each stretch: its days, what is to be considered, days to tick, and a form that takes one of them.

    `date`, `weekday` and `said` are how the page writes these. Without the `token` of forms nothing can be taken.
    """
    best, comma = escape(gettext("best:")), escape(gettext(", "))
    take = _taking(length, token) if token is not None else ""
    rows = []
    for each in stretches:
        days = [(escape(day), escape(weekday(day))) for day in each.best[:_BEST]]
        listed = "".join(f"<li>{said(reason)}</li>" for reason in each.says)
        many = each.first != each.last
        among = comma.join(named for _day, named in days)
        ticks = "".join(
            f'<label><input type="checkbox" name="day" value="{day}" form="put-forward"> {named}</label>'
            for day, named in days
        )
        says = f'<ul class="small">{listed}</ul>' if listed else ""
        under = f' <span class="under soft">{best} {among}</span>' if many else ""
        first, last, at = escape(each.first), escape(each.last), escape(each.best[0])
        taking = f"<td>{take % (at, first, last)}</td>" if take else ""
        rows.append(
            f'<tr><th scope="row">{date(each.arrivals)}{under}</th><td>{says}</td>'
            f'<td class="dates-ticked">{ticks}</td>{taking}</tr>'
        )
    return as_markup("\n".join(rows))


def _taking(length: int, token: Markup) -> str:
    """The form, with places for the best day and for the first and the last of the stretch."""
    arrival, button = escape(gettext("Arrival")), escape(gettext("Take these dates"))
    days = str(int(length))
    fields = f'{escape(token)}<input type="hidden" name="length" value="{days}">'.replace("%", "%%")
    label = f"<label>{arrival} ".replace("%", "%%")
    end = f"required></label><button>{button}</button></form>".replace("%", "%%")
    box = '<input type="date" name="arrival" value="%s" min="%s" max="%s" '
    return f'<form class="in-line" method="post">{fields}{label}{box}{end}'
