"""Gathering what people are to be told: pulled from the ledger, from the drafts, and from what runs out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.consent.queries import Drafted
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Statement, statement_of
from koryu.institutions import models as people
from koryu.institutions import queries as institutions
from koryu.institutions.queries import Membership
from koryu.institutions.rules import SERVER
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger import queries as ledger
from koryu.ledger.actions import wipe_later
from koryu.notices import models, rules
from koryu.notices.actions.as_one import key_together, told_as_one, without_conclusions
from koryu.notices.actions.compose import Matter, written
from koryu.notices.actions.fixed_timetables import changed_timetables
from koryu.notices.rules import NoticeKind
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """How many notices were written, and how many were put aside because what they ask for has passed."""

    written: int
    passed: int


def gather(*, at: str, today: date) -> Gathered:
    """Write a notice for everything that people are to be told and were not yet; put aside what has passed unsent.

    May be called at any time, by several processes at once: what was written is not written again.
    """
    with transaction.atomic():
        models.Round.objects.get_or_create(pk=1)
        row = models.Round.objects.select_for_update().get(pk=1)
        entries = tuple(ledger.entries(after=row.followed))
        drafts = consent.drafts_unsent()
        drafted = [*_drafted(drafts, at=at)]
        matters = [*without_conclusions(_said(entries)), *_changed(entries), *drafted, *_commented(drafts)]
        if row.looked_on != today.isoformat():
            matters += _running_out(today)
            row.looked_on = today.isoformat()
        written = _keep(told_as_one(matters), at=at)
        for entry in entries:
            # Also what this very round wrote of the record, from entries before: nobody is told of it any more.
            if entry.said == "erased" and forget(str(entry.sealed["record"])):
                wipe_later(erased_by=entry.number)
        passed = _put_aside_what_passed(drafted, at=at, today=today)
        row.followed = entries[-1].number if entries else row.followed
        row.save()
    return Gathered(written=written, passed=passed)


def forget(record: str) -> int:
    """Delete every notice that tells of a record that was erased, sent or not. Returns how many rows they were."""
    return models.NoticeRow.objects.filter(Q(record=record) | Q(reminders__record=record)).distinct().delete()[0]


def _said(entries: tuple[ledger.LedgerEntry, ...]) -> Iterator[Matter]:
    statements = [statement_of(entry.sealed) for entry in entries]
    records = {str(said.record) for said in statements if _consults(said)}
    histories = {record: consent.history(record) for record in sorted(records)}
    memberships = _memberships_at(
        owner for history in histories.values() for header in history.headers.values() for owner in header.owners
    )
    for place, said in enumerate(statements):
        if not _consults(said):
            continue
        by = statements[place - 1].by if said.said == "concluded" and place else said.by
        yield from _of_statement(said, histories[str(said.record)], memberships, by=by)


def _changed(entries: tuple[ledger.LedgerEntry, ...]) -> Iterator[Matter]:
    """What is told of timetables that were changed after they were fixed."""
    for changed in changed_timetables(statement_of(entry.sealed) for entry in entries):
        said = changed.said
        telling = rules.told_of_change(said, _memberships_at(changed.circle), circle=changed.circle)
        for about, membership in telling:
            yield Matter(
                about=about,
                membership=membership,
                record=str(said.record),
                title=title_of(changed.content),
                who=said.institution,
                by=said.by,
                when=said.at,
                key=("changed", str(said.version)),
                changes=changed.changes,
            )


def _consults(said: Statement) -> bool:
    return bool(said.version) and said.said not in ("recorded", "checked", "account differs")


def _of_statement(said: Statement, history: History, memberships: Iterable[Membership], *, by: str) -> Iterator[Matter]:
    draft = _sent_as(said)
    together = draft.submissions[-1].together if draft and draft.submissions else ""
    drafters = _drafters(draft)
    telling = rules.told_of_statement(said, history=history, memberships=memberships, drafters=drafters, by=by)
    header = history.headers.get(said.version or "")
    content = next(iter(consent.contents_of({header.digest: header}).values()), None) if header else None
    for about, membership in telling:
        yield Matter(
            about=about,
            membership=membership,
            record=str(said.record),
            title=title_of(content or {}),
            who=said.agreed_by,
            by=by,
            when=said.at,
            key=("said", said.said, str(said.version), said.agreed_by, said.at),
            together=together,
            exchange=draft.exchange if draft else "",
        )


def _proposed() -> Iterator[Matter]:
    """What is told of the proposals that are open now."""
    for consultation in consent.consultations():
        memberships = _memberships_at(consultation.history.must_agree(consultation.version))
        yield from _of_statement(consultation.proposed, consultation.history, memberships, by=consultation.proposed.by)


def _sent_as(said: Statement) -> Drafted | None:
    """The draft that became the version that is spoken of."""
    return next((draft for draft in consent.drafts_on(str(said.record)) if draft.sent == said.version), None)


def _drafters(draft: Drafted | None) -> frozenset[tuple[str, str]]:
    """Who drafted what was sent, for whom: whoever began or changed the draft, or laid it."""
    if draft is None:
        return frozenset()
    usernames = (draft.begun_by, draft.changed_by, *(submission.by for submission in draft.submissions))
    return frozenset((draft.institution, username) for username in usernames)


def _drafted(drafts: tuple[Drafted, ...], *, at: str) -> Iterator[Matter]:
    memberships = institutions.memberships_at(*institutions.institutions_here())
    circles, steps = consent.circles_of(drafts), consent.all_approval_steps()
    for draft in drafts:
        circle, of_ours = circles.get(draft.id, frozenset()), steps.get(draft.institution, ())
        for about, membership in rules.told_of_draft(draft, memberships, circle=circle, steps=of_ours, at=at):
            by, when, asked = _asked_by(draft, about)
            key = ("draft", draft.id, asked)
            yield _of_draft(draft, about, membership, who=draft.institution, by=by, when=when, key=key)


def _asked_by(draft: Drafted, about: NoticeKind) -> tuple[str, str, str]:
    """Who asked somebody for something, when, and the moment that names the matter: it is asked once for each step."""
    if about is NoticeKind.SHARED:
        return draft.changed_by, draft.shared_at, draft.shared_at
    if about is NoticeKind.RETURNED:
        back = draft.returned
        assert back
        return back.decided_by, back.decided_at, back.at
    laid = draft.waiting
    assert laid
    return laid.by, laid.since if about is NoticeKind.AT_STEP else laid.at, laid.since


def _commented(drafts: tuple[Drafted, ...]) -> Iterator[Matter]:
    comments = consent.comments_on_unsent()
    memberships = _memberships_at(draft.institution for draft in drafts if draft.id in comments)
    for draft in drafts:
        for said in comments.get(draft.id, ()):
            for about, membership in rules.told_of_comment(said, draft, memberships):
                key = ("comment", draft.id, said.institution, said.by, said.at)
                yield _of_draft(draft, about, membership, who=said.institution, by=said.by, when=said.at, key=key)


def _of_draft(draft: Drafted, about: NoticeKind, membership: Membership, **given: Any) -> Matter:
    title = title_of(draft.content)
    together = draft.submissions[-1].together if draft.submissions and about in rules.TOGETHER else ""
    return Matter(
        about=about,
        membership=membership,
        record=draft.record,
        draft=draft.id,
        title=title,
        together=together,
        exchange=draft.exchange,
        **given,
    )


def _running_out(today: date) -> Iterator[Matter]:
    lines = {line.uri: line for line in archive.lines_of_agreements(asking=archive.EVERYBODY)}
    running_out = [
        (term, about)
        for term in archive.running(lines.values(), today=today).values()
        if (about := rules.told_of_term(term)) is not None
    ]
    memberships = _memberships_at(uri for term, _about in running_out for uri in term.institutions)
    for term, about in running_out:
        for membership in memberships:
            if membership.institution in term.institutions and rules.speaks(membership, "agreement"):
                yield Matter(
                    about=about,
                    membership=membership,
                    record=term.root,
                    title=lines[term.root].title,
                    who=membership.institution,
                    when=str(term.until),
                    key=("runs out", term.root, str(term.until), term.step or 0),
                )


def _memberships_at(wanted: Iterable[str]) -> tuple[Membership, ...]:
    here = set(wanted) & institutions.institutions_here()
    return institutions.memberships_at(*sorted(here)) if here else ()


def _put_aside_what_passed(drafted: Iterable[Matter], *, at: str, today: date) -> int:
    """Put aside what waits and asks somebody for what nobody is asked for any more. Returns how many it were.

    `drafted` is what is told of the drafts as they are.
    """
    waiting = models.NoticeRow.objects.filter(about__in=rules.ASKING, sent_at=None, aside_at=None, taken_at=None)
    if not waiting.exists():
        return 0
    asking = [*drafted, *_proposed(), *_running_out(today)]
    together = [
        replace(matter, about=rules.TOGETHER[matter.about], key=key_together(matter))
        for matter in asking
        if matter.together
    ]
    asked = [matter.digest for matter in (*asking, *together)]
    passed = list(waiting.exclude(key__in=asked).select_related("person"))
    for row in passed:
        whom = row.person.username
        write(Change.NOTICE_PUT_ASIDE, by=SERVER, at=at, institution=row.institution, notice=row.pk, whom=whom)
    return models.NoticeRow.objects.filter(pk__in=[row.pk for row in passed]).update(aside_at=at, aside_by=SERVER)


def _keep(matters: list[Matter], *, at: str) -> int:
    """Write down what was not written down before."""
    keys = {matter.digest: matter for matter in matters}
    known = set(models.NoticeRow.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    new = {key: matter for key, matter in keys.items() if key not in known}
    usernames = {matter.membership.username for matter in new.values()}
    names = institutions.names() if new else {}
    persons = {account.username: account for account in people.Account.objects.filter(username__in=usernames)}
    named = {matter.who for matter in new.values()} | {matter.membership.institution for matter in new.values()}
    lines = archive.lines_named(named, asking=archive.EVERYBODY)
    rows = []
    for key, matter in new.items():
        subject, text = written(matter, names=names, lines=lines)
        rows.append(
            models.NoticeRow(
                key=key,
                person=persons[matter.membership.username],
                institution=matter.membership.institution,
                record=matter.record,
                about=matter.about,
                language=matter.membership.language,
                subject=subject,
                text=text,
                made_at=at,
            )
        )
    models.NoticeRow.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
