"""How much is asked of each paper or session, beside its row: read from the lines of what whoever looks may see."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from django.urls import reverse
from markupsafe import Markup

from koryu.consent.queries import ExchangeWork
from koryu.markup.table_html import ToldColumn
from koryu.values.reason import N_

_QUESTIONS: Final = N_("Questions")
_LINK: Final = Markup('<a href="%s#%s">%s</a>')


def asked_of(work: ExchangeWork) -> Mapping[str, int]:
    """How many questions, answers and statements are on record of each paper (its URI) or session (`timetable#id`)."""
    counted: Counter[str] = Counter()
    for part in work.parts:
        counted.update(part.line.summary.matters)
    return counted


def anchor_of(key: str) -> str:
    """What a session, a paper or a question is called inside the page of questions, by what names it."""
    record, _hash, item = key.partition("#")
    return f"q-{record.rpartition('/')[2]}{'-' if item else ''}{item}" if key else "q-none"


def asked_column(work: ExchangeWork, name: str, keys: Mapping[str, str]) -> tuple[ToldColumn, ...]:
    """The column beside rows, whose `keys` name what each is; none where nothing is asked of any of them."""
    counted = asked_of(work)
    page = reverse("desk:exchange-questions", kwargs={"slug": name})
    cells = {row: _LINK % (page, anchor_of(key), counted[key]) for row, key in keys.items() if counted.get(key)}
    return (ToldColumn(called=_QUESTIONS, cells=cells),) if cells else ()
