"""What of an exchange stands for its institutions alone and could be for everyone: drafted so in one act."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.http import HttpRequest

from koryu.consent import actions
from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, draft_for
from koryu.desk.drafts.new_draft import begin_from_record
from koryu.desk.exchange.part_list import ExchangeText
from koryu.records.kinds import NEVER_PUBLIC, visibility_in
from koryu.values.reason import Reason, Refused

_NONE: Final = Reason("Tick at least one text.")
_CHANGED: Final = Reason("These texts changed meanwhile. Look at them again; nothing was drafted.")


def kept_from_readers(me: CurrentUser, work: ExchangeWork, texts: Iterable[ExchangeText]) -> tuple[ExchangeText, ...]:
    """The texts that stand for the institutions alone, of which ours is the next word, and nothing is drafted or open.

    What says it is for everyone, and only waits for its exchange, is not among them, nor what can never be; in one
    statement, where there are any.
    """
    open_records = {text.record for text in work.open}
    own = [
        text
        for text in texts
        if text.current and not text.current.public and not text.draft and text.record not in open_records
        if text.kind not in NEVER_PUBLIC
        if text.kind == "exchange" or me.institution in (text.institution, _recorder(text))
    ]
    documents = work.documents([text.current.line for text in own if text.current]) if own else {}
    return tuple(
        text
        for text in own
        if text.record in documents and visibility_in(documents[text.record].content()) == "institutions"
    )


def draft_for_all(request: HttpRequest, me: CurrentUser, offered: Sequence[ExchangeText], chosen: Iterable[str]) -> int:
    """Begin a next version of each chosen text that is for everyone: all of them, or none. Returns how many.

    Raises Refused.
    """
    wanted = list(dict.fromkeys(chosen))
    if not wanted:
        raise Refused(_NONE)
    if not set(wanted) <= {text.record for text in offered}:
        raise Refused(_CHANGED)
    with transaction.atomic():
        for record in wanted:
            draft = draft_for(me, begin_from_record(request, me, record))
            content = {**draft.content, "shown_to": "public"}
            actions.save(draft=draft.id, content=content, seen=draft.edition, by=me.username, at=clock.now())
    return len(wanted)


def _recorder(text: ExchangeText) -> str:
    """Who recorded what stands; '' where it was agreed."""
    return text.current.said_by if text.current and text.current.line.basis == "recorded" else ""
