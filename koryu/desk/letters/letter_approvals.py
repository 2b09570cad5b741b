"""The approval steps of a letter as its page shows them: the same as those of a draft."""

from koryu.consent import queries as consent
from koryu.consent.rules.approval_steps import way_now
from koryu.correspondence.queries import LetterInWriting
from koryu.desk.access import CurrentUser
from koryu.desk.approval_view import ApprovalView, approval_view


def approval_of_letter(me: CurrentUser, version: LetterInWriting) -> ApprovalView | None:
    """How a letter that waits is on its way through the steps there are now; None where the head alone approves."""
    steps = consent.approval_steps(me.institution)
    return approval_view(me, way_now(version.steps, steps), since=version.at_step_since, named_steps=steps)
