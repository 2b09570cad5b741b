"""Several texts of one exchange are submitted, approved and sent in one act: all of them, or none."""

from collections.abc import Iterable
from typing import Any, Final

import pytest

from koryu.consent import actions, models, queries
from koryu.consent.queries import Package
from koryu.institutions import actions as people
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.records.kinds import KINDS
from koryu.values.reason import Refused
from tests.world import (
    AT,
    EXCHANGE,
    HEAD,
    NDL,
    NLC,
    NLK,
    House,
    exchange,
    history,
    of,
    paper,
    participation,
    report,
    settle_in,
    stands,
    the_exchange,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
OFFICER: Final[dict[str, Any]] = {"by": "officer", "at": AT}
PEOPLE, PAPER, TIMES = uri("participation/ours"), uri("paper/one"), uri("timetable/t")
SOMEONE: Final = uri("person/mori")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    for username, role in (("officer", "officer"), ("contributor", "contributor"), ("translator", "translator")):
        people.appoint(username=username, name="", institution=NDL, role=role)


def begin(document: Document, record: str, *, institution: str = NDL, by: str = "head", **more: Any) -> int:
    said = {"institution": institution, "record": record, "content": document.content(), "by": by, "at": AT}
    return actions.draft(**{"replaces": None, **said, **more})


def begun() -> list[int]:
    """Drafts of an exchange and of what belongs to it, begun in another order than that in which they are sent."""
    return [
        begin(timetable(NDL, shown_to="institutions"), TIMES),
        begin(paper(NDL, shown_to="institutions"), PAPER),
        begin(participation(NDL, shown_to="institutions"), PEOPLE),
        begin(under(NDL, NLC, shown_to="institutions"), EXCHANGE),
    ]


def digest_of(drafts: Iterable[int]) -> str:
    return queries.package_digest(queries.drafts_numbered(list(drafts)))


def submitted(drafts: list[int], **by: Any) -> Package:
    said = {"institution": NDL, "exchange": EXCHANGE, "drafts": drafts, "shown": digest_of(drafts)}
    together = actions.submit_together(**{**said, **OFFICER, **by})
    package = queries.package(together)
    assert package
    return package


def approve(package: Package, **more: Any) -> tuple[str, ...]:
    said = {"institution": NDL, "together": package.together, "shown": package.digest}
    return actions.approve_together(**{**said, **HEAD, **more})


def refused(act: Any, *values: Any, **named: Any) -> str:
    """Why an act is refused, after making sure that it has said and decided nothing."""
    before = ledger.last_number(), waiting()
    with pytest.raises(Refused) as why:
        act(*values, **named)
    assert (ledger.last_number(), waiting()) == before
    return str(why.value.reason)


def waiting() -> list[tuple[int, str]]:
    return sorted(models.Submission.objects.values_list("draft_id", "decision"))


def said_since(number: int) -> list[tuple[str, str]]:
    return [(entry.said, str(entry.sealed["record"])) for entry in ledger.entries(after=number)]


# What it does


def test_a_package_is_sent_in_the_order_of_kinds_each_text_with_an_entry_of_its_own() -> None:
    package = submitted(begun())
    assert [draft.kind for draft in package.drafts] == ["exchange", "participation", "paper", "timetable"]
    before = ledger.last_number()
    versions = approve(package)
    assert said_since(before) == [
        ("proposed", EXCHANGE),
        *(pair for record in (PEOPLE, PAPER, TIMES) for pair in (("proposed", record), ("concluded", record))),
    ]
    assert [queries.draft(draft.id).sent for draft in package.drafts] == list(versions)  # type: ignore[union-attr]  # -- they are there
    assert queries.package(package.together) is None


def test_the_order_of_kinds_is_that_in_which_they_link() -> None:
    wanted = ["person", "exchange", "participation", "paper", "timetable", "questions", "summary", "report"]
    wanted += ["follow-up", "outcome"]
    assert [kind for kind in KINDS if kind in wanted] == wanted


def test_nothing_of_a_package_enters_the_ledger() -> None:
    before = ledger.last_number()
    package = submitted(begun())
    approve(package)
    assert not any(package.together in str(dict(entry.sealed)) for entry in ledger.entries(after=before))


def test_a_person_goes_first_where_another_text_names_it() -> None:
    the_exchange(shown_to="institutions")
    names = [{"id": "en", "lang": "en", "written": "Mori Kenichi", "order": "family first"}]
    someone = begin(of("person", names=names, title={"en": "Mori Kenichi"}, kept_by=NDL), SOMEONE)
    members = [{"id": "m", "person": SOMEONE}]
    listed = begin(participation(NDL, members=members, shown_to="institutions"), PEOPLE)
    package = submitted([listed, someone])
    assert [draft.kind for draft in package.drafts] == ["person", "participation"]
    approve(package)
    assert history(PEOPLE).agreed


def test_whoever_may_speak_sends_them_at_once() -> None:
    drafts = begun()
    shown = digest_of(drafts)
    versions = actions.send_together(institution=NDL, exchange=EXCHANGE, drafts=drafts, shown=shown, **HEAD)
    assert len(versions) == 4
    assert history().open_versions == versions[:1]


def test_a_counter_proposal_goes_with_what_belongs_to_it() -> None:
    asked = House(NLC).propose(under(NDL, NLC, shown_to="institutions"))
    counter = begin(
        under(NDL, NLC, title="Another week", shown_to="institutions"),
        EXCHANGE,
        answers=asked,
        reason=_text("another week would suit us better"),
    )
    package = submitted([counter, begin(participation(NDL, shown_to="institutions"), PEOPLE)])
    before = ledger.last_number()
    approve(package)
    assert [said for said, _ in said_since(before)] == ["declined", "proposed", "proposed", "concluded"]


def _text(words: str) -> Any:
    from koryu.values.text import Text

    return Text.of(en=words)


def test_all_are_returned_with_the_remark() -> None:
    package = submitted(begun())
    actions.return_together(institution=NDL, together=package.together, shown=package.digest, remark="Not yet", **HEAD)
    (back,) = queries.returned_packages(queries.drafts_of(NDL))
    assert (len(back.drafts), back.by, back.remark, back.changed) == (4, "head", "Not yet", ())
    assert "no longer waiting" in refused(approve, package)


# What undoes it


def test_one_that_is_refused_undoes_all_and_says_which() -> None:
    drafts = begun()
    # Somebody of the partner's has proposed another text of the exchange meanwhile.
    package = submitted(drafts)
    House(NLC).propose(under(NDL, NLC, title="Theirs"))
    why = refused(approve, package)
    assert why.startswith("Nothing was sent. “Exchange” (exchange): There is already an open proposal")
    assert history(PEOPLE).headers == {}


def test_one_stale_draft_undoes_all() -> None:
    first = the_exchange(shown_to="institutions")
    later = begin(under(NDL, NLC, title="Later", shown_to="institutions"), EXCHANGE, replaces=first)
    package = submitted([begin(paper(NDL, shown_to="institutions"), PAPER), later])
    stands(under(NDL, NLC, title="Agreed meanwhile", shown_to="institutions"), NLC, NDL, replaces=first)
    assert "This changed meanwhile" in refused(approve, package)
    assert history(PAPER).headers == {}


def test_changing_one_returns_all_with_who_and_when() -> None:
    drafts = begun()
    package = submitted(drafts)
    content = {**paper(NDL, shown_to="institutions").content(), "label": "L1"}
    later = "2026-11-23T09:00:00Z"
    actions.save(draft=drafts[1], content=content, seen=1, by="officer", at=later)
    assert "no longer waiting" in refused(approve, package)
    (back,) = queries.returned_packages(queries.drafts_of(NDL))
    assert (len(back.drafts), back.by, back.at) == (4, "officer", later)
    assert [draft.id for draft in back.changed] == [drafts[1]]
    assert all(draft.waiting is None for draft in queries.drafts_of(NDL))


@pytest.mark.parametrize("what", ["discard", "take_up"])
def test_discarding_one_or_taking_it_up_anew_returns_the_others(what: str) -> None:
    drafts = begun()
    package = submitted(drafts)
    getattr(actions, what)(draft=drafts[0], **OFFICER)
    assert "no longer waiting" in refused(approve, package)
    assert all(draft.waiting is None for draft in queries.drafts_of(NDL))


def test_saving_a_draft_that_was_submitted_alone_returns_no_package() -> None:
    drafts = begun()
    submitted(drafts[:2])
    alone = queries.draft(drafts[2])
    assert alone
    actions.submit(draft=alone.id, shown=alone.digest, **OFFICER)
    actions.save(draft=alone.id, content={**alone.content, "size_stated": 3}, seen=1, **OFFICER)
    assert [bool(queries.draft(number).waiting) for number in drafts[:3]] == [True, True, False]  # type: ignore[union-attr]  # -- they are there


def test_two_heads_at_once_send_it_once() -> None:
    package = submitted(begun())
    approve(package)
    assert "no longer waiting" in refused(approve, package)


def test_a_digest_of_other_texts_approves_nothing() -> None:
    package = submitted(begun())
    assert "changed after they were shown" in refused(approve, package, shown=digest_of([package.drafts[0].id]))
    assert "changed after they were shown" in refused(approve, package, shown="")


def test_a_row_changed_behind_our_back_is_not_sent() -> None:
    package = submitted(begun())
    row = models.DraftRow.objects.get(pk=package.drafts[2].id)
    row.content = {**row.content, "label": "slipped in"}
    row.save()
    changed = queries.package(package.together)
    assert changed
    assert "changed after they were shown" in refused(approve, changed)


# What is no package


def test_an_empty_package_is_none() -> None:
    assert "at least one" in refused(submit, [])
    assert "at least one" in refused(actions.accept_together, institution=NDL, versions={}, **HEAD)


def submit(drafts: list[int], *, of: str = EXCHANGE, **more: Any) -> str:
    said = {"institution": NDL, "exchange": of, "drafts": drafts, "shown": digest_of(drafts)}
    return actions.submit_together(**{**said, **OFFICER, **more})


def test_the_same_draft_twice_is_one() -> None:
    drafts = begun()
    assert len(submitted([*drafts, *drafts]).drafts) == 4


def test_a_draft_of_another_institution_is_refused() -> None:
    theirs = begin(paper(NLC, shown_to="institutions"), uri("paper/theirs"), institution=NLC)
    assert "another institution" in refused(submit, [*begun(), theirs])
    assert "another institution" in refused(submit, [theirs])


def test_a_draft_of_another_exchange_is_refused() -> None:
    other = begin(exchange(NDL, NLC), uri("exchange/other"))
    theirs = begin(paper(NDL, uri("exchange/other")), uri("paper/of-other"))
    alone = begin(
        of("person", kept_by=NDL, names=[{"id": "e", "lang": "en", "written": "X Y", "order": "as written"}]), SOMEONE
    )
    for stranger in (other, theirs, alone):
        assert "one exchange" in refused(submit, [*begun(), stranger])
    assert "one exchange" in refused(submit, [alone])
    assert "one exchange" in refused(submit, begun(), of="")


def test_a_draft_is_in_one_package_at_a_time() -> None:
    drafts = begun()
    submitted(drafts[:3])
    assert "waiting for approval already" in refused(submit, drafts[2:])


def test_a_draft_that_was_deleted_or_sent_meanwhile_is_refused() -> None:
    drafts = begun()
    assert "deleted meanwhile" in refused(submit, [*drafts, max(drafts) + 1000])
    sent = queries.draft(drafts[3])
    assert sent
    actions.send(draft=sent.id, shown=sent.digest, **HEAD)
    assert "was sent" in refused(submit, drafts)


def test_a_draft_that_is_not_finished_is_refused_by_name() -> None:
    drafts = begun()
    unfinished = {**paper(NDL).content(), "title": {"en": "L1"}}
    del unfinished["type"]
    actions.save(draft=drafts[1], content=unfinished, seen=1, **OFFICER)
    assert refused(submit, drafts).startswith("Nothing was submitted. “L1” (paper given): type: ")


def test_what_was_submitted_together_is_not_decided_alone() -> None:
    package = submitted(begun())
    alone = package.drafts[1]
    shown = {"draft": alone.id, "shown": alone.digest}
    for act in (actions.approve, actions.send):
        assert "approve or return them together" in refused(act, **shown, **HEAD)
    assert "approve or return them together" in refused(actions.return_, remark="", **shown, **HEAD)


# Who may


@pytest.mark.parametrize(
    ("username", "message"),
    [("contributor", "only papers"), ("translator", "Only the staff"), ("nobody", "Only the staff")],
)
def test_who_may_not_draft_all_of_it_submits_nothing(username: str, message: str) -> None:
    assert message in refused(submit, begun(), by=username)


def test_a_contributor_submits_own_papers() -> None:
    the_exchange(shown_to="institutions")
    own = begin(paper(NDL, shown_to="institutions"), PAPER, by="contributor")
    assert submitted([own], by="contributor").by == "contributor"


@pytest.mark.parametrize("username", ["officer", "contributor", "translator", "nobody"])
def test_only_who_may_speak_for_every_kind_of_it_approves_or_returns(username: str) -> None:
    package = submitted(begun())
    by = {"by": username}
    assert "Only the head" in refused(approve, package, **by)
    returning = {"institution": NDL, "together": package.together, "shown": package.digest, "remark": ""}
    assert "Only the head" in refused(actions.return_together, **returning, **{**HEAD, **by})


def test_officers_send_their_own_half_and_more_where_they_were_given_the_right() -> None:
    drafts = begun()
    said: dict[str, Any] = {"institution": NDL, "exchange": EXCHANGE, "drafts": drafts, "shown": digest_of(drafts)}
    assert "Only the head" in refused(actions.send_together, **said, **OFFICER)
    people.delegate(institution=NDL, kind="exchange")
    assert len(actions.send_together(**said, **OFFICER)) == 4


def test_a_right_that_was_taken_meanwhile_is_gone() -> None:
    people.delegate(institution=NDL, kind="exchange")
    package = submitted(begun())
    people.undelegate(institution=NDL, kind="exchange")
    assert "Only the head" in refused(approve, package, by="officer")


@pytest.mark.parametrize("institution", [NLC, NLK])
def test_heads_of_other_houses_decide_nothing_here(institution: str) -> None:
    package = submitted(begun())
    assert "no longer waiting" in refused(approve, package, institution=institution)
    people.appoint(username="stranger", name="", institution=institution, role="head")
    assert "Only the head" in refused(approve, package, by="stranger")


def test_a_token_that_was_guessed_is_no_package() -> None:
    submitted(begun())
    for guessed in ("", "0" * 32):
        said = {"institution": NDL, "together": guessed, "shown": ""}
        assert "no longer waiting" in refused(actions.approve_together, **said, **HEAD)


# Accepting several


def proposed() -> dict[str, str]:
    """Two texts of the partner's that we are to answer."""
    core, dispatch = under(NDL, NLC, shown_to="institutions"), uri("participation/dispatch")
    first = House(NLC).propose(core)
    both = participation(NLC, host=NDL, shown_to="institutions")
    return {dispatch: House(NLC, dispatch).propose(both), EXCHANGE: first}


def test_several_are_accepted_in_one_act_what_is_linked_to_first() -> None:
    versions = proposed()
    before = ledger.last_number()
    actions.accept_together(institution=NDL, versions=versions, **HEAD)
    assert [record for said, record in said_since(before) if said == "accepted"] == list(reversed(versions))
    assert history().agreed == versions[EXCHANGE]


def test_one_that_cannot_be_accepted_undoes_all() -> None:
    versions = proposed()
    dispatch = next(record for record in versions if record != EXCHANGE)
    actions.withdraw(institution=NLC, record=dispatch, version=versions[dispatch], **HEAD)
    why = refused(actions.accept_together, institution=NDL, versions=versions, **HEAD)
    assert why.startswith("Nothing was accepted. “Participation” (participation): This version is no longer open")
    assert history().agreed is None


def test_a_version_that_was_superseded_is_not_accepted() -> None:
    versions = proposed()
    actions.withdraw(institution=NLC, record=EXCHANGE, version=versions[EXCHANGE], **HEAD)
    House(NLC).propose(under(NDL, NLC, title="Another", shown_to="institutions"))
    assert "no longer open" in refused(actions.accept_together, institution=NDL, versions=versions, **HEAD)


def test_versions_that_are_no_proposals_are_not_accepted() -> None:
    versions = proposed()
    other = {EXCHANGE: "sha256:" + "0" * 64}
    assert "No such version" in refused(actions.accept_together, institution=NDL, versions=other, **HEAD)
    assert "not among those" in refused(actions.accept_together, institution=NLK, versions=versions, **HEAD)


def test_an_officer_accepts_together_what_the_head_lets_officers_send() -> None:
    versions = proposed()
    assert "Only the head" in refused(actions.accept_together, institution=NDL, versions=versions, **OFFICER)
    people.delegate(institution=NDL, kind="exchange")
    actions.accept_together(institution=NDL, versions=versions, **OFFICER)
    assert history().agreed


def test_a_report_in_the_package_is_still_its_owners_alone() -> None:
    drafts = [*begun(), begin(report(NDL, shown_to="own"), uri("report/r"))]
    approve(submitted(drafts))
    assert history(uri("report/r")).agreed
