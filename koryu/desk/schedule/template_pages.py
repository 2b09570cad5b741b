"""The templates by which an institution plans exchanges: a list of them, and one as a table."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from koryu.archive import queries as archive
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.calendar.typed_periods import Typed
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.desk.schedule.template_rows import filled, slot
from koryu.desk.schedule.template_typed import NEW_ROWS, rows_of, steps_typed
from koryu.desk.text_input import number_typed
from koryu.institutions import rules as roles
from koryu.planning.actions.keep_templates import change_template, may_change_templates
from koryu.planning.queries.schedules import TemplateEdition
from koryu.planning.queries.schedules import templates as templates_of
from koryu.planning.rules.schedule.schedule_steps import (
    ACTS_NAMES,
    ANCHOR_NAMES,
    UNIT_NAMES,
    Condition,
    ScheduleStep,
    StepPaper,
)
from koryu.planning.rules.schedule.starter_steps import TEMPLATE_FORMS, starter
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import LANGUAGES, active_reader


@staff
def templates(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """All templates, and the one that is asked for as a table; saved, it has another edition."""
    if roles.may_plan(role=me.role):
        raise Http404
    form, programme = request.GET.get("form", ""), request.GET.get("programme", "")
    if form and form not in TEMPLATE_FORMS:
        raise Http404
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, form, programme, typed=late, problem=SIGNED_OUT if late else None)
    if not form:
        raise Http404
    try:
        if programme and programme not in _programmes(me):
            raise Http404
        change_template(
            institution=me.institution,
            programme=programme,
            form=form,
            steps=steps_typed(request.POST, active_reader().tag),
            edition=number_typed(request.POST.get("edition", "")),
            by=me.username,
            at=clock.now(),
        )
    except Refused as refused:
        return _page(request, me, form, programme, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, _("The template was saved. Schedules that follow it can be renewed on their pages."))
    return HttpResponseRedirect(_address(programme, form))


def _address(programme: str, form: str) -> str:
    return f"{reverse('desk:templates')}?{urlencode({'programme': programme, 'form': form})}"


def _programmes(me: CurrentUser) -> dict[str, archive.Line]:
    """The programmes in which we take part, by URI."""
    lines = archive.lines("programme", asking=me.institution)
    return {line.uri: line for line in lines if archive.takes_part(line, me.institution)}


def _page(
    request: HttpRequest,
    me: CurrentUser,
    form: str,
    programme: str,
    *,
    typed: Typed | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    programmes = _programmes(me)
    kept = {(each.programme, each.form): each for each in templates_of(me.institution)}
    if programme and programme not in programmes and (programme, form) not in kept:
        raise Http404
    edition = kept.get((programme, form))
    tag = active_reader().tag
    shown = _shown(edition, kept, form)
    membership = next((each for each in me.memberships if each.institution == me.institution), None)
    return render_page(
        request,
        me,
        "desk/schedule/templates.html",
        naming={*programmes, *(each for each, _form in kept if each)},
        known=programmes,
        status=status,
        kept=kept,
        programmes=programmes,
        forms=TEMPLATE_FORMS,
        form=form,
        programme=programme,
        edition=edition,
        rows=rows_of(shown, tag, typed) if form else (),
        new_rows=NEW_ROWS,
        options=_options(active_reader().slug),
        slot=slot,
        filled=filled,
        steps=[step.words.shown(tag).text for step in shown],
        tags=[(slug, tag_of, name) for slug, (tag_of, name) in LANGUAGES.items()],
        address=_address,
        may_change=may_change_templates(role=me.role, delegated=membership.delegated if membership else frozenset()),
        problem=problem,
    )


@lru_cache(maxsize=len(LANGUAGES))
def _options(_language: str) -> Callable[[str, str], Markup]:
    """The choices of each box, by its name, with one of them chosen: drawn once in each language for each that is
    chosen somewhere."""
    none = {"": N_("none")}
    choices: dict[str, dict[str, str]] = {
        "acts": {str(value): name for value, name in ACTS_NAMES.items()},
        "unit": {str(value): name for value, name in UNIT_NAMES.items()},
        "anchor": {str(value): name for value, name in ANCHOR_NAMES.items()},
        "makes": {**none, **{str(value): str(value) for value in StepPaper}},
        "condition": {**none, **{str(value): str(value) for value in Condition}},
    }
    named = {box: {value: _(name) for value, name in each.items()} for box, each in choices.items()}

    @lru_cache(maxsize=256)
    def options(box: str, chosen: str) -> Markup:
        drawn = (
            _OPTION % (value, Markup(" selected") if value == chosen else "", name)
            for value, name in named[box].items()
        )
        return Markup("").join(drawn)

    return options


_OPTION: Final = Markup('<option value="%s"%s>%s</option>')


def _shown(
    edition: TemplateEdition | None, kept: dict[tuple[str, str], TemplateEdition], form: str
) -> tuple[ScheduleStep, ...]:
    """The steps of a template; of one that is not there yet, those of the one for any programme, else a starter's."""
    if not form:
        return ()
    otherwise = kept.get(("", form))
    return edition.steps if edition else otherwise.steps if otherwise else starter(form)
