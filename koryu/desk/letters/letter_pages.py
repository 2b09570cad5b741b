"""The letters of an exchange, and one letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import LetterInWriting, OwnLetter
from koryu.correspondence.rules import letter_life as rules
from koryu.correspondence.rules.letter_life import LetterState
from koryu.correspondence.rules.letter_numbers import as_number
from koryu.desk.access import CurrentUser, staff
from koryu.desk.approval_view import ApprovalView
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.letters.letter_addressees import addressees_offered, language_of, partners_of
from koryu.desk.letters.letter_approvals import approval_of_letter, steps_that_have
from koryu.desk.letters.letter_boxes import groups_of
from koryu.desk.letters.letter_contents import newer_than_printed
from koryu.desk.letters.letter_making import OF_OWN_TEMPLATE, made_now, no_pdf, submitted_pages
from koryu.institutions import rules as roles
from koryu.publishing.letters.blocks import DATE, NUMBER, LetterPages, has_slot
from koryu.publishing.letters.changed_lines import ChangedLines, changed_lines
from koryu.values.reason import Reason
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS
from koryu.wording.letters.letter_words import HONORIFICS


@dataclass(frozen=True, kw_only=True)
class LetterView:
    """A letter as its page shows it: its newest version, the pages as they would be or were printed.

    `changed` are the lines that differ from the version it replaces; None where there is none to compare with, or the
    letter was sent.
    """

    letter: OwnLetter
    pages: LetterPages | None
    missing: tuple[Reason, ...]
    newer: tuple[str, ...]
    may_write: Reason | None
    may_approve: Reason | None
    changed: tuple[ChangedLines, ...] | None = None
    # Its way through the approval steps, while it waits at one.
    approval: ApprovalView | None = None

    @property
    def version(self) -> LetterInWriting:
        return self.letter.last

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be typed for it: it is no draft, or whoever looks may not."""
        return self.version.state != LetterState.DRAFT or self.may_write is not None

    @property
    def slots(self) -> tuple[str, ...]:
        """What may be typed at sending."""
        return tuple(slot for slot in (NUMBER, DATE) if self.pages and has_slot(self.pages, slot))


@staff
@require_safe
def letters(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """The letters of an exchange, and which can be made."""
    return list_page(request, me, exchange_for(me, slug), slug)


@staff
@require_safe
def letter(request: HttpRequest, me: CurrentUser, /, slug: str, number: str) -> HttpResponse:
    """One letter: its pages, what is typed for it, what may be done with it."""
    work = exchange_for(me, slug)
    late = typed_too_late(request)
    return letter_page(
        request, me, work, slug, letter_for(me, work, number), typed=late, problem=SIGNED_OUT if late else None
    )


def letter_for(me: CurrentUser, work: ExchangeWork, number: str) -> OwnLetter:
    """The letter with this number, if it is my institution's and of this exchange. Raises Http404."""
    kept = correspondence.letter(as_number(number), institution=me.institution)
    if kept is None or kept.exchange != work.uri or roles.may_note(role=me.role):
        raise Http404
    return kept


def list_page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of all letters of an exchange. Readers of the institution see that there are none for them."""
    if roles.may_note(role=me.role):
        raise Http404
    kept = correspondence.letters_of(work.uri, institution=me.institution)
    return frame_of(work, name).page(
        request,
        me,
        "desk/letters/list.html",
        status=status,
        letters=kept,
        at_steps=steps_that_have(me, kept),
        kinds=tuple(LETTER_KINDS.values()),
        langs=LANGS,
        theirs=_language_of_partner(work),
        ours=language_of(work, work.institution),
        may_write=roles.may_draft(role=me.role),
        may_give=roles.may_give_roles(role=me.role),
        head_approves=[LETTER_KINDS[kind] for kind in LETTER_KINDS if kind in rules.HEAD_APPROVES],
        # Asked for where it is shown: to a head.
        by_officers=frozenset() if roles.may_give_roles(role=me.role) else _by_officers(me),
        how_sent=rules.HOW_SENT,
        problem=problem,
    )


def letter_page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    kept: OwnLetter,
    *,
    typed: Mapping[str, str] | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one letter, with what was `typed` and not kept, and the `problem` why it was not."""
    view = view_of(me, work, kept)
    return frame_of(work, name).page(
        request,
        me,
        "desk/letters/letter.html",
        naming=view.newer,
        status=status,
        view=view,
        letter=kept,
        version=kept.last,
        kind=LETTER_KINDS[kept.kind],
        boxes=groups_of(kept.kind, kept.langs[0]),
        # Asked for where it is shown: in a draft, to whoever may change it.
        addressees=() if view.is_closed else addressees_offered(me, work, kept),
        typed=typed if typed is not None else kept.last.typed,
        sending=_sending(kept, typed),
        honorifics=HONORIFICS[kept.langs[0]],
        states=LetterState,
        how_sent=rules.HOW_SENT,
        no_pdf=no_pdf(view.pages),
        of_template=OF_OWN_TEMPLATE,
        # Nothing comes back of what was not sent.
        answers=correspondence.answers_to(kept.number, institution=me.institution) if _was_sent(kept) else (),
        problem=problem,
    )


def _was_sent(kept: OwnLetter) -> bool:
    return any(version.approved_at for version in kept.versions)


def view_of(me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> LetterView:
    """A letter for somebody of its institution."""
    version = kept.last
    made = made_now(work, kept, version, draft=True) if version.state == LetterState.DRAFT else None
    pages = made.pages if made else submitted_pages(version) if version.pages else None
    waits = version.state == LetterState.SUBMITTED
    return LetterView(
        letter=kept,
        pages=pages,
        missing=made.missing if made else (),
        newer=newer_than_printed(work, pages.records) if pages and not made else (),
        may_write=roles.may_draft(role=me.role),
        may_approve=_may_approve(me, kept.kind, waits=waits),
        changed=_changed(kept, pages),
        approval=approval_of_letter(me, version) if waits else None,
    )


def _changed(kept: OwnLetter, pages: LetterPages | None) -> tuple[ChangedLines, ...] | None:
    """What whoever approves another version has to look at."""
    before = kept.before
    if pages is None or before is None or before.pages is None or kept.last.sent_at:
        return None
    return changed_lines(submitted_pages(before), pages)


def _may_approve(me: CurrentUser, kind: str, *, waits: bool) -> Reason | None:
    """Whether I may approve letters of this kind; what is left to officers is asked where a letter waits for it."""
    fails = rules.may_approve_letter(role=me.role, kind=kind, by_officers=frozenset())
    if not fails or not waits:
        return fails
    return rules.may_approve_letter(role=me.role, kind=kind, by_officers=_by_officers(me))


def _by_officers(me: CurrentUser) -> frozenset[str]:
    return correspondence.approved_by_officers(me.institution)


def _sending(kept: OwnLetter, typed: Mapping[str, str] | None) -> dict[str, Any]:
    """What the form of sending begins with."""
    given = typed or {}
    version = kept.last
    to = " ".join(filter(None, (version.typed.get("to_institution"), version.typed.get("to_name"))))
    boxes = {"to": to, "number": version.typed.get("number", ""), "day": version.typed.get("date", "")}
    return {
        **boxes,
        "on": "",
        "how": "mail",
        **{box: given[box] for box in ("to", "number", "day", "on", "how") if box in given},
    }


def _language_of_partner(work: ExchangeWork) -> str:
    """The language of the first other institution whose language is known; English where none is."""
    return next(filter(None, (language_of(work, uri) for uri in partners_of(work))), "en")
