"""The Word templates of an institution: which letters have one, one of them with its versions, and its files."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import OwnLetter, TemplateKept
from koryu.correspondence.rules.letter_numbers import as_number
from koryu.correspondence.rules.template_rules import SHIPPED, template_fails
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.letters.letter_downloads import to_keep
from koryu.desk.letters.letter_making import file_name, made_now
from koryu.desk.letters.template_view import fields_shown, made_up
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.pdf import PDF_TYPE, pdf_fails, pdf_file
from koryu.publishing.letters.templates.check_fields import TemplateFinding, findings_in
from koryu.publishing.letters.templates.own_layout import filled_word, shipped_template
from koryu.publishing.letters.word import MEDIA_TYPE
from koryu.values.reason import Reason
from koryu.values.uris import last_part
from koryu.wording.languages import active_reader
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS
from koryu.wording.letters.letter_words import words

_FILES: Final = ("word", "pdf", "template")


@staff
@require_safe
def templates(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """Which letters have a template of ours, and where another is made."""
    _may_see(me)
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
def shipped(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str) -> HttpResponse:
    """The layout that comes with Koryu, with the names of fields in the language that is asked for."""
    tags = langs_of(me, kind, langs)
    named = request.GET.get("names", "")
    body = shipped_template(kind, tags, named if named in LANGS else active_reader().tag)
    return to_keep(body, MEDIA_TYPE, f"{words(f'title.{kind}', tags[0])}-{langs}.docx")


@staff
@require_safe
def version(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str, version: int) -> HttpResponse:
    """One version, filled with a made-up exchange, or with a letter of ours."""
    tags = langs_of(me, kind, langs)
    kept = _version(me, kind, tags, version)
    letters = correspondence.letters_like(me.institution, kind=kind, langs=tags)
    pages = _pages(request, me, kept, tags)
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


@staff
@require_safe
def file(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str, version: int, which: str) -> HttpResponse:
    """A version as it was uploaded, or filled: as Word, or what it says as PDF."""
    tags = langs_of(me, kind, langs)
    kept = _version(me, kind, tags, version)
    if which not in _FILES:
        raise Http404
    if which == "template":
        return to_keep(kept.body, MEDIA_TYPE, kept.name)
    pages = _pages(request, me, kept, tags)
    if which == "word":
        return to_keep(filled_word(pages, kept.body, host=""), MEDIA_TYPE, f"{file_name(pages)}.docx")
    if fails := pdf_fails():
        return HttpResponse(fails.in_words(_), status=409, content_type="text/plain; charset=utf-8")
    return to_keep(pdf_file(pages), PDF_TYPE, f"{file_name(pages)}.pdf")


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


def langs_of(me: CurrentUser, kind: str, langs: str) -> tuple[str, ...]:
    """The languages of a template that there can be. Raises Http404 for others, and for whoever sees no letters."""
    _may_see(me)
    if template_fails(kind, langs):
        raise Http404
    return tuple(langs.split("+"))


def _may_see(me: CurrentUser) -> None:
    if roles.may_note(role=me.role):
        raise Http404


def _version(me: CurrentUser, kind: str, tags: tuple[str, ...], version: int) -> TemplateKept:
    kept = correspondence.template(me.institution, kind=kind, langs="+".join(tags), version=version)
    if kept is None:
        raise Http404
    return kept


def _pages(request: HttpRequest, me: CurrentUser, kept: TemplateKept, tags: tuple[str, ...]) -> LetterPages:
    """The template with the letter that was chosen, if it is ours and of this kind; else with a made-up exchange."""
    number = as_number(request.GET.get("letter", ""))
    letter = correspondence.letter(number, institution=me.institution) if number else None
    if letter is None or not _is_like(letter, kept, tags) or letter.last.deleted:
        return made_up(kept.kind, tags, kept)
    work = exchange_for(me, last_part(letter.exchange))
    return made_now(work, letter, letter.last, draft=True, template=kept).pages


def _is_like(letter: OwnLetter, kept: TemplateKept, tags: tuple[str, ...]) -> bool:
    return (letter.kind, letter.langs) == (kept.kind, tags)
