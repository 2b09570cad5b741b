"""Our own people of the last exchange, to be taken into the list of this one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import ExchangeWork
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.records.participation import Participation
from koryu.seals.digests import digest_of
from koryu.sheets.rows.merge import RowRestored
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import RowItem, items_of, text_with
from koryu.values.reason import N_
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated

_AS_OF: Final = N_("Post as of %(year)s")
_AS_OF_LAST: Final = N_("Post as of the last exchange")


@dataclass(frozen=True, kw_only=True)
class LastPeople:
    """The participation of an institution in the last exchange in which it had one: its line, its members."""

    exchange: Line
    line: Line
    document: Participation

    @property
    def year(self) -> str:
        """The year of that exchange; '' where it is not known."""
        date = self.exchange.date
        return str(date.earliest.year) if date else ""


def last_people(work: ExchangeWork, institution: str) -> LastPeople | None:
    """Who came for an institution to the last exchange of the same programme before this one; in three statements."""
    for programme in _programmes(work):
        under = [line for line in archive.lines_under(programme, asking=work.institution) if line.uri != work.uri]
        places = {line.uri: place for place, line in enumerate(_before(work, under))}
        if not places:
            continue
        halves = [
            (places[link.source.summary.exchange], link.source)
            for link in archive.links_to(*places, asking=work.institution)
            if link.source.kind == "participation"
            and link.source.summary.institution == institution
            and link.source.summary.exchange in places
        ]
        if halves:
            place, line = max(halves, key=lambda half: half[0])
            document = archive.documents([line]).get(line.uri)
            exchange = next(each for each in under if places.get(each.uri) == place)
            if isinstance(document, Participation):
                return LastPeople(exchange=exchange, line=line, document=document)
    return None


def taken_along(last: LastPeople, chosen: Iterable[str], sheet: DraftSheet) -> Iterator[RowRestored]:
    """The changes that put these members of last time under the list, each with how old its post is as a remark."""
    wanted = set(chosen)
    taken = {item["id"] for item in items_of(PEOPLE, sheet.content)}
    for item in items_of(PEOPLE, last.document.content()):
        if item["id"] in wanted:
            row = digest_of({"from": last.line.uri, "member": item["id"]})[7:13]
            if row not in taken:
                yield RowRestored(row, _item(item, last.year, sheet.tags[0]))


def _item(item: RowItem, year: str, tag: str) -> dict[str, Any]:
    """A member as it was, without what was remarked of it then."""
    kept = {name: value for name, value in item.items() if name not in ("id", "remark")}
    if not item.get("posts"):
        return kept
    slug = next((slug for slug, (own, _name) in LANGUAGES.items() if own == tag), "en")
    said = translated(_AS_OF, slug) % {"year": year} if year else translated(_AS_OF_LAST, slug)
    language = LANGUAGES[slug][0]
    return {**kept, "remark": text_with(None, language, said)}


def _programmes(work: ExchangeWork) -> tuple[str, ...]:
    if work.plan:
        return tuple(work.plan.line.summary.programmes)
    drafted = work.own_plan or work.shown_plan
    held = drafted.content.get("programmes") if drafted else None
    programmes = [each.get("programme") for each in held if isinstance(each, dict)] if isinstance(held, list) else []
    return tuple(uri for uri in programmes if isinstance(uri, str))


def _before(work: ExchangeWork, lines: list[Line]) -> list[Line]:
    """Those before this one; where it bears no date, all that are."""
    date = work.plan.line.date if work.plan else None
    if date is None:
        return lines
    return [line for line in lines if line.date is None or line.date.earliest < date.earliest]
