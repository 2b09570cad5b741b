"""Drafts bind nobody; only an approval of exactly what was submitted lets the institution speak."""

from typing import Any

import pytest

from koryu.consent import actions, models, queries
from koryu.institutions import actions as people
from koryu.ledger import queries as ledger
from koryu.values.reason import Refused
from tests.world import AT, COMPILER, EXCHANGE, NDL, NLC, exchange, give_voice, history, put_on_record

pytestmark = pytest.mark.django_db
OFFICER: dict[str, Any] = {"by": "officer", "at": AT}
HEAD: dict[str, Any] = {"by": "head", "at": AT}


@pytest.fixture(scope="module", autouse=True)
def house(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)
    for username, role in (("officer", "officer"), ("translator", "translator")):
        people.appoint(username=username, name="", institution=NDL, role=role)


def drafted() -> int:
    content = exchange(NDL, NLC).content()
    return actions.draft(institution=NDL, record=EXCHANGE, content=content, replaces=None, **OFFICER)


def submitted(draft: int) -> str:
    """The draft laid before the head by the officer: the digest of exactly what was laid."""
    laid = queries.draft(draft)
    assert laid
    return actions.submit(draft=draft, shown=laid.digest, **OFFICER)


def test_a_draft_says_nothing_to_anybody() -> None:
    before = ledger.last_number()
    draft = drafted()
    submitted(draft)
    assert (ledger.last_number(), history().open_versions) == (before, ())


def test_an_approval_sends_exactly_what_was_submitted() -> None:
    draft = drafted()
    shown = submitted(draft)
    version = actions.approve(draft=draft, shown=shown, **HEAD)
    assert history().open_versions == (version,)
    assert history().headers[version].owners == (NDL, NLC)


def test_an_officer_approves_only_where_the_head_has_given_that_right() -> None:
    draft = drafted()
    shown = submitted(draft)
    with pytest.raises(Refused, match="Only the head"):
        actions.approve(draft=draft, shown=shown, **OFFICER)
    people.delegate(institution=NDL, kind="exchange")
    assert actions.approve(draft=draft, shown=shown, **OFFICER) in history().headers


def test_a_head_of_another_house_approves_nothing_here() -> None:
    people.appoint(username="stranger", name="", institution=NLC, role="head")
    draft = drafted()
    shown = submitted(draft)
    with pytest.raises(Refused, match="Only the head"):
        actions.approve(draft=draft, shown=shown, by="stranger", at=AT)


def test_what_was_changed_after_it_was_submitted_is_submitted_anew() -> None:
    draft = drafted()
    shown = submitted(draft)
    actions.save(draft=draft, content=exchange(NDL, NLC, title="Changed").content(), seen=1, **OFFICER)
    with pytest.raises(Refused, match="no longer waiting for approval"):
        actions.approve(draft=draft, shown=shown, **HEAD)
    anew = submitted(draft)
    with pytest.raises(Refused, match="changed after it was shown"):
        actions.approve(draft=draft, shown=shown, **HEAD)
    assert actions.approve(draft=draft, shown=anew, **HEAD) in history().headers


def test_a_returned_draft_comes_back_with_its_remark() -> None:
    draft = drafted()
    shown = submitted(draft)
    actions.return_(draft=draft, shown=shown, remark="the host first", **HEAD)
    submission = models.Submission.objects.get()
    assert (submission.decision, submission.remark, submission.decided_by) == ("returned", "the host first", "head")
    assert submitted(draft) == shown


def test_a_draft_is_submitted_once_at_a_time() -> None:
    draft = drafted()
    submitted(draft)
    with pytest.raises(Refused, match="waiting for approval already"):
        submitted(draft)


def test_whoever_has_not_seen_the_latest_edition_overwrites_nothing() -> None:
    draft = drafted()
    first = exchange(NDL, NLC, title="First").content()
    assert actions.save(draft=draft, content=first, seen=1, **OFFICER) == 2
    with pytest.raises(Refused, match="You have changed this draft meanwhile"):
        actions.save(draft=draft, content=exchange(NDL, NLC, title="Second").content(), seen=1, **OFFICER)
    assert models.DraftRow.objects.get().content == first


