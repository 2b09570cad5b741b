"""A text of an exchange begun at its page: named after it, belonging to it, with the title that such texts have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Final

from django.http import HttpRequest

from koryu.archive.queries import Line
from koryu.consent import queries as consent
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.begin_draft import begin_draft
from koryu.desk.exchange.part_list import PART_OF_KIND, ExchangeText
from koryu.desk.exchange.results.laid_out import laid_out
from koryu.institutions import rules as roles
from koryu.records.exchange import EventState, ExchangeForm
from koryu.records.institution import Institution
from koryu.records.kinds import KINDS
from koryu.records.listed_values import Summary
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.uris import last_part, mint
from koryu.wording.languages import LANGUAGES, active_reader
from koryu.wording.titles import composed

# Of these an institution has one for each exchange; of the others several.
ONE_EACH: Final = frozenset({"participation", "timetable", "questions"})
# Of these the exchange has one, which is everybody's.
_ONE_OF_ALL: Final = frozenset({"summary"})


@dataclass(frozen=True, kw_only=True)
class PartToBegin:
    """A text of our own that could be begun, and of which kind; `recorded` where it would be our line on what was."""

    kind: str
    recorded: bool


def parts_to_begin(me: CurrentUser, work: ExchangeWork, texts: Iterable[ExchangeText]) -> tuple[PartToBegin, ...]:
    """The texts of their own institution that whoever looks could begin here."""
    there = {
        text.kind
        for text in texts
        if text.kind in _ONE_OF_ALL or (text.institution == me.institution and text.kind in ONE_EACH)
    }
    return tuple(
        PartToBegin(kind=kind, recorded=is_recorded(work))
        for kind in PART_OF_KIND
        if kind not in there
        and me.institution in work.institutions
        and arranges(work, kind, me.institution)
        and roles.may_draft(role=me.role, kind=kind) is None
    )


def is_recorded(work: ExchangeWork) -> bool:
    """Whether what is known of an exchange was put on record from sources, and nobody agreed it here."""
    if work.plan:
        return work.plan.line.basis == "recorded" and work.plan.line.summary.state == EventState.HELD
    return work.own_plan is not None and work.own_plan.says == "recorded"


def begin_part(request: HttpRequest, me: CurrentUser, work: ExchangeWork, *, kind: str) -> int:
    """A draft of a text of our own of this exchange. Raises Refused."""
    if kind not in PART_OF_KIND or me.institution not in work.institutions:
        raise Refused(Reason("Choose the kind of record."))
    or_refuse(roles.may_draft(role=me.role, kind=kind))
    if is_recorded(work):
        # One source serves all: what the exchange itself rests on.
        return begin_part_of(request, me, work, kind=kind, institution=me.institution, sources=sources_of(work))
    # What is to come is for the institutions until it is made public; a report at first for its own.
    shown_to = "own" if kind == "report" else "institutions"
    return begin_part_of(request, me, work, kind=kind, institution=me.institution, shown_to=shown_to)


def begin_part_of(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    *,
    kind: str,
    institution: str,
    sources: list[dict[str, Any]] | None = None,
    shown_to: str = "",
) -> int:
    """A draft of a text of this exchange that is an institution's to say; recorded where it rests on `sources`."""
    first = part_content(work, kind=kind, institution=institution, sources=sources, shown_to=shown_to)
    content = laid_out(me, work, first)
    record = mint(me.institution, kind, _name(me, work, kind, institution))
    return begin_draft(request, me, record=record, content=content, says="proposed" if sources is None else "recorded")


def part_content(
    work: ExchangeWork,
    *,
    kind: str,
    institution: str,
    sources: Sequence[Mapping[str, Any]] | None = None,
    shown_to: str = "",
) -> dict[str, Any]:
    """What a new text of this exchange says before anybody has typed in it."""
    return {
        "kind": kind,
        **_title(work, kind, institution),
        "exchange": work.uri,
        KINDS[kind].whose: list(work.institutions) if kind in _ONE_OF_ALL else institution,
        **({"shown_to": shown_to} if shown_to and "shown_to" in KINDS[kind].model_fields else {}),
        **({"side": _side(work, institution)} if kind == "participation" else {}),
        **({"type": "paper"} if kind == "paper" else {}),
        **(_timed(work, institution, to_come=bool(shown_to)) if kind == "timetable" else {}),
        **({"sources": [dict(source) for source in sources]} if sources else {}),
    }


def name_in(work: ExchangeWork, institution: str) -> str:
    """How the names of texts of an institution begin that belong to an exchange."""
    return f"{work.plan.line.slug if work.plan else last_part(work.uri)}-{last_part(institution)}"[:70].lower()


def arranges(work: ExchangeWork, kind: str, institution: str) -> bool:
    """A timetable is the host's; where no host is known, anybody's."""
    hosts = _content(work).get("hosts") or ()
    return kind != "timetable" or not hosts or institution in hosts


def _content(work: ExchangeWork) -> Mapping[str, Any]:
    """What is said of the exchange: our draft, else what stands, else what is proposed or shown."""
    drafted = work.own_plan or work.shown_plan
    proposed = work.open_plan.content if work.open_plan else None
    return (drafted.content if drafted else None) or work.content or proposed or {}


def _side(work: ExchangeWork, institution: str) -> str:
    content = _content(work)
    if content.get("form") == ExchangeForm.ONLINE:
        return "online"
    return "hosting" if institution in (content.get("hosts") or ()) else "visiting"


def _timed(work: ExchangeWork, institution: str, *, to_come: bool) -> dict[str, Any]:
    """In which zone a timetable is: that of who arranges it. What is to come may still change, until it is fixed."""
    line = work.named.get(institution)
    document = work.documents([line]).get(institution) if line else None
    zone = document.time_zone if isinstance(document, Institution) else ""
    return {**({"time_zone": zone} if zone else {}), **({"provisional": True} if to_come else {})}


def sources_of(work: ExchangeWork) -> list[dict[str, Any]]:
    """What the exchange itself rests on, as far as these are works."""
    works = [source for source in _content(work).get("sources", ()) if isinstance(source, dict) and "work" in source]
    return [{"id": source["id"], "work": source["work"]} for source in works]


def _name(me: CurrentUser, work: ExchangeWork, kind: str, institution: str) -> str:
    """Named after the exchange and the institution; where that is not enough, with a few figures."""
    name = name_in(work, institution)
    taken = consent.history(mint(me.institution, kind, name)).headers
    return name if kind in ONE_EACH | _ONE_OF_ALL and not taken else f"{name}-{token_hex(2)}"


def _title(work: ExchangeWork, kind: str, institution: str) -> dict[str, Any]:
    """The title that such a text has, in each language in which one can be composed."""
    summary = Summary(exchange=work.uri, institution=institution)
    line = Line(uri="", kind=kind, slug="", basis="", summary=summary)
    lines = {**work.named, work.uri: work.plan.line if work.plan else _drafted_line(work)}
    titles = {tag: title for _slug, (tag, _name_of) in LANGUAGES.items() if (title := composed(line, tag, lines=lines))}
    if not titles:
        return {}
    source = active_reader().tag if active_reader().tag in titles else next(iter(titles))
    return {"title": {**titles, "source": source} if len(titles) > 1 else titles}


def _drafted_line(work: ExchangeWork) -> Line:
    title = _content(work).get("title")
    return Line(work.uri, "exchange", "", "", Summary(title=title if isinstance(title, dict) else {}))
