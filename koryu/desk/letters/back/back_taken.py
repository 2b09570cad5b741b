"""Taking what somebody ticked of a plan that came back into a draft, all of it or nothing."""

from collections.abc import Collection
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from koryu.consent import actions
from koryu.consent.queries import Drafted, ExchangeWork
from koryu.correspondence.actions import file_answer
from koryu.desk import clock
from koryu.desk.access import CurrentUser, draft_for
from koryu.desk.drafts.new_draft import begin_from_record
from koryu.desk.exchange.answer_draft import counter_draft
from koryu.desk.letters.back.back_view import LetterBack
from koryu.desk.letters.back.plan_beside import plan_now
from koryu.files import actions as files
from koryu.publishing.letters.plan_back import with_changes_taken
from koryu.seals.digests import digest, digest_of
from koryu.values.reason import Reason, Refused

CHANGED: Final = Reason("The plan was changed meanwhile. Look at what differs now.")
_NOTHING: Final = Reason("Tick what is to be taken.")


def take_plan(
    request: HttpRequest, me: CurrentUser, work: ExchangeWork, back: LetterBack, *, taken: Collection[str], seen: str
) -> int:
    """Put what was ticked (`taken`, by the keys of the differences) into our draft of the plan, begun where there is
    none; the file is kept with the letter that it answers. Returns the draft's number.

    `seen` says with what the file was compared when it was looked at. Raises Refused, where nothing was done.
    """
    changes = [change for change in (back.plan.changes if back.plan else ()) if change.act and change.key in taken]
    if not changes:
        raise Refused(_NOTHING)
    with transaction.atomic():
        if digest_of(plan_now(work)) != seen:
            raise Refused(CHANGED)
        draft = _draft(request, me, work)
        content = with_changes_taken(draft.content, changes, seed=f"{back.letter.number}:{back.version.version}")
        at = clock.now()
        actions.save(draft=draft.id, content=content, seen=draft.edition, by=me.username, at=at)
        said = {"file": back.arrived.name, "number": back.letter.number, "count": len(changes)}
        actions.note(
            institution=me.institution,
            record=work.uri,
            means="note",
            text=_("From the file “%(file)s”, which answers letter %(number)s: %(count)s changes were taken.") % said,
            by=me.username,
            at=at,
        )
        keep_with_letter(me, back.letter.number, name=back.arrived.name, body=back.arrived.body)
        files.note_taken(back.arrived.id, rows=len(changes), at=at)
    return draft.id


def keep_with_letter(me: CurrentUser, number: str, *, name: str, body: bytes, known_by: str = "") -> None:
    """Keep a file with the letter that it answers, untouched. Raises Refused for what is not kept."""
    file_answer(
        institution=me.institution,
        number=number,
        name=name,
        body=body,
        most=settings.FILE_SIZE,
        known_by=known_by or digest(body),
        by=me.username,
        at=clock.now(),
    )


def _draft(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> Drafted:
    if work.own_plan:
        return work.own_plan
    if work.open_plan and not work.open_plan.declined:
        return draft_for(me, counter_draft(me, work.open_plan))
    return draft_for(me, begin_from_record(request, me, work.uri))
