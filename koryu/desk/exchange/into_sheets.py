"""Which of our sheets a list goes into that came by mail or as a letter."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.papers.papers_acts import PAPERS_PART
from koryu.desk.exchange.papers.papers_sheet import number_of
from koryu.desk.exchange.part_list import ExchangeText, texts_of
from koryu.desk.exchange.people.people_acts import PEOPLE_PART
from koryu.desk.exchange.sheet.draft_sheet import is_fixed
from koryu.desk.exchange.sheet.sheet_load import hand_over
from koryu.desk.exchange.sheet.sheet_request import SheetPart
from koryu.desk.exchange.timetable.timetable_acts import TIMETABLE_PART
from koryu.values.reason import Reason, Refused

PARTS: Final[Mapping[str, SheetPart[Any]]] = {
    "participation": PEOPLE_PART,
    "paper": PAPERS_PART,
    "timetable": TIMETABLE_PART,
}
KIND_OF_LETTER: Final[Mapping[str, str]] = {
    "participants": "participation",
    "papers": "paper",
    "programme": "timetable",
}
_NO_DRAFT: Final = Reason("There is no draft of this list yet into which the file could be loaded. Begin it first.")


def into_sheet(
    me: CurrentUser,
    work: ExchangeWork,
    slug: str,
    kind: str,
    *,
    name: str,
    body: bytes,
    records: Collection[str] = (),
    institution: str = "",
    draft: int = 0,
) -> str:
    """Put a file down at the sheet of a kind of list, and return the address at which it is looked at.

    It is the sheet of this `draft`, else of one of these `records`, else of this `institution`, else of ours. Raises
    Refused where there is none.
    """
    number = draft if draft and kind != "paper" else _sheet_of(me, work, kind, records, institution)
    return hand_over(me, PARTS[kind], slug=slug, exchange=work.uri, sheet=number, name=name, body=body)


def _sheet_of(me: CurrentUser, work: ExchangeWork, kind: str, records: Collection[str], institution: str) -> int:
    texts = [text for text in texts_of(work) if text.kind == kind and text.draft and not is_fixed(me, text.draft)]
    wanted = sorted(texts, key=lambda text: _how_far(me, text, records, institution))
    if kind == "paper":
        return number_of(wanted[0].institution if wanted and not institution else institution or me.institution)
    if not wanted or wanted[0].draft is None:
        raise Refused(_NO_DRAFT)
    return wanted[0].draft.id


def _how_far(
    me: CurrentUser, text: ExchangeText, records: Collection[str], institution: str
) -> tuple[bool, bool, bool]:
    return text.record not in records, text.institution != institution, text.institution != me.institution
