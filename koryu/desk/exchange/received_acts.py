"""What a partner's letter does, done in one act: texts accepted by it, others answered otherwise, its own begun."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import Consultation, Drafted, ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, draft_for
from koryu.desk.drafts.new_draft import begin_from_record
from koryu.desk.exchange.answer_draft import counter_draft
from koryu.desk.exchange.begin_part import ONE_EACH, begin_part_of
from koryu.desk.exchange.cited_work import CitedWork, work_cited
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.received_form import (
    ACCEPTS,
    OTHERWISE,
    SAYS_ITSELF,
    EarlierSources,
    ReceivedForm,
    Source,
    check_form,
    kinds_to_name,
    partners_in,
    with_sources,
)
from koryu.desk.exchange.received_note import note_on
from koryu.desk.exchange.received_people import PutIn, put_in_people
from koryu.files.actions import bring_upload
from koryu.institutions import queries as institutions
from koryu.planning import actions as planning
from koryu.seals.digests import digest
from koryu.sheets.rows.clipboard import pasted_grid
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words

NO_LETTER: Final = Reason("Attach the letter or mail by which it was accepted.")
_NOT_OPEN: Final = Reason("A text that was ticked is no longer open: look at what is open now.")


@dataclass(frozen=True, kw_only=True)
class KeptLetter:
    """A file that came with the form: at most one byte more than is kept, which tells that there is too much."""

    name: str
    body: bytes

    @classmethod
    def of(cls, uploaded: "UploadedFile[Any] | None") -> "KeptLetter | None":
        return cls(name=str(uploaded.name), body=uploaded.read(settings.FILE_SIZE + 1)) if uploaded else None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What came, at which exchange: the form, the letter, the publication, and what earlier texts rest on."""

    request: HttpRequest
    me: CurrentUser
    name: str
    work: ExchangeWork
    texts: tuple[ExchangeText, ...]
    form: ReceivedForm
    letter: KeptLetter | None
    source: CitedWork
    earlier: tuple[EarlierSources, ...]

    @property
    def said_by(self) -> dict[str, Any]:
        """Who says it and when, as every verb takes it."""
        return {"institution": self.me.institution, "by": self.me.username, "at": clock.now()}


def receive(arrival: Arrival) -> tuple[tuple[str, int], ...]:
    """Do all that the letter does, or nothing. Raises Refused; of one of several texts, RefusedText.

    Returns the drafts that were begun or gone on with, each with its kind. The letter is kept with what it is evidence
    for: the texts it accepts and those that rest on it.
    """
    form, letter = arrival.form, arrival.letter
    check_form(form, partners=partners_in(arrival.work), has_letter=letter is not None)
    people = pasted_grid(form.people, "") if form.people.strip() else None
    # What is accepted by just this letter already is not said again: the form was sent twice.
    before = consent.accepted_by_letter(digest(letter.body), institution=arrival.me.institution) if letter else set()
    wanted = form.answered(ACCEPTS) - before
    again = bool(form.answered(ACCEPTS)) and not wanted
    # A source may be put on record by this, and files are kept: all of it is one transaction.
    with transaction.atomic():
        drafts = (*_taken_up_otherwise(arrival), *_named_in_it(arrival))
        number = dict(drafts).get("participation", 0)
        put_in = put_in_people(arrival.me, arrival.name, number, people) if people else None
        _accepted(arrival, wanted)
        for text in _open_texts(arrival, form.answered(OTHERWISE)):
            if _is_ours(arrival, text):
                planning.note_reply(
                    exchange=arrival.work.uri,
                    version=text.version,
                    partner=form.partner,
                    today=clock.today(),
                    **arrival.said_by,
                )
        if not again and (letter or form.answers):
            note = note_on(form, arrival.work, file=letter.name if letter else "")
            actions.note(record=arrival.work.uri, means="note", text=note, **arrival.said_by)
    # Nothing is told of what may yet be undone.
    _tell(arrival, accepted=bool(wanted), again=again, put_in=put_in)
    return drafts


def _tell(arrival: Arrival, *, accepted: bool, again: bool, put_in: PutIn | None) -> None:
    tell = arrival.request
    if again:
        messages.info(tell, _("This was already received. It was not done a second time."))
    if accepted:
        messages.success(tell, _("The acceptance by letter was recorded, with the letter."))
    if any(text.version in arrival.form.answered(OTHERWISE) and _is_ours(arrival, text) for text in arrival.work.open):
        messages.info(tell, _("Withdraw the text that is open before you send the new one; the draft is made from it."))
    if put_in:
        messages.success(tell, _("Rows put in or changed: %(n)s.") % {"n": put_in.rows})
    dated = arrival.form.dated
    # Where the partner is, it may be tomorrow already.
    if dated and Edtf(dated).earliest > clock.today() + timedelta(days=1):
        date = date_in_words(Edtf(dated), active_reader().slug)
        messages.warning(tell, _("The date of the letter is after today: %(date)s. Please check it.") % {"date": date})
    if put_in and put_in.left_out:
        heads = _(", ").join(put_in.left_out)
        messages.info(tell, _("Columns left out, and not saved anywhere: %(heads)s.") % {"heads": heads})


