"""Reminding people of the steps of their work: one notice a day for each, with everything that is new to be told.

What is due is handed in as plain values: who knows it need not be known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from koryu.archive import queries as archive
from koryu.institutions import models as people
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.institutions.queries import Membership
from koryu.institutions.rules import SERVER, Role
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.notices import models
from koryu.notices.actions.reminder_text import DueStep, composed
from koryu.notices.rules import NoticeKind, is_day_of_week
from koryu.seals.digests import digest_of
from koryu.values.moments import day_here, written


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """How many notices were written, and how many were put aside because what they tell of is done."""

    written: int = 0
    passed: int = 0


@dataclass(frozen=True, kw_only=True)
class _Told:
    """A step with whom it is told, and the digest that names the two, the day and the stage; or the week, for whom
    wants it once a week."""

    step: DueStep
    to: Membership
    key: str = field(default="")
    weekly: bool = False


def remind(steps: Iterable[DueStep], *, at: str) -> Reminded:
    """Write one notice for each person with everything they have not been told yet; put aside what is done.

    Somebody is told of a step once for each of its days and stages, and has one such notice a day: what comes up later
    waits for the next. Whoever wants it once a week has everything that is due in the first round of a week, on Monday
    as a rule. May be called at any time, by several processes.
    """
    today = day_here(at)
    asked = [*_told(tuple(steps), week=today - timedelta(days=today.weekday()))]
    with transaction.atomic():
        models.Round.objects.get_or_create(pk=1)
        round_before = models.Round.objects.select_for_update().get(pk=1).tended_at
        known = set(
            models.ReminderRow.objects.filter(key__in=[each.key for each in asked]).values_list("key", flat=True)
        )
        told_today = _told_on(today)
        is_their_day = is_day_of_week(today, day_here(round_before) if round_before else None)
        by_person: dict[tuple[str, str], list[_Told]] = {}
        for each in asked:
            waits = each.weekly and not is_their_day
            if each.key not in known and not waits and (each.to.institution, each.to.username) not in told_today:
                by_person.setdefault((each.to.institution, each.to.username), []).append(each)
        _write(by_person.values(), at=at)
        passed = _put_aside({each.key for each in asked}, at=at)
    return Reminded(written=len(by_person), passed=passed)


def _told_on(day: date) -> set[tuple[str, str]]:
    """Whom a reminder was written for on this day: at which institution, and their usernames."""
    since = (day - timedelta(days=1)).isoformat()
    rows = models.NoticeRow.objects.filter(about=NoticeKind.STEPS, made_at__gte=f"{since}T00:00:00Z")
    listed = rows.values_list("institution", "person__username", "made_at")
    return {(institution, username) for institution, username, at in listed if day_here(written(at)) == day}


def _told(steps: tuple[DueStep, ...], *, week: date) -> Iterable[_Told]:
    """Each step with those who are told of it: whoever does it; while nobody does, the officers, else the heads."""
    here = institutions.memberships_at(*sorted({step.institution for step in steps})) if steps else ()
    weekly = institutions.weekly_readers() if here else frozenset()
    by_institution: dict[str, list[Membership]] = {}
    for membership in here:
        if roles.may_plan(role=membership.role) is None:
            by_institution.setdefault(membership.institution, []).append(membership)
    for step in steps:
        for to in _who_is_told(step, by_institution.get(step.institution, [])):
            named = {"of": step.exchange, "step": step.key, "due": step.due, "stage": step.stage}
            # What is still to be done is told each week; that something has moved is told once.
            if to.username in weekly and not step.before:
                named = {"of": step.exchange, "step": step.key, "week": week.isoformat()}
            key = digest_of({**named, "to": [to.institution, to.username]})
            yield _Told(step=step, to=to, key=key, weekly=to.username in weekly)


def _who_is_told(step: DueStep, staff: Iterable[Membership]) -> list[Membership]:
    listed = list(staff)
    taken = [each for each in listed if each.username == step.taken_by]
    officers = [each for each in listed if each.role == Role.OFFICER]
    return taken or officers or listed


def _write(groups: Iterable[list[_Told]], *, at: str) -> None:
    groups = list(groups)
    usernames = {group[0].to.username for group in groups}
    persons = {account.username: account for account in people.Account.objects.filter(username__in=usernames)}
    named = {uri for group in groups for each in group for uri in (each.to.institution, each.step.acting) if uri}
    lines = archive.lines_named(named, asking=archive.EVERYBODY) if groups else {}
    for group in groups:
        to = group[0].to
        subject, text = composed(to, [each.step for each in group], lines)
        notice = models.NoticeRow.objects.create(
            key=digest_of({"reminds": [each.key for each in group]}),
            person=persons[to.username],
            institution=to.institution,
            record=group[0].step.exchange,
            about=NoticeKind.STEPS,
            language=to.language,
            subject=subject,
            text=text,
            made_at=at,
        )
        models.ReminderRow.objects.bulk_create(
            models.ReminderRow(notice=notice, key=each.key, record=each.step.exchange) for each in group
        )


def _put_aside(asked: set[str], *, at: str) -> int:
    """Put aside the reminders that wait and of which no step is to be done any more. Returns how many it were."""
    waiting = models.NoticeRow.objects.filter(about=NoticeKind.STEPS, sent_at=None, aside_at=None, taken_at=None)
    passed = [
        row
        for row in waiting.select_related("person").prefetch_related("reminders")
        if not any(each.key in asked for each in row.reminders.all())
    ]
    for row in passed:
        whom = row.person.username
        write(Change.NOTICE_PUT_ASIDE, by=SERVER, at=at, institution=row.institution, notice=row.pk, whom=whom)
    return models.NoticeRow.objects.filter(pk__in=[row.pk for row in passed]).update(aside_at=at, aside_by=SERVER)
