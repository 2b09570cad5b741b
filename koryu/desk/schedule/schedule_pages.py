"""The page of a schedule: what is due by when, what was done, and what becomes of it when dates move."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.calendar.said_of_days import span
from koryu.desk.calendar.typed_periods import day_typed
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.schedule.moved_meanwhile import say_if_moved
from koryu.desk.schedule.schedule_rows import OF, TYPED, ScheduleRows, named
from koryu.desk.schedule.schedule_view import ScheduleView, schedule_view
from koryu.desk.schedule.step_reminders import begin_reminder
from koryu.desk.text_input import number_typed
from koryu.institutions import rules as roles
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.named_lines import with_names
from koryu.planning import actions
from koryu.planning.actions import keep_schedules
from koryu.planning.actions.keep_schedules import StepAt
from koryu.planning.queries.schedules import TemplateEdition, template, templates
from koryu.planning.rules.schedule.renewed_template import renewal
from koryu.planning.rules.schedule.schedule_lines import Phase
from koryu.planning.rules.schedule.starter_steps import form_of_template
from koryu.sheets import clean
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import active_reader


@staff
def schedule(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """The schedule of an exchange; a form sent from here does one thing."""
    if roles.may_plan(role=me.role):
        raise Http404
    view = schedule_view(me, exchange_for(me, slug), today=clock.today())
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, view, slug, typed=late, problem=SIGNED_OUT if late else None)
    what = next((name for name in _DO if name in request.POST), "")
    if not what:
        raise Http404
    doing = _Doing(me=me, view=view, typed=request.POST, of=request.POST[what])
    try:
        number = _DO[what](doing)
    except Refused as refused:
        again = schedule_view(me, exchange_for(me, slug), today=clock.today())
        return _page(request, me, again, slug, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, _(_DONE[what]))
    if number:
        return HttpResponseRedirect(reverse("desk:exchange-letter", kwargs={"slug": slug, "number": number}))
    say_if_moved(request, view.dates)
    return HttpResponseRedirect(reverse("desk:exchange-schedule", kwargs={"slug": slug}))


def _page(
    request: HttpRequest,
    me: CurrentUser,
    view: ScheduleView,
    name: str,
    *,
    typed: QueryDict | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    work, kept = view.work, view.kept
    newer = _newer(me, view)
    chosen = request.GET.get("step") or (typed.get("step") if typed else "")
    at = next((line for line in view.lines if chosen and named(line) == chosen), None)
    unknown = [
        uri
        for uri, known in view.calendars.items()
        if uri in {*view.planned.institutions, me.institution} and not known.days.country and known.days.uses_holidays
    ]
    return frame_of(work, name, ahead=view.next if view.kept else ()).page(
        request,
        me,
        "desk/schedule/schedule.html",
        naming=view.planned.institutions,
        status=status,
        view=view,
        phases=[(phase, listed) for phase in Phase if (listed := [line for line in view.lines if line.phase is phase])],
        named=named,
        drawn=ScheduleRows(_writer(me, view)),
        changing=at,
        typed=typed or {},
        newer=newer,
        renewing=renewal(kept.template.steps, newer.steps) if kept and newer else None,
        templates=None if kept else templates(me.institution),
        form=form_of_template(view.planned.form),
        unknown=unknown if kept else [],
        span=span,
        template_address=_template_address(kept.template.programme, kept.template.form) if kept else "",
        problem=problem,
    )


def _writer(me: CurrentUser, view: ScheduleView) -> DeskWriter:
    lines = with_names(view.work.named, tag=active_reader().tag, asking=me.institution)
    return DeskWriter(active_reader().slug, lines, names=me.names)


def _newer(me: CurrentUser, view: ScheduleView) -> TemplateEdition | None:
    """The newest edition of the template the schedule follows, where that is not the one it follows."""
    kept = view.kept
    if kept is None or kept.newest <= kept.template.edition:
        return None
    edition = template(me.institution, programme=kept.template.programme, form=kept.template.form)
    return edition if edition and edition.programme == kept.template.programme else None


def _template_address(programme: str, form: str) -> str:
    return f"{reverse('desk:templates')}?{urlencode({'programme': programme, 'form': form})}"


@dataclass(frozen=True, kw_only=True)
class _Doing:
    """One thing that is done: by whom, on which schedule, what was typed, and of which step."""

    me: CurrentUser
    view: ScheduleView
    typed: QueryDict
    of: str

    @property
    def said_by(self) -> dict[str, str]:
        return {"institution": self.me.institution, "by": self.me.username, "at": clock.now()}

    @property
    def step(self) -> StepAt:
        """The step that is meant; one of a partner only if it is on the page."""
        code, _sign, acting = self.of.partition(OF)
        if acting and (code, acting) not in {(line.code, line.acting) for line in self.view.lines}:
            raise Refused(Reason("This step is no longer there."))
        return StepAt(exchange=self.view.work.uri, code=code, acting=acting)

    @property
    def number(self) -> int:
        """The number of the step typed by hand that is meant; 0 where it is a counted one."""
        return number_typed(self.of.removeprefix(TYPED)) if self.of.startswith(TYPED) else 0

    def line(self, name: str) -> str:
        """A line that was typed."""
        return clean.line(self.typed.get(name, ""))


def _begin(doing: _Doing) -> None:
    view = doing.view
    keep_schedules.begin_schedule(
        exchange=view.work.uri,
        programme=view.planned.programme,
        form=view.planned.form,
        counted_for=view.dates,
        **doing.said_by,
    )


def _done(doing: _Doing) -> None:
    if doing.number:
        actions.finish_step(step=doing.number, **doing.said_by)
        return
    keep_schedules.finish(step=doing.step, evidence=doing.line("evidence"), done_for=doing.view.dates, **doing.said_by)


def _not_done(doing: _Doing) -> None:
    if doing.number:
        actions.reopen_step(step=doing.number, institution=doing.me.institution, by=doing.me.username)
        return
    keep_schedules.reopen(step=doing.step, **doing.said_by)


def _anew(doing: _Doing) -> None:
    keep_schedules.do_anew(step=doing.step, **doing.said_by)


def _say(doing: _Doing) -> None:
    keep_schedules.say_in_own_words(step=doing.step, words=doing.line("words"), **doing.said_by)


def _stays(doing: _Doing) -> None:
    keep_schedules.stays_done(step=doing.step, done_for=doing.view.dates, **doing.said_by)


def _day(doing: _Doing) -> None:
    written = doing.line("day")
    keep_schedules.set_day(step=doing.step, day=day_typed(written) if written else None, **doing.said_by)


def _aside(doing: _Doing) -> None:
    keep_schedules.set_aside(step=doing.step, why=doing.line("why"), **doing.said_by)


def _up_again(doing: _Doing) -> None:
    keep_schedules.take_up_again(step=doing.step, **doing.said_by)


def _take(doing: _Doing) -> None:
    if doing.number:
        keep_schedules.take_typed(institution=doing.me.institution, step=doing.number, by=doing.me.username)
        return
    keep_schedules.take(step=doing.step, **doing.said_by)


def _take_over(doing: _Doing) -> None:
    keep_schedules.take_over(whose=doing.of, **doing.said_by)


def _travel_aside(doing: _Doing) -> None:
    said = doing.said_by
    keep_schedules.set_travel_aside(
        exchange=doing.view.work.uri,
        codes=[line.code for line in doing.view.travel],
        together=f"travel {said['at']}",
        **said,
    )


def _undo(doing: _Doing) -> None:
    keep_schedules.undo_together(exchange=doing.view.work.uri, together=doing.of, **doing.said_by)


def _all_past(doing: _Doing) -> None:
    keep_schedules.finish_several(
        exchange=doing.view.work.uri,
        codes=[line.code for line in doing.view.past],
        done_for=doing.view.dates,
        **doing.said_by,
    )


def _note_dates(doing: _Doing) -> None:
    keep_schedules.note_dates(
        institution=doing.me.institution,
        exchange=doing.view.work.uri,
        counted_for=doing.typed.get("seen", doing.view.dates)[:40],
        by=doing.me.username,
    )


def _renew(doing: _Doing) -> None:
    keep_schedules.renew_schedule(
        institution=doing.me.institution,
        exchange=doing.view.work.uri,
        edition=number_typed(doing.of),
        by=doing.me.username,
    )


def _end(doing: _Doing) -> None:
    keep_schedules.end_schedule(institution=doing.me.institution, exchange=doing.view.work.uri, by=doing.me.username)


def _remind(doing: _Doing) -> str:
    """Begin a letter, and go on with it: its number."""
    at = doing.step
    line = next((each for each in doing.view.lines if (each.code, each.acting) == (at.code, at.acting)), None)
    if line is None:
        raise Refused(Reason("This step is no longer there."))
    return begin_reminder(doing.me, doing.view, line)


# Each gives nothing, or the number of a letter with which one goes on.
_DO: Final[Mapping[str, Callable[[_Doing], str | None]]] = {
    "begin": _begin,
    "done": _done,
    "not-done": _not_done,
    "remind": _remind,
    "anew": _anew,
    "stays": _stays,
    "say": _say,
    "set-day": _day,
    "aside": _aside,
    "up-again": _up_again,
    "take": _take,
    "take-over": _take_over,
    "travel-aside": _travel_aside,
    "undo": _undo,
    "all-past": _all_past,
    "note-dates": _note_dates,
    "renew": _renew,
    "end": _end,
}
_DONE: Final[Mapping[str, str]] = {
    "begin": N_("The schedule was begun; only your institution sees it, but for the steps that are shown."),
    "done": N_("Noted as done."),
    "not-done": N_("Noted as not done."),
    "remind": N_("The reminder was begun. It is a letter like any other: read it, then submit it for approval."),
    "anew": N_("The step is to be done again."),
    "stays": N_("Noted: it stays as it was sent."),
    "say": N_("The words were saved; only your institution sees them."),
    "set-day": N_("The day was saved."),
    "aside": N_("The step was set aside."),
    "up-again": N_("The step is to be done again."),
    "take": N_("Noted: you do it."),
    "take-over": N_("Noted: you do what was theirs."),
    "travel-aside": N_("The steps of travel were set aside."),
    "undo": N_("The steps are to be done again."),
    "all-past": N_("Noted as done."),
    "note-dates": N_("Noted. The days are counted from the new dates."),
    "renew": N_("The schedule follows the newest template. What was done or moved has stayed."),
    "end": N_("The schedule was deleted."),
}
