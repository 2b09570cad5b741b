"""What is to be said of a template, and what may be filled in: with the values of a made-up exchange."""

from dataclasses import dataclass

from koryu.correspondence.queries import TemplateKept
from koryu.desk.letters.letter_making import host_name
from koryu.ingest.child_process import in_child
from koryu.ingest.word.template_file import template_problems
from koryu.publishing.letters.blocks import LetterPages, Runs
from koryu.publishing.letters.make import make_letter
from koryu.publishing.letters.templates.check_fields import TemplateFinding, findings_in
from koryu.publishing.letters.templates.own_layout import layout_of, shipped_template
from koryu.publishing.letters.templates.sample_exchange import sample_identity, sample_source
from koryu.publishing.letters.templates.template_fields import fields_of
from koryu.values.reason import Reason
from koryu.wording.letters.letter_kinds import LANGS
from koryu.wording.letters.template_words import SECOND, field_name

_LONGEST_SAMPLE = 60


@dataclass(frozen=True, kw_only=True)
class FieldShown:
    """A field as the page lists it: its names by language, the list it stands in the rows of, and a sample value."""

    names: dict[str, str]
    is_row: bool
    is_heading: bool
    sample: str
    lang: str


def looked_through(body: bytes, *, kind: str, langs: tuple[str, ...], reader: str) -> tuple[TemplateFinding, ...]:
    """Everything that is to be said of a file that somebody wants to be a template.

    The file is first read in a process of its own. Raises Refused for what is no Word file.
    """
    unsafe = [Reason(message, **values) for message, values in in_child(template_problems, body)]
    fields = findings_in(body, kind=kind, langs=langs, reader=reader)
    return (*map(TemplateFinding, unsafe), *fields)


def made_up(kind: str, langs: tuple[str, ...], template: TemplateKept) -> LetterPages:
    """The pages of a letter of a made-up exchange in this template."""
    source, identity = sample_source(langs[0]), sample_identity(host_name())
    return make_letter(kind, langs, source, identity, layout=layout_of(template.body, template.digest)).pages


def fields_shown(kind: str, langs: tuple[str, ...]) -> list[FieldShown]:
    """What may be filled in, with values of the made-up exchange."""
    body = shipped_template(kind, langs, "en")
    shown = TemplateKept(
        kind=kind, langs="+".join(langs), version=0, name="", digest="", in_use=False, by="", at="", body=body
    )
    filling = made_up(kind, langs, shown).filling
    assert filling is not None
    first_rows = {
        code: value
        for parts in filling.lists.values()
        for row in parts[0].rows[:1]
        for code, value in row.cells.items()
    }
    values = {**filling.fields, **first_rows}
    headings = {name: parts[0].heading for name, parts in filling.lists.items()}
    listed = []
    for code, field in fields_of(kind, two=len(langs) > 1).items():
        value = headings.get(field.row_of, ()) if field.is_heading else values.get(code, ())
        lang = langs[1] if code.endswith(f" {SECOND}") else langs[0]
        names = {tag: field_name(code, tag) for tag in LANGS}
        is_row = bool(field.row_of) and not field.is_heading
        listed.append(
            FieldShown(names=names, is_row=is_row, is_heading=field.is_heading, sample=_said(value), lang=lang)
        )
    return listed


def _said(value: Runs) -> str:
    said = " ".join("".join(run.text for run in value).split())
    return said if len(said) <= _LONGEST_SAMPLE else f"{said[:_LONGEST_SAMPLE]}…"
