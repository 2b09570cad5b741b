"""What comes of an exchange as its institution may see it: the summary, reports, follow-ups, and what these led to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.sheet.part_work import PartWork, read_part
from koryu.sheets.parse import is_date, is_record
from koryu.values.edtf import Edtf
from koryu.values.text import Text
from koryu.wording.titles import title_of

FOLLOW_UP: Final = "follow-up"
SUMMARY: Final = "summary"
REPORT: Final = "report"


@dataclass(frozen=True, kw_only=True)
class ShownPromise:
    """A follow-up as the page says it: of our draft, or one we are shown, else of what stands.

    `checked_by` are those who have said of what stands that they checked it. `origin` is the question it came from, as
    `record#item`. Of `led_to` those that are not on record any more have no line.
    """

    text: ExchangeText
    title: Text | None
    what: Text | None
    for_whom: tuple[str, ...]
    due: Edtf | None
    done: Edtf | None
    ended: Text | None
    led_to: tuple[str, ...]
    origin: str
    checked_by: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.done is None and self.ended is None


@dataclass(frozen=True, kw_only=True)
class ResultsWork(PartWork):
    """An exchange with all that the page of its results and what is done there need."""

    @cached_property
    def promises(self) -> tuple[ShownPromise, ...]:
        """The follow-ups, those of ours first, by their day."""
        ours = self.work.institution
        listed = [text for text in self.every if text.kind == FOLLOW_UP]
        checked = archive.checked_by([text.record for text in listed if text.current], asking=ours) if listed else {}
        promises = (self._promise(text, checked.get(text.record, ())) for text in listed)
        return tuple(
            sorted(promises, key=lambda each: (each.text.institution != ours, str(each.due or "~"), each.text.record))
        )

    def of(self, kind: str) -> tuple[ExchangeText, ...]:
        """The texts of a kind."""
        return tuple(text for text in self.every if text.kind == kind)

    def promise(self, record: str) -> ShownPromise | None:
        """The follow-up of this record."""
        return next((each for each in self.promises if each.text.record == record), None)

    def _promise(self, text: ExchangeText, checked_by: tuple[str, ...]) -> ShownPromise:
        document = self.documents.get(text.record)
        content = text.draft.content if text.draft else document.content() if document else {}
        return ShownPromise(
            text=text,
            title=title_of(content) or text.title,
            what=_text(content.get("what")),
            for_whom=tuple(_uris(content.get("for_whom"))),
            due=_date(content.get("due")),
            done=_date(content.get("done")),
            ended=_text(content.get("ended")),
            led_to=tuple(each["record"] for each in _items(content.get("led_to"))),
            origin=next(
                (f"{each['record']}#{each.get('item', '')}" for each in _items(content.get("grew_out_of"))), ""
            ),
            checked_by=checked_by,
        )


def results_work(me: CurrentUser, name: str) -> ResultsWork:
    """The results of the exchange called so in addresses. Raises Http404 for whoever has no part in it."""
    return ResultsWork(kind=FOLLOW_UP, **read_part(me, name, {FOLLOW_UP: named_in_promise}))


def named_in_promise(content: Mapping[str, Any]) -> Iterator[str]:
    """The records that a follow-up, finished or not, names: whose it is, for whom, and what it led to."""
    named = _uris([content.get("institution"), *_uris(content.get("for_whom"))])
    yield from (uri for uri in named if is_record(uri))
    yield from (each["record"] for each in _items(content.get("led_to")) if is_record(each["record"]))


def _items(listed: object) -> list[Mapping[str, Any]]:
    items = listed if isinstance(listed, list | tuple) else []
    return [each for each in items if isinstance(each, Mapping) and isinstance(each.get("record"), str)]


def _uris(listed: object) -> list[str]:
    return [each for each in listed if isinstance(each, str)] if isinstance(listed, list | tuple) else []


def _date(value: object) -> Edtf | None:
    return Edtf(value) if isinstance(value, str) and is_date(value) else None


def _text(value: object) -> Text | None:
    return title_of({"title": value})
