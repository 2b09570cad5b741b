"""What came from a partner, as it is typed at Received: whose letter, what it rests on, and what it does. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from koryu.consent.queries import Consultation, ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.begin_part import ONE_EACH, arranges
from koryu.desk.exchange.part_list import NOT_FOR_OTHERS, PART_OF_KIND, ExchangeText
from koryu.institutions import rules as roles
from koryu.records.document import Document
from koryu.sheets import clean
from koryu.sheets.parse import is_date, understood
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text
from koryu.wording.titles import title_of

SAYS_ITSELF: Final = Reason("That institution uses this server and must reply itself.")
# What a letter can do with a text that was sent: nothing, unless somebody says so.
ACCEPTS: Final = "accepts"
OTHERWISE: Final = "otherwise"
_ANSWERS: Final = frozenset((ACCEPTS, OTHERWISE))
_ANSWER: Final = "answer:"
# A unit or a person, as it is typed.
_LONGEST_NAME: Final = 200

Source = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ReceivedForm:
    """The form as it was typed.

    `answers` is what the letter does with texts that were sent, by version; `names` the kinds of texts that it gives;
    `resting` the record whose sources are taken over; `people` a list of people as it was pasted.
    """

    partner: str = ""
    dated: str = ""
    signed_by: str = ""
    public: bool = False
    answers: Mapping[str, str]
    names: tuple[str, ...] = ()
    resting: str = ""
    people: str = ""

    def answered(self, answer: str) -> frozenset[str]:
        """The versions that the letter answers so."""
        return frozenset(version for version, said in self.answers.items() if said == answer)


@dataclass(frozen=True, kw_only=True)
class AwaitedText:
    """A text that partners without a key here have still to answer, by letter; `refusal` where whoever looks may not
    record that they accept it."""

    record: str
    version: str
    kind: str
    title: Text | None
    at: str
    partners: tuple[str, ...]
    refusal: Reason | None


@dataclass(frozen=True, kw_only=True)
class EarlierSources:
    """What a text of a partner that we recorded, or draft, rests on: offered for the next one."""

    record: str
    kind: str
    institution: str
    title: Text | None
    sources: tuple[Source, ...]

    @property
    def letters(self) -> tuple[Edtf | None, ...]:
        """The dates of the letters among them, as far as each is known."""
        letters = [source["letter"] for source in self.sources if isinstance(source.get("letter"), Mapping)]
        return tuple(Edtf(letter["dated"]) if is_date(letter.get("dated", "")) else None for letter in letters)

    @property
    def works(self) -> tuple[str, ...]:
        """The publications among them."""
        return tuple(source["work"] for source in self.sources if isinstance(source.get("work"), str))


def received_form(posted: QueryDict) -> ReceivedForm:
    """What was typed, a date as it is understood."""
    dated, people = clean.line(posted.get("dated", "")), posted.get("text", "")
    named = {*posted.getlist("names"), *(["participation"] if people.strip() else [])}
    return ReceivedForm(
        partner=posted.get("partner", ""),
        dated=understood(dated) if dated else "",
        signed_by=clean.line(posted.get("signed-by", "")),
        public=bool(posted.get("public")),
        answers={
            name.removeprefix(_ANSWER): said
            for name, said in posted.items()
            if name.startswith(_ANSWER) and isinstance(said, str) and said in _ANSWERS
        },
        names=tuple(kind for kind in PART_OF_KIND if kind in named),
        resting=posted.get("resting", ""),
        people=people,
    )


def check_form(form: ReceivedForm, *, partners: Iterable[str], has_letter: bool) -> None:
    """Raise Refused for a form that says too little, or too much, whatever stands or is open."""
    if form.partner not in partners:
        raise Refused(Reason("Choose from which institution it came."))
    if not form.answers and not form.names:
        raise Refused(Reason("Say what the letter does: which texts it answers, or what it gives."))
    if form.dated and not is_date(form.dated):
        raise Refused(Reason("“%(typed)s” is not understood as a date.", typed=form.dated))
    if len(form.signed_by) > _LONGEST_NAME:
        raise Refused(Reason("A name has at most %(most)s characters.", most=_LONGEST_NAME))
    if has_letter and form.names and not form.dated:
        # Its digest and its date are all that others ever see of a letter on which a text rests.
        raise Refused(Reason("Give the date of the letter: it is put on record with what rests on it."))


def partners_in(work: ExchangeWork) -> tuple[str, ...]:
    """The institutions of the exchange from which something can come."""
    return tuple(uri for uri in work.institutions if uri != work.institution)


def awaited_texts(me: CurrentUser, work: ExchangeWork, *, keyed: frozenset[str]) -> tuple[AwaitedText, ...]:
    """The texts of the exchange that a partner without a key here has still to answer; its plan first."""
    texts = (_awaited(me, text, keyed) for text in work.open if not text.declined)
    kinds = ["exchange", *PART_OF_KIND]
    return tuple(
        sorted(
            (text for text in texts if text.partners and text.kind in kinds),
            key=lambda text: (kinds.index(text.kind), text.record),
        )
    )


def _awaited(me: CurrentUser, text: Consultation, keyed: frozenset[str]) -> AwaitedText:
    speaker = me.speaker()
    return AwaitedText(
        record=text.record,
        version=text.version,
        kind=text.header.kind,
        title=title_of(text.content or {}),
        at=text.proposed.at,
        partners=tuple(sorted(text.waits_for - keyed - {me.institution})),
        refusal=roles.may_speak(role=speaker.role, kind=text.header.kind, delegated=speaker.delegated),
    )


def kinds_to_name(
    me: CurrentUser, work: ExchangeWork, texts: Iterable[ExchangeText]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What can be put on record for whom: the kinds, each with the partners of which it is theirs to say.

    Not their reports and promises, which are their own account, nor what all agree; nor a list of which another's line,
    or their own, is there.
    """
    held = {(text.kind, text.institution): text for text in texts}
    return tuple(
        (kind, whose)
        for kind in PART_OF_KIND
        if kind not in NOT_FOR_OTHERS and roles.may_draft(role=me.role, kind=kind, own_account=False) is None
        if (
            whose := tuple(
                uri
                for uri in partners_in(work)
                if arranges(work, kind, uri)
                if kind not in ONE_EACH or _goes_on(me, held.get((kind, uri)))
            )
        )
    )


