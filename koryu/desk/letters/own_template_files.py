"""The files of a template: the layout to begin with, a version as it was uploaded, and filled."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import OwnLetter, TemplateKept
from koryu.correspondence.rules.letter_numbers import as_number
from koryu.correspondence.rules.template_rules import template_fails
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.letters.letter_downloads import pdf_to_keep, word_to_keep
from koryu.desk.letters.letter_making import file_name, made_now
from koryu.desk.letters.own_template_view import made_up
from koryu.institutions import rules as roles
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.templates.own_layout import filled_word, shipped_template
from koryu.values.uris import last_part
from koryu.wording.languages import active_reader
from koryu.wording.letters.letter_kinds import LANGS
from koryu.wording.letters.letter_words import words

_FILES: Final = ("word", "pdf", "template")


@staff
@require_safe
def shipped(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str) -> HttpResponse:
    """The layout that comes with Koryu, with the names of fields in the language that is asked for."""
    tags = langs_of(me, kind, langs)
    named = request.GET.get("names", "")
    body = shipped_template(kind, tags, named if named in LANGS else active_reader().tag)
    return word_to_keep(body, f"{words(f'title.{kind}', tags[0])}-{langs}")


@staff
@require_safe
def file(request: HttpRequest, me: CurrentUser, /, kind: str, langs: str, version: int, which: str) -> HttpResponse:
    """A version as it was uploaded, or filled: as Word, or what it says as PDF."""
    tags = langs_of(me, kind, langs)
    kept = version_kept(me, kind, tags, version)
    if which not in _FILES:
        raise Http404
    if which == "template":
        return word_to_keep(kept.body, kept.name.removesuffix(".docx"))
    pages = preview(request, me, kept, tags)
    if which == "word":
        return word_to_keep(filled_word(pages, kept.body, host=""), file_name(pages))
    return pdf_to_keep(pages, file_name(pages))


def langs_of(me: CurrentUser, kind: str, langs: str) -> tuple[str, ...]:
    """The languages of a template that there can be. Raises Http404 for others, and for whoever sees no letters."""
    check_sees(me)
    if template_fails(kind, langs):
        raise Http404
    return tuple(langs.split("+"))


def check_sees(me: CurrentUser) -> None:
    """Raise Http404 for whoever sees no letters."""
    if roles.may_note(role=me.role):
        raise Http404


def version_kept(me: CurrentUser, kind: str, tags: tuple[str, ...], version: int) -> TemplateKept:
    """A version of a template of ours. Raises Http404."""
    kept = correspondence.template(me.institution, kind=kind, langs="+".join(tags), version=version)
    if kept is None:
        raise Http404
    return kept


def preview(request: HttpRequest, me: CurrentUser, kept: TemplateKept, tags: tuple[str, ...]) -> LetterPages:
    """The template with the letter that was chosen, if it is ours and of this kind; else with a made-up exchange."""
    number = as_number(request.GET.get("letter", ""))
    letter = correspondence.letter(number, institution=me.institution) if number else None
    if letter is None or not _is_like(letter, kept, tags) or letter.last.deleted:
        return made_up(kept.kind, tags, kept)
    work = exchange_for(me, last_part(letter.exchange))
    return made_now(work, letter, letter.last, draft=True, template=kept).pages


def _is_like(letter: OwnLetter, kept: TemplateKept, tags: tuple[str, ...]) -> bool:
    return (letter.kind, letter.langs) == (kept.kind, tags)
