"""All of one exchange that an institution may see: what stands, what is open, its own drafts, those shown to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from koryu.archive import queries as archive
from koryu.archive.queries import CurrentLine, Line
from koryu.consent.queries.drafts import Drafted, circle_with, exchange_of_text, owners_in
from koryu.consent.queries.histories import Consultation, consultations, contents_of, history
from koryu.consent.queries.kept_at_exchange import NoteOn, kept_at
from koryu.consent.rules.history import History
from koryu.records.document import Document
from koryu.values.uris import last_part


@dataclass(frozen=True, kw_only=True)
class ExchangeWork:
    """An exchange at the desk of one of its institutions.

    `plan` is what stands of the exchange itself, `content` what it says; `parts` is what stands of what belongs to it.
    `open` are texts that are not settled and that the institution must agree to; `drafts` its own, `shown` those of
    others; `notes` its own on the exchange, the last first. `named` are the lines of the records that all of these
    name, by URI.
    """

    uri: str
    institution: str
    history: History
    plan: CurrentLine | None
    content: Mapping[str, Any] | None
    parts: tuple[CurrentLine, ...]
    open: tuple[Consultation, ...]
    drafts: tuple[Drafted, ...]
    shown: tuple[Drafted, ...]
    notes: tuple[NoteOn, ...]
    named: Mapping[str, Line]
    # The digest of the last entry of the ledger.
    last: str

    def documents(self, lines: Iterable[Line]) -> dict[str, Document]:
        """The documents of these lines, by URI; asked for once for each entry of the ledger."""
        return archive.documents_at(self.last, lines)

    @property
    def own_plan(self) -> Drafted | None:
        """Our unsent draft of the exchange itself."""
        return next((draft for draft in self.drafts if draft.kind == "exchange"), None)

    @property
    def shown_plan(self) -> Drafted | None:
        """A partner's draft of the exchange itself that we are shown."""
        return next((draft for draft in self.shown if draft.kind == "exchange"), None)

    @property
    def open_plan(self) -> Consultation | None:
        """The text of the exchange itself that is not settled."""
        return next((consultation for consultation in self.open if consultation.record == self.uri), None)

    @property
    def institutions(self) -> tuple[str, ...]:
        """Who takes part, as what stands says it; else as what is proposed or drafted does."""
        proposed = self.open_plan.content if self.open_plan else None
        drafted = self.own_plan or self.shown_plan
        content = self.content or proposed or (drafted.content if drafted else {})
        listed = content.get("institutions") or ()
        return tuple(uri for uri in listed if isinstance(uri, str)) if isinstance(listed, list | tuple) else ()


def exchange_work(name: str, *, institution: str, besides: Iterable[str] = ()) -> ExchangeWork | None:
    """The exchange called `name` in addresses, as an institution that has a part in it may see it; None for others.

    In two statements; in up to three more where the ledger has grown since it was last asked. A part have those who
    take part in what stands, who must agree to what is open, who drafted it, and who is shown a draft of it. `besides`
    are records whose lines are wanted too.
    """
    kept = kept_at(name, institution=institution)
    every, last = kept.drafts, kept.last
    unsettled = [
        matter
        for matter in unsettled_at(last)
        if institution in matter.history.must_agree(matter.version) or matter.proposed.institution == institution
    ]
    own = [draft for draft in every if draft.institution == institution]
    plans = [draft.record for draft in own if draft.kind == "exchange"]
    plans += [matter.record for matter in unsettled if matter.header.kind == "exchange"]
    plans += [draft.record for draft in every if draft.kind == "exchange"]
    called = tuple(dict.fromkeys(uri for uri in plans if last_part(uri) == name))
    # Of what is only proposed yet, nothing that stands names the institutions.
    begun = [matter for matter in unsettled if last_part(exchange_of_matter(matter)) == name]
    contents = (*(draft.content for draft in every), *(matter.content or {} for matter in begun))
    wanted = {*besides, *(uri for content in contents for uri in _named_in_draft(content))}
    current = archive.lines_of_exchange(*called, slug=name, asking=institution, besides=wanted)
    plan = current.exchange if current.exchange and archive.takes_part(current.exchange.line, institution) else None
    uri = plan.line.uri if plan else _begun(called, institution, every, unsettled)
    if not uri:
        return None
    said = _said_of(uri, last)
    ours = [matter for matter in unsettled if exchange_of_matter(matter) == uri]
    circle = said.history.owners if said.history.statements else frozenset[str]()
    belonging = [draft for draft in every if draft.exchange == uri]
    return ExchangeWork(
        uri=uri,
        institution=institution,
        history=said.history,
        plan=plan,
        content=said.content if plan else None,
        parts=tuple(part for part in current.parts if plan),
        open=tuple(ours),
        drafts=tuple(draft for draft in belonging if draft.institution == institution),
        shown=tuple(
            draft
            for draft in belonging
            if draft.institution != institution
            and institution in circle_with(draft.kind, draft.content, of_exchange={uri: circle})
        ),
        notes=tuple(note for note in kept.notes if note.record == uri),
        named=current.named,
        last=last,
    )


def _begun(called: tuple[str, ...], institution: str, drafts: tuple[Drafted, ...], open_: list[Consultation]) -> str:
    """The exchange that nothing stands of yet, where an institution drafts it, is asked about it or shown a draft."""
    for uri in called:
        if any(matter.record == uri for matter in open_):
            return uri
        for draft in drafts:
            is_ours = draft.institution == institution or institution in owners_in(draft.kind, draft.content)
            if draft.record == uri and is_ours:
                return uri
    return ""


def exchange_of_matter(matter: Consultation) -> str:
    """The exchange at which a text that is not settled is worked on; '' where it belongs to none."""
    return exchange_of_text(record=matter.record, kind=matter.header.kind, content=matter.content or {})


def _named_in_draft(content: Mapping[str, Any]) -> Iterable[str]:
    """What a draft of an exchange, finished or not, names that a page about it calls by name."""
    for field in ("institutions", "hosts"):
        listed = content.get(field)
        yield from (uri for uri in listed if isinstance(uri, str)) if isinstance(listed, list) else ()
    programmes = [under.get("programme") for under in _groups(content.get("programmes"))]
    single = (content.get("institution"), content.get("arranged_by"), *programmes, *_in_list_of_people(content))
    yield from (uri for uri in single if isinstance(uri, str))


def _in_list_of_people(content: Mapping[str, Any]) -> Iterable[object]:
    """The people of a participation, and the bodies of which they hold posts."""
    for member in _groups(content.get("members")):
        yield member.get("person")
        yield from (post.get("institution") for post in _groups(member.get("posts")))


def _groups(listed: object) -> Iterable[Mapping[str, Any]]:
    return (each for each in listed if isinstance(each, Mapping)) if isinstance(listed, list) else ()


@dataclass(frozen=True)
class _SaidOf:
    history: History
    content: Mapping[str, Any] | None


# What the ledger says is known by its last entry.
@lru_cache(maxsize=1)
def unsettled_at(_last: str) -> tuple[Consultation, ...]:
    """`consultations()`, when the ledger's last entry is the one with this digest: asked once for each."""
    return consultations()


@lru_cache(maxsize=64)
def _said_of(uri: str, _last: str) -> _SaidOf:
    said = history(uri)
    version = said.in_force or ""
    content = contents_of({version: said.headers[version]}).get(version) if version else None
    return _SaidOf(said, content)
