"""A draft made from a text that a partner would have otherwise."""

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import Consultation
from koryu.consent.rules.permissions import Act, RecordContext, may
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.values.reason import or_refuse


def counter_draft(me: CurrentUser, text: Consultation) -> int:
    """A draft made from a text that a partner would have otherwise: in its place, once that was withdrawn where it is
    ours; as our own answer, where we have not replied yet. The one that is there, where there is one. Raises Refused.
    """
    if begun := consent.draft_begun(me.institution, record=text.record):
        return begun.id
    context = RecordContext(kind=text.header.kind, history=text.history, version=text.version)
    answers = may(Act.COUNTER, me.speaker(), context) is None
    if not answers:
        or_refuse(may(Act.DRAFT, me.speaker(), context))
    number, _new = actions.draft_once(
        lambda: consent.draft_begun(me.institution, record=text.record),
        record=text.record,
        content=dict(text.content or {}),
        replaces=text.header.parent,
        answers=text.version if answers else "",
        institution=me.institution,
        by=me.username,
        at=clock.now(),
    )
    return number
