"""The Word templates of an institution: which letters have one, and one of them with its versions."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from koryu.correspondence import queries as correspondence
from koryu.correspondence.rules.letter_numbers import as_number
from koryu.correspondence.rules.template_rules import SHIPPED, template_fails
from koryu.desk.access import CurrentUser, staff
from koryu.desk.letters.own_template_files import check_sees, langs_of, preview, version_kept
from koryu.desk.letters.own_template_view import fields_shown
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.publishing.letters.pdf import pdf_fails
from koryu.publishing.letters.templates.check_fields import TemplateFinding, findings_in
from koryu.values.reason import Reason
from koryu.wording.languages import active_reader
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS


@staff
@require_safe
def templates(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """Which letters have a template of ours, and where another is made."""
    check_sees(me)
    kind, langs = request.GET.get("kind", ""), request.GET.get("langs", "")
    if kind and template_fails(kind, langs) is None:
        return HttpResponseRedirect(reverse("desk:letter-template", kwargs={"kind": kind, "langs": langs}))
    in_use = correspondence.templates_in_use(me.institution)
    return render_page(
        request,
        me,
        "desk/letters/templates.html",
        kinds=tuple(LETTER_KINDS.values()),
        langs=LANGS,
        in_use=in_use,
        pairs={code: [langs for kind, langs in in_use if kind == code and "+" in langs] for code in LETTER_KINDS},
    )


@staff
@require_safe
def template(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str) -> HttpResponse:
    """One template: the layout to begin with, its versions, and what may be filled in."""
    return template_page(request, me, kind, langs_of(me, kind, langs))


@staff
@require_safe
def version(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str, version: int) -> HttpResponse:
    """One version, filled with a made-up exchange, or with a letter of ours."""
    tags = langs_of(me, kind, langs)
    kept = version_kept(me, kind, tags, version)
    letters = correspondence.letters_like(me.institution, kind=kind, langs=tags)
    pages = preview(request, me, kept, tags)
    return render_page(
        request,
        me,
        "desk/letters/template_version.html",
        kind=LETTER_KINDS[kind],
        langs=tags,
        kept=kept,
        pages=pages,
        letters=letters,
        chosen=as_number(request.GET.get("letter", "")),
        findings=findings_in(kept.body, kind=kind, langs=tags, reader=active_reader().tag),
        may_write=roles.may_draft(role=me.role),
        no_pdf=pdf_fails(),
    )


def template_page(
    request: HttpRequest,
    me: CurrentUser,
    kind: str,
    tags: tuple[str, ...],
    *,
    problem: Reason | None = None,
    findings: tuple[TemplateFinding, ...] = (),
    name: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a template, with the `findings` in a file called `name` that was not taken, or the one `problem`."""
    versions = correspondence.templates_of(me.institution, kind=kind, langs="+".join(tags))
    return render_page(
        request,
        me,
        "desk/letters/template.html",
        status=status,
        kind=LETTER_KINDS[kind],
        tags=tags,
        langs="+".join(tags),
        names_in=LANGS,
        versions=versions,
        in_use=next((each.version for each in versions if each.in_use), SHIPPED),
        fields=fields_shown(kind, tags),
        may_write=roles.may_draft(role=me.role),
        problem=problem,
        findings=findings,
        file_name=name,
    )