def _accepted(arrival: Arrival, wanted: frozenset[str]) -> None:
    if not wanted:
        return
    if arrival.letter is None:
        raise Refused(NO_LETTER)
    actions.accept_all_with_letter(
        on_behalf_of=arrival.form.partner,
        name=arrival.letter.name,
        body=arrival.letter.body,
        versions={text.record: text.version for text in _open_texts(arrival, wanted)},
        **arrival.said_by,
    )


def _open_texts(arrival: Arrival, wanted: frozenset[str]) -> list[Consultation]:
    texts = [text for text in arrival.work.open if text.version in wanted]
    if len(texts) != len(wanted):
        raise Refused(_NOT_OPEN)
    return texts


# What is taken up otherwise


def _taken_up_otherwise(arrival: Arrival) -> Iterator[tuple[str, int]]:
    for text in _open_texts(arrival, arrival.form.answered(OTHERWISE)):
        yield text.header.kind, counter_draft(arrival.me, text)


def _is_ours(arrival: Arrival, text: Consultation) -> bool:
    return text.proposed.institution == arrival.me.institution


# What the letter gives


def _named_in_it(arrival: Arrival) -> Iterator[tuple[str, int]]:
    form = arrival.form
    if not form.names:
        return
    offered = dict(kinds_to_name(arrival.me, arrival.work, arrival.texts))
    if any(form.partner not in offered.get(kind, ()) for kind in form.names):
        raise Refused(Reason("Choose what it is."))
    sources = _sources(arrival)
    for kind in form.names:
        number = _draft_of(arrival, kind, sources)
        if arrival.letter:
            bring_upload(
                name=arrival.letter.name,
                body=arrival.letter.body,
                most=settings.FILE_SIZE,
                record=draft_for(arrival.me, number).record,
                draft=number,
                **arrival.said_by,
            )
        yield kind, number


def _sources(arrival: Arrival) -> list[Source]:
    """The letter; else what an earlier text rests on, copied; else the publication."""
    form, letter = arrival.form, arrival.letter
    earlier = next((each for each in arrival.earlier if form.resting and each.record == form.resting), None)
    if form.resting and (earlier is None or earlier.institution != form.partner):
        raise Refused(Reason("Choose what it rests on."))
    sources: list[Source] = list(earlier.sources) if earlier else []
    if letter:
        named = {"digest": digest(letter.body), "dated": form.dated, **({"public": True} if form.public else {})}
        sources.append({"id": "l1", "letter": named})
    if not sources:
        sources = [{"id": "s1", "work": work_cited(arrival.request, arrival.me, arrival.source)}]
    if any("letter" in source for source in sources):
        or_refuse(SAYS_ITSELF if form.partner in institutions.with_key([form.partner]) else None)
    return list(with_sources({}, sources)["sources"])


def _draft_of(arrival: Arrival, kind: str, sources: list[Source]) -> int:
    """A draft of ours on what the partner says; the one that is there, or a next version, rests on this too."""
    me = arrival.me
    there = _ours(arrival, kind, sources)
    if there is None:
        by_letter = any("letter" in source for source in sources)
        return begin_part_of(
            arrival.request,
            me,
            arrival.work,
            kind=kind,
            institution=arrival.form.partner,
            sources=[dict(source) for source in sources],
            shown_to="institutions" if by_letter else "",
        )
    draft = there.draft or draft_for(me, begin_from_record(arrival.request, me, there.record))
    _rests_too(arrival, draft, sources)
    return draft.id


def _ours(arrival: Arrival, kind: str, sources: list[Source]) -> ExchangeText | None:
    """Our text of this kind for the partner, where there is one; a paper only where it was just begun from the same."""
    texts = [text for text in arrival.texts if (text.kind, text.institution) == (kind, arrival.form.partner)]
    if kind in ONE_EACH:
        return texts[0] if texts else None
    return next((text for text in texts if text.draft and _is_untouched(text.draft, arrival.me, sources)), None)


def _is_untouched(draft: Drafted, me: CurrentUser, sources: list[Source]) -> bool:
    return (draft.institution, draft.edition, draft.content.get("sources")) == (me.institution, 1, sources)


def _rests_too(arrival: Arrival, draft: Drafted, sources: list[Source]) -> None:
    content = with_sources(draft.content, sources)
    if content == draft.content:
        return
    actions.save(draft=draft.id, content=content, seen=draft.edition, by=arrival.me.username, at=clock.now())
