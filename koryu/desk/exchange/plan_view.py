"""The plan of an exchange field by field: what stands, our draft and the open proposal beside each other. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from koryu.consent.queries import ExchangeWork
from koryu.markup.content_view import ContentView, compared, date_written, read
from koryu.sheets.parse import is_record
from koryu.values.moments import Moment
from koryu.values.reason import N_, Reason
from koryu.wording.titles import title_of

# What is planned, in brief.
_IN_BRIEF: Final = ("dates", "hosts", "places", "planned_size", "themes", "open")
# What of an exchange its institutions plan; notes, sources and the like are read with the whole text.
PLANNED: Final = (
    *("title", "form", "event", "dates", "duration", "places", "institutions", "hosts", "turn_of", "planned_size"),
    *("themes", "programmes", "programme_year", "agreements", "open", "shown_to"),
)


@dataclass(frozen=True, kw_only=True)
class PlanColumn:
    """One of the texts of a plan: what it is, where it is read, and what it says."""

    head: Reason
    content: Mapping[str, Any]
    record: str = ""
    draft: int = 0
    is_ours: bool = False


# A piece of what is planned, as a page sets it: a date, a text, a record by its URI, or what was typed.
Piece = tuple[str, Any]


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One field of a plan in brief, for each of its texts; `differs` where one differs from the first."""

    field: str
    cells: tuple[tuple[Piece, ...], ...]

    def differs(self, place: int) -> bool:
        """Whether the text at this place says otherwise than the first."""
        return self.cells[place] != self.cells[0]


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """The texts of a plan, what stands first. `readings` is how each of the others differs from the first."""

    columns: tuple[PlanColumn, ...]
    readings: tuple[ContentView, ...]

    @property
    def named(self) -> frozenset[str]:
        """The records that a page showing it must look up."""
        named = frozenset(uri for reading in self.readings for uri in reading.named)
        return named | frozenset(
            uri
            for column in self.columns
            for value in column.head.values.values()
            if isinstance(value, tuple)
            for uri in value
        )


def in_brief(view: PlanView) -> tuple[PlanRow, ...]:
    """When, where, with how many, on what, and what is left open, as far as one of the texts says it."""
    rows = (
        PlanRow(field=field, cells=tuple(tuple(_pieces(field, column.content.get(field))) for column in view.columns))
        for field in _IN_BRIEF
    )
    return tuple(row for row in rows if any(row.cells))


def _pieces(field: str, value: Any) -> Iterator[Piece]:
    """What a field says, of a content that may be unfinished: what is not understood as it was typed."""
    for item in value if isinstance(value, list | tuple) else [value] if value is not None else []:
        if not isinstance(item, Mapping):
            yield ("record", item) if field == "hosts" and is_record(item) else ("typed", str(item))
        elif field == "dates":
            written = item.get("date")
            dated = date_written(written)
            yield ("date", dated) if dated else ("typed", str(written or ""))
        elif field == "open":
            yield ("field", str(item.get("field", "")))
        else:
            yield from _named_in(item)


def _named_in(item: Mapping[str, Any]) -> Iterator[Piece]:
    """A place or a theme: in its words, else by the record it names."""
    for name in ("venue", "city", "text"):
        if text := title_of({"title": item.get(name)}):
            yield "text", text
            return
    yield from (("record", item[name]) for name in ("institution", "theme") if is_record(item.get(name)))


def plan_view(work: ExchangeWork) -> PlanView | None:
    """The texts of the plan that may be seen, and how they differ; None where nothing is left of any."""
    columns = tuple(_columns(work))
    if not columns:
        return None
    first, *others = ({name: column.content[name] for name in PLANNED if name in column.content} for column in columns)
    kind = {"kind": "exchange"}
    if not others:
        return PlanView(columns=columns, readings=(read(kind | first),))
    return PlanView(columns=columns, readings=tuple(compared(kind | first, kind | other) for other in others))


def _columns(work: ExchangeWork) -> list[PlanColumn]:
    columns = []
    if work.plan and work.content is not None:
        head = _STANDS_AS.get(work.plan.line.basis, N_("Agreed %(when)s"))
        columns.append(PlanColumn(head=Reason(head, when=Moment(work.plan.at)), content=work.content, record=work.uri))
    open_plan = work.open_plan
    if open_plan and open_plan.content is not None:
        said = (
            N_("Not accepted: the text of %(who)s of %(when)s")
            if open_plan.declined
            else N_("Proposed by %(who)s %(when)s")
        )
        head_of = Reason(said, who=(open_plan.proposed.institution,), when=Moment(open_plan.proposed.at))
        asked = work.institution in open_plan.waits_for and not open_plan.declined
        columns.append(PlanColumn(head=head_of, content=open_plan.content, record=work.uri, is_ours=asked))
    if draft := work.own_plan:
        columns.append(
            PlanColumn(
                head=Reason("Our draft of %(when)s", when=Moment(draft.changed_at)),
                content=draft.content,
                draft=draft.id,
            )
        )
    elif draft := work.shown_plan:
        shown = Reason("Draft of %(who)s, shown to you", who=(draft.institution,))
        columns.append(PlanColumn(head=shown, content=draft.content, draft=draft.id))
    return columns


_STANDS_AS: Final[Mapping[str, str]] = {
    "recorded": N_("From published sources, recorded %(when)s"),
    "agreed by letter": N_("Agreed by letter %(when)s"),
}