def _goes_on(me: CurrentUser, text: ExchangeText | None) -> bool:
    """Whether our line on what a partner says can be begun, or gone on with."""
    if text is None:
        return True
    if text.draft:
        return text.draft.institution == me.institution and text.draft.says == "recorded"
    return text.current is not None and text.current.line.basis == "recorded" and text.current.said_by == me.institution


def earlier_sources(
    me: CurrentUser, texts: Iterable[ExchangeText], documents: Mapping[str, Document]
) -> tuple[EarlierSources, ...]:
    """What our recorded texts of partners rest on, drafted or on record, each set of sources once."""
    offered: dict[str, EarlierSources] = {}
    for text in texts:
        drafted = text.draft if text.draft and text.draft.institution == me.institution else None
        document = documents.get(text.record)
        content = drafted.content if drafted and drafted.says == "recorded" else document.content() if document else {}
        listed = content.get("sources")
        sources = tuple(source for source in listed if isinstance(source, dict)) if isinstance(listed, list) else ()
        if text.institution and text.institution != me.institution and sources:
            named = str([_named(source) for source in sources]) + text.institution
            offered.setdefault(
                named,
                EarlierSources(
                    record=text.record,
                    kind=text.kind,
                    institution=text.institution,
                    title=title_of(content),
                    sources=sources,
                ),
            )
    return tuple(offered.values())


def _named(source: Source) -> object:
    """What a source names, whatever it is called inside its record."""
    letter = source.get("letter")
    return letter.get("digest") if isinstance(letter, Mapping) else source.get("work")


def with_sources(content: Mapping[str, Any], sources: Iterable[Source]) -> dict[str, Any]:
    """A content, finished or not, that rests on these sources too: what it names already is not named twice."""
    listed = content.get("sources")
    there: list[Any] = list(listed) if isinstance(listed, list) else []
    named = {str(_named(source)) for source in there if isinstance(source, Mapping)}
    taken = {str(source.get("id")) for source in there if isinstance(source, Mapping)}
    for source in sources:
        if str(_named(source)) not in named:
            place = next(f"l{n}" for n in range(1, len(taken) + 2) if f"l{n}" not in taken)
            taken.add(place)
            there.append({**source, "id": place})
    return {**content, "sources": there}
