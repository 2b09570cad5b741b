"""The front page of the desk: what is to be done, and whose turn it is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.correspondence import queries as correspondence
from koryu.desk import clock
from koryu.desk.access import CurrentUser, signed_in
from koryu.desk.approval_view import steps_asked_for, steps_of_mine
from koryu.desk.render import render_page
from koryu.desk.schedule.sent_letters import as_sent
from koryu.desk.todo.date_tasks import agreed_to_come, changed_days_tasks, date_tasks
from koryu.desk.todo.letter_tasks import letter_tasks, returned_letter_tasks
from koryu.desk.todo.promise_tasks import exchanges_with_promises, promise_tasks
from koryu.desk.todo.row_tasks import row_tasks
from koryu.desk.todo.step_tasks import step_tasks, steps_ahead
from koryu.desk.todo.tasks import Section, Task, tasks
from koryu.desk.todo.translation_tasks import asked_translations, owed_translations
from koryu.institutions import rules as roles
from koryu.ledger import queries as ledger
from koryu.planning.queries.exchanges_ahead import lines_ahead
from koryu.planning.queries.schedules import WorkKept, work_ahead
from koryu.planning.rules.arrangements import TOLD_BEFORE
from koryu.records.kinds import KINDS
from koryu.wording.languages import active_reader


@dataclass(frozen=True, kw_only=True)
class TodoFilter:
    """What of all that is to be done is looked at: one kind of record, what concerns one institution, or everything."""

    kind: str = ""
    partner: str = ""

    def shows(self, task: Task) -> bool:
        """Whether a task is among what is looked at."""
        return self.kind in ("", task.about.kind) and (not self.partner or self.partner in task.about.institutions)

    def to(self, **chosen: str) -> str:
        """The address of the page narrowed down otherwise."""
        wanted = {"kind": self.kind, "partner": self.partner, **chosen}
        return "?" + urlencode({name: value for name, value in wanted.items() if value})


@signed_in
def todo(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """Whose turn it is: everything that is open for whoever looks, nothing hidden."""
    today = clock.today()
    open_tasks = _open(me, today) if me.role else ()
    narrowed = _narrowed(request, me)
    shown = [task for task in open_tasks if narrowed.shows(task)]
    partners = Counter(uri for task in open_tasks for uri in task.about.institutions if uri != me.institution)
    return render_page(
        request,
        me,
        "desk/todo.html",
        naming={*(uri for task in open_tasks for uri in (*task.who, *task.about.institutions))},
        groups=[(group, listed) for group in Section if (listed := [task for task in shown if task.section == group])],
        every=len(open_tasks),
        lapsed=any(task.section is Section.LAPSED for task in open_tasks),
        narrowed=narrowed,
        partners=partners,
        kinds=[kind for kind in KINDS if any(task.about.kind == kind for task in open_tasks)],
        today=today,
        may_begin=roles.may_draft(role=me.role, kind="paper"),
    )


def _open(me: CurrentUser, today: date) -> tuple[Task, ...]:
    plans = roles.may_arrange(role=me.role) is None
    kept = work_ahead(me.institution, go_until=today + TOLD_BEFORE if plans else None)
    drafts, last = consent.drafts_for(me.institution), ledger.last_digest()
    unsettled, letters = consent.unsettled_at(last), correspondence.letters_under_way(me.institution)
    scheduled = (
        lines_ahead(
            kept,
            institution=me.institution,
            last=last,
            drafts=drafts,
            open_texts=unsettled,
            today=today,
            letters_at=lambda _institution: as_sent(letters.sent),
        )
        if roles.may_plan(role=me.role) is None
        else ()
    )
    ahead = steps_ahead(kept, scheduled, institution=me.institution, today=today)
    waiting = () if roles.may_note(role=me.role) else letters.waiting
    returned = () if roles.may_note(role=me.role) else letters.returned
    promised = archive.lines_at(last, ("questions", "follow-up"), me.institution)
    of_letters = {letter.exchange for letter in (*waiting, *returned)}
    going = [exchange for exchange, at in kept.at.items() if at.go]
    closed = frozenset(uri for uri, at in kept.at.items() if at.own.closed_at)
    asked = asked_translations(me, kept, drafts, closed=closed)
    besides = {*ahead, *going, *of_letters, *asked.exchanges, *exchanges_with_promises(promised)}
    lines = archive.lines_of_what_comes(asking=me.institution, besides=sorted(besides))
    by_officers = correspondence.approved_by_officers(me.institution) if waiting else frozenset[str]()
    steps = step_tasks(ahead, lines=lines, drafts=drafts, proposed=unsettled, tag=active_reader().tag, names=me.names)
    named = steps_asked_for(me, drafts, letters_wait=bool(waiting))
    my_steps = steps_of_mine(me, named)
    approvals = (
        *letter_tasks(waiting, role=me.role, by_officers=by_officers, lines=lines, steps=named, my_steps=my_steps),
        *returned_letter_tasks(returned, lines=lines, may_change=roles.may_draft(role=me.role) is None),
    )
    dates = _of_dates(me, kept, drafts, lines, last, today) if roles.may_plan(role=me.role) is None else ()
    promises = promise_tasks(
        promised,
        exchanges={line.uri: line for line in lines if line.kind == "exchange"},
        closed=closed,
        institution=me.institution,
        today=today,
        tag=active_reader().tag,
    )
    owed = owed_translations(me, asked, lines, last=last, today=today)
    return tasks(
        me.speaker(),
        consultations=unsettled,
        drafts=drafts,
        lines=lines,
        my_steps=my_steps,
        steps=(*steps, *promises, *dates, *approvals, *owed, *row_tasks(kept, lines=lines)),
        closed=closed,
        today=today,
    )


def _of_dates(
    me: CurrentUser,
    kept: WorkKept,
    drafts: Iterable[consent.Drafted],
    lines: Iterable[archive.Line],
    last: str,
    today: date,
) -> Iterator[Task]:
    """What is to be said of dates; in no statement as long as the ledger's `last` entry stays, else in one."""
    yield from date_tasks(kept, institution=me.institution, drafts=drafts, lines=lines, today=today)
    agreed = agreed_to_come(lines, me.institution, today)
    standing = archive.exchanges_with_parts(last, agreed, me.institution) if agreed else {}
    plans = [core for core, _parts in standing.values() if core]
    yield from changed_days_tasks(kept, plans, institution=me.institution, today=today)


def _narrowed(request: HttpRequest, me: CurrentUser) -> TodoFilter:
    kind, partner = request.GET.get("kind", ""), request.GET.get("partner", "")
    return TodoFilter(kind=kind if kind in KINDS else "", partner=partner if partner != me.institution else "")