def test_what_was_sent_is_changed_no_more() -> None:
    draft = drafted()
    shown = submitted(draft)
    actions.approve(draft=draft, shown=shown, **HEAD)
    with pytest.raises(Refused, match="This draft was sent"):
        actions.save(draft=draft, content={}, seen=1, **OFFICER)
    with pytest.raises(Refused, match="This draft was sent"):
        submitted(draft)


def test_what_was_sent_is_in_hand_no_more() -> None:
    draft = drafted()
    actions.share(draft=draft, **OFFICER)
    actions.comment(draft=draft, institution=NDL, text="the host first", **OFFICER)
    assert in_hand() == ([draft], [draft], [EXCHANGE], ["draft"], [draft], [draft])
    actions.approve(draft=draft, shown=submitted(draft), **HEAD)
    assert in_hand() == ([], [], [], [], [], [])
    assert [one.id for one in queries.drafts_on(EXCHANGE)] == [draft]


def in_hand() -> tuple[list[Any], ...]:
    """Ours; what a partner is shown; what is begun; what we keep on the record; whatever anybody has; commented on."""
    return (
        [one.id for one in queries.drafts_of(NDL)],
        [one.id for one in queries.drafts_for(NLC)],
        [one.record for one in queries.begun_by(NDL)],
        [one.what for one in queries.kept_on(EXCHANGE, institution=NDL)],
        [one.id for one in queries.drafts_unsent()],
        list(queries.comments_on_unsent()),
    )


def test_a_draft_of_what_changed_meanwhile_is_not_sent_and_stays_waiting() -> None:
    draft = drafted()
    shown = submitted(draft)
    meanwhile = actions.propose(
        institution=NLC, record=EXCHANGE, document=exchange(NDL, NLC, title="Ours"), replaces=None, **HEAD
    )
    with pytest.raises(Refused, match="already an open"):
        actions.approve(draft=draft, shown=shown, **HEAD)
    actions.accept(institution=NDL, record=EXCHANGE, version=meanwhile, **HEAD)
    with pytest.raises(Refused, match="This changed meanwhile"):
        actions.approve(draft=draft, shown=shown, **HEAD)
    assert models.Submission.objects.get().decision == ""


def test_only_the_staff_of_an_institution_draft_for_it() -> None:
    with pytest.raises(Refused, match="Only the staff"):
        actions.draft(institution=NDL, record=EXCHANGE, content={}, replaces=None, by="translator", at=AT)


def test_an_unfinished_draft_is_kept_but_not_submitted() -> None:
    draft = actions.draft(institution=NDL, record=EXCHANGE, content={"kind": "exchange"}, replaces=None, **OFFICER)
    with pytest.raises(ValueError, match="title"):
        submitted(draft)


def test_a_partner_comments_on_what_is_shown_and_no_more_once_it_was_sent() -> None:
    draft = drafted()
    actions.share(draft=draft, **OFFICER)
    said: dict[str, Any] = {"draft": draft, "institution": NLC, "text": "a word", **HEAD}
    actions.comment(**said)
    actions.approve(draft=draft, shown=submitted(draft), **HEAD)
    with pytest.raises(Refused):
        actions.comment(**said)
    assert models.CommentRow.objects.count() == 1


@pytest.mark.parametrize(
    ("institution", "asked", "is_begun"),
    [
        (NDL, {"record": EXCHANGE}, True),
        (NDL, {"record": EXCHANGE, "extends": "x:letter"}, True),
        (NDL, {"extends": "x:letter"}, True),
        (NDL, {"extends": "x:other"}, False),
        (NDL, {"record": "x:other"}, False),
        (NDL, {"record": EXCHANGE, "answers": "sha256:0"}, False),
        (NLC, {"record": EXCHANGE}, False),
        (NLC, {"extends": "x:letter"}, False),
    ],
)
def test_a_draft_that_was_begun_is_gone_on_with_by_its_own_institution_until_it_is_sent(
    institution: str, asked: dict[str, str], is_begun: bool
) -> None:
    content = {**exchange(NDL, NLC).content(), "extends": "x:letter"}
    draft = actions.draft(institution=NDL, record=EXCHANGE, content=content, replaces=None, **OFFICER)
    begun = queries.draft_begun(institution, **asked)
    assert (begun.id if begun else None) == (draft if is_begun else None)
    models.DraftRow.objects.update(sent="sha256:0")
    assert queries.draft_begun(institution, **asked) is None
