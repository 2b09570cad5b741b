"""`koryu find`: the public record, asked in any script."""

import json
from collections.abc import Iterable, Mapping

import click
from django.conf import settings
from django.utils import translation

from koryu.archive import actions
from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.cli.terminal import in_line, say
from koryu.markup.named_lines import with_names
from koryu.publishing.search_json import as_json
from koryu.records.kinds import KINDS
from koryu.search.entries import Filters, Hit, SearchResult
from koryu.values.language_tags import INTERFACE
from koryu.wording.titles import title_in


@click.command()
@click.argument("query")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="Only this kind; may be repeated.")
@click.option("--lang", type=click.Choice(INTERFACE), default="en", show_default=True, help="The reader's language.")
@click.option("--json", "as_data", is_flag=True, help="The first page, as /api/find answers it.")
def find(query: str, kinds: tuple[str, ...], lang: str, as_data: bool) -> None:
    """Find QUERY, typed in any script, in the public records. Ends with 1 where nothing is found."""
    actions.catch_up()
    result = archive.found(query, reader=lang, filters=Filters(kind=kinds), asking=archive.EVERYBODY)
    named = archive.lines_named((hit.uri for hit in (*result.hits, *result.near)), asking=archive.EVERYBODY)
    lines = with_names(named, tag=lang, asking=archive.EVERYBODY)
    with translation.override(lang.lower()):
        if as_data:
            answer = as_json(result, lines=lines, address=address, reader=lang, translate=translation.gettext)
            say(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            tell_all(result, lines, lang)
    raise SystemExit(0 if result.hits else 1)


@click.command()
def index() -> None:
    """Let the search catch up with the record. Whoever asks does so too; this is for not having to wait then."""
    actions.catch_up()


def tell_all(result: SearchResult, lines: Mapping[str, Line], lang: str) -> None:
    """Print what was found; where nothing was, say so and print what comes near."""
    if result.note:
        say(result.note.in_words(translation.gettext), err=True)
    if result.near:
        nothing, near = map(translation.gettext, ("No record matches your search.", "Similar results"))
        say(f"{nothing} {near}:")
    tell(result.hits or result.near, lines, lang)


def tell(hits: Iterable[Hit], lines: Mapping[str, Line], lang: str) -> None:
    """A record a line: its name for other commands, its title, and why it was found."""
    for hit in hits:
        line = lines[hit.uri]
        why = f"  ({hit.why.in_words(translation.gettext)})" if hit.why else ""
        say(in_line(f"{line.kind}/{line.slug}", f"{title_in(line, lang, lines=lines).text}{why}"))


def address(line: Line) -> str:
    return f"{settings.ADDRESS}/{line.kind}/{line.slug}"
