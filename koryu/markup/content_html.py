"""A content as HTML, field by field, with each text in all its languages; `content_view` says what is shown.

What differs is said in words and struck out or underlined, never by colour alone. As with the boxes of a form, a page
has too many parts for a macro to be called for each; every value is escaped where it is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape
from typing import Any, Final, Literal
from urllib.parse import quote

from django.urls import reverse
from markupsafe import Markup

from koryu.consent.rules.diff import DiffPart, How, TextPiece, What, pieces
from koryu.markup.content_view import ContentView, date_written, language_written, source_of
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import as_markup, marked, set_apart
from koryu.records.schema import FieldType
from koryu.sheets import layout
from koryu.sheets.parse import understood
from koryu.values.edtf import Edtf
from koryu.values.invisible import differing, look_alike, spelt
from koryu.values.reason import N_
from koryu.wording.messages import date_in_words, length_in_words

# One text, or two as one with what differs marked; or one of two beside each other.
Side = Literal["both", "was", "now"]

_BESIDE: Final = N_("Two texts beside each other")
_SAME_IN_BOTH: Final = N_("the same in both")
_DIFFERS: Final = N_("differs")
_NOTHING: Final = N_("empty")
_FROM_TO: Final = N_("from place %(was)s to %(now)s")
_SOURCE: Final = N_("source")
_SOURCE_LANGUAGE: Final = N_("source language")
_YES: Final = N_("yes")
_NO: Final = N_("no")
_LOOKS_THE_SAME: Final = N_("These look the same but are written with different characters.")
_NO_CHARACTER: Final = N_("no character")
_AS_DIFFERENT: Final = ' class="differs"'
_ARROW: Final = ' <span class="then" aria-hidden="true">→</span> '


def content_functions(writer: DeskWriter) -> dict[str, Any]:
    """The functions by which a template shows contents, by name."""
    return {
        "content": partial(content, writer),
        "columns": partial(columns, writer),
        "abreast": partial(abreast, writer),
    }


def content(writer: DeskWriter, reading: ContentView, side: Side = "both", *, files_of: str = "") -> Markup:
    """A content as one list of fields. Its files are linked if it is a content of the record `files_of`."""
    setting = _Setting(writer, files_of)
    return as_markup(f'<dl class="facts content">\n{setting.entries(reading.parts, side, inside=False)}</dl>')


def columns(
    writer: DeskWriter, reading: ContentView, was: str, now: str, *, every: bool = True, files_of: str = ""
) -> Markup:
    """Two contents in columns headed `was` and `now`, one below the other on a phone.

    Only what differs, if not `every` field.
    """
    setting, heads = _Setting(writer, files_of), (Markup.escape(was), Markup.escape(now))
    caption = f'<caption class="unseen">{writer.gettext(_BESIDE)}</caption>'
    cells = "".join([f'<th scope="col" role="columnheader">{head}</th>' for head in heads])
    rows = [setting.row(part, heads) for part in reading.parts if every or not _same(part)]
    return as_markup(
        f'<table class="list changes" role="table">\n{caption}\n'
        f'<thead role="rowgroup">\n<tr role="row"><td role="cell"></td>{cells}</tr>\n</thead>\n'
        f'<tbody role="rowgroup">\n{"".join(rows)}</tbody>\n</table>'
    )


def abreast(
    writer: DeskWriter,
    readings: Sequence[ContentView],
    heads: Sequence[Markup],
    *,
    always: Sequence[str] = (),
    every: bool = False,
    files_of: str = "",
) -> Markup:
    """Several contents in columns headed so: the first, which each reading compares with another, then the others.

    Of the fields those that differ, and `always` some of them; or `every` one.
    """
    setting = _Setting(writer, files_of)
    by_name = [{part.name: part for part in reading.parts} for reading in readings]
    parts = [part for reading in readings for part in reading.parts]
    wanted = {part.name for part in parts if every or part.name in always or not _same(part)}
    names = [name for name in dict.fromkeys((*always, *(part.name for part in parts))) if name in wanted]
    cells = "".join([f'<th scope="col" role="columnheader">{head}</th>' for head in heads])
    rows = [setting.row_of_several(name, [said.get(name) for said in by_name], heads) for name in names]
    return as_markup(
        f'<table class="list changes" role="table">\n<caption class="unseen">{writer.gettext(_BESIDE)}</caption>\n'
        f'<thead role="rowgroup">\n<tr role="row"><td role="cell"></td>{cells}</tr>\n</thead>\n'
        f'<tbody role="rowgroup">\n{"".join(rows)}</tbody>\n</table>'
    )


@dataclass(frozen=True, eq=False)
class _Setting:
    """Makes HTML of the parts of a content; `quiet` where the whole around them is marked, and they need not be."""

    writer: DeskWriter
    files_of: str

    def row(self, part: DiffPart, heads: tuple[str, str]) -> str:
        say, name = self.writer.gettext, self.writer.field(part.name, called=part.field.called)
        if _same(part):
            head = f'<th scope="row" role="rowheader">{name}</th>'
            both = f'<td role="cell" colspan="2" data-is="{escape(say(_SAME_IN_BOTH))}">{self.body(part, "now")}</td>'
            return f'<tr role="row">\n{head}\n{both}\n</tr>\n'
        head = f'<th scope="row" role="rowheader">{name} <small class="how">{say(_DIFFERS)}</small></th>'
        was, now = self.cell(part, "was", heads[0]), self.cell(part, "now", heads[1])
        return f'<tr role="row"{_AS_DIFFERENT}>\n{head}\n{was}\n{now}\n</tr>\n'

    def row_of_several(self, name: str, parts: Sequence[DiffPart | None], heads: Sequence[Markup]) -> str:
        """One field of several contents; a part that is missing says nothing on either side."""
        differs = any(part is not None and not _same(part) for part in parts)
        how = f' <small class="how">{self.writer.gettext(_DIFFERS)}</small>' if differs else ""
        first = next((part for part in parts if part is not None), None)
        cells = [self.cell_of(first, "was", heads[0])]
        # One content alone is compared with itself.
        cells += [self.cell_of(part, "now", head) for part, head in zip(parts, heads[1:], strict=False)]
        as_different = _AS_DIFFERENT if differs else ""
        field = self.writer.field(name, called=first.field.called if first else "")
        head = f'<th scope="row" role="rowheader">{field}{how}</th>'
        return f'<tr role="row"{as_different}>\n{head}\n{"".join(cells)}</tr>\n'

    def cell_of(self, part: DiffPart | None, side: Side, head: str) -> str:
        if part is not None:
            return self.cell(part, side, head)
        unsaid = f'<span class="unknown">{self.writer.gettext(_NOTHING)}</span>'
        return f'<td role="cell" data-is="{escape(as_markup(head).striptags())}">{unsaid}</td>'

    def cell(self, part: DiffPart, side: Side, head: str) -> str:
        unsaid = f'<span class="unknown">{self.writer.gettext(_NOTHING)}</span>'
        said = self.body(part, side) if part.is_on(side) else unsaid
        return f'<td role="cell" data-is="{escape(as_markup(head).striptags())}">{said}</td>'

    def entries(
        self, parts: tuple[DiffPart, ...], side: Side, *, inside: bool = True, quiet: bool = False, lang: Any = ""
    ) -> str:
        return "".join(
            [self.entry(part, side, inside=inside, quiet=quiet, lang=lang) for part in parts if part.is_on(side)]
        )

    def entry(self, part: DiffPart, side: Side, *, inside: bool, quiet: bool, lang: Any) -> str:
        differs = _AS_DIFFERENT if not quiet and not _same(part) else ""
        how = f" {self.how(part)}" if not quiet and part.is_change else ""
        name = self.writer.field(part.name, inside=inside, called=part.field.called)
        return (
            f"<div{differs}>\n<dt>{name}{how}</dt>\n<dd>{self.body(part, side, quiet=quiet, lang=lang)}</dd>\n</div>\n"
        )

    def how(self, part: DiffPart) -> str:
        return f'<small class="how">{self.writer.gettext(How.MOVED if part.moved else part.how)}</small>'

    def body(self, part: DiffPart, side: Side, *, quiet: bool = False, lang: Any = "") -> str:
        """What lies inside a field or an item: its items, its languages, its fields, or its value."""
        if not part.inside or part.field.is_said_empty(part.was if side == "was" else part.now):
            return self.leaf(part, side, quiet=quiet, lang=lang)
        match part.inside[0].what:
            case What.ITEM:
                return self.items(part, side, quiet=quiet)
            case What.FORM | What.SOURCE:
                return self.forms(part, side, quiet=quiet)
            case _:
                inner = part.value.get("lang") or "" if isinstance(part.value, Mapping) else ""
                return f'<dl class="inner">\n{self.entries(part.inside, side, quiet=quiet, lang=inner)}</dl>\n'

    def items(self, part: DiffPart, side: Side, *, quiet: bool) -> str:
        inside = part.inside
        if side == "was":
            inside = tuple(sorted((item for item in inside if item.stood), key=lambda item: item.stood))
        items = "".join([self.item(item, side, quiet=quiet) for item in inside if item.is_on(side)])
        return f'<ol class="items">\n{items}</ol>\n'

    def item(self, item: DiffPart, side: Side, *, quiet: bool) -> str:
        if quiet or not item.is_change:
            return f"<li>{self.body(item, side, quiet=quiet)}</li>\n"
        sort = "moved" if item.moved else str(item.how)
        places = self.places(item) if item.moved and side == "both" else ""
        return f'<li class="{sort}">{self.how(item)}{places} {self.changed(item, side)}</li>\n'

    def places(self, item: DiffPart) -> str:
        places = self.writer.gettext(_FROM_TO, was=item.stood, now=item.place)
        return f' <small class="how">{places}</small>'

    def changed(self, item: DiffPart, side: Side) -> str:
        if not item.is_whole:
            return self.body(item, side)
        if not item.inside:
            return self.marked(item)
        return self.body(item, "was" if item.now is None else "now", quiet=True)

    # A text in its languages, each under its name.

    def forms(self, part: DiffPart, side: Side, *, quiet: bool) -> str:
        source = source_of(part.was if side == "was" or part.now is None else part.now)
        forms = [self.form(form, side, quiet=quiet, source=source) for form in part.inside if form.is_on(side)]
        return f'<ul class="forms">\n{"".join(forms)}</ul>\n'

    def form(self, part: DiffPart, side: Side, *, quiet: bool, source: str) -> str:
        if part.what is What.SOURCE:
            return self.source(part, side, quiet=quiet)
        tag = marked(part.name) if language_written(part.name) else ""
        source_mark = f' <span class="source">{self.writer.gettext(_SOURCE)}</span>' if part.name == source else ""
        how = f" {self.how(part)}" if part.is_change and not quiet else ""
        name = f'<small class="in">{self.language(part.name)}{source_mark}{how}</small>'
        return f'<li>{name}\n<p class="prose"{tag}>{self.leaf(part, side, quiet=quiet)}</p>\n</li>\n'

    def source(self, part: DiffPart, side: Side, *, quiet: bool) -> str:
        """Which language the source of a text is, where that was another."""
        say = self.writer.gettext
        how = f' <span class="how">{say(part.how)}</span>' if part.is_change and not quiet else ""
        was = f"<del>{self.language(part.was)}</del>" if side != "now" else ""
        now = f"<ins>{self.language(part.now)}</ins>" if side != "was" else ""
        return f'<li><small class="in">{say(_SOURCE_LANGUAGE)}{how}</small>\n<p>{was} {now}</p>\n</li>\n'

    def language(self, tag: Any) -> str:
        return self.writer.language(tag) if language_written(tag) else escape(str(tag))

    # A value that has no parts: as it is, or what was and what is.

    def leaf(self, part: DiffPart, side: Side, *, quiet: bool = False, lang: Any = "") -> str:
        if quiet or part.how in (How.SAME, How.MOVED):
            return self.value(part, part.was if side == "was" else part.value, lang)
        was_and_is = isinstance(part.was, str) and isinstance(part.now, str)
        if was_and_is and look_alike(part.was, part.now):
            return self.spelt(part, side)
        if was_and_is and (part.what is What.FORM or part.field.sort is FieldType.PLAIN):
            return self.piecewise(part, side)
        if side == "both":
            return self.marked(part, lang)
        if side == "was":
            return f"<del>{self.value(part, part.was, lang)}</del>"
        return f"<ins>{self.value(part, part.now, lang)}</ins>"

    def piecewise(self, part: DiffPart, side: Side) -> str:
        unseen = {"was": How.ADDED, "now": How.REMOVED}.get(side)
        mark = {How.REMOVED: "<del>%s</del>", How.ADDED: "<ins>%s</ins>"}
        text_pieces = pieces(part.was, part.now)
        return "".join(
            [
                mark.get(piece.how, "%s") % set_apart(piece.text)
                + self.unlike(piece, text_pieces[max(0, place - 1) : place + 2])
                for place, piece in enumerate(text_pieces)
                if piece.how is not unseen
            ]
        )

    def unlike(self, piece: TextPiece, near: Sequence[TextPiece]) -> str:
        """The code points of a piece that differs and could not be told from the one beside it, or not be seen."""
        if piece.how is How.SAME:
            return ""
        alike = any(other.how is not piece.how and look_alike(piece.text, other.text) for other in near)
        return f" {self.points(piece.text)} " if alike or look_alike(piece.text, "") else ""

    def spelt(self, part: DiffPart, side: Side) -> str:
        """Two texts that look the same, with the code points by which they differ."""
        was, now = differing(part.was, part.now)
        before = f"<del>{set_apart(part.was)}</del> {self.points(was)}"
        after = f"<ins>{set_apart(part.now)}</ins> {self.points(now)}"
        shown = {"was": before, "now": after}.get(side) or f"{before}{_ARROW}{after}"
        return f'{shown} <small class="how">{self.writer.gettext(_LOOKS_THE_SAME)}</small>'

    def points(self, text: str) -> str:
        return f'<code class="raw">{spelt(text) or self.writer.gettext(_NO_CHARACTER)}</code>'

    def marked(self, part: DiffPart, lang: Any = "") -> str:
        was = "" if part.was is None else f"<del>{self.value(part, part.was, lang)}</del>"
        now = "" if part.now is None else f"<ins>{self.value(part, part.now, lang)}</ins>"
        return _ARROW.join(filter(None, (was, now)))

    def value(self, part: DiffPart, it: Any, lang: Any) -> str:
        if part.field.is_said_empty(it):
            return self.writer.gettext(layout.says_none(part.field))
        if part.what is What.FORM or isinstance(it, list | tuple):
            return set_apart(str(it))
        if isinstance(it, Mapping):
            return self.file(it) if {"digest", "name"} <= it.keys() else set_apart(str(it))
        match part.field.sort:
            case FieldType.DATE | FieldType.DATE_OR_TEXT:
                when = date_written(it)
                return self.date(when) if when else set_apart(str(it))
            case FieldType.RECORD:
                return self.writer.link(str(it))
            case FieldType.WORD:
                return self.writer.choice(str(it))
            case FieldType.LANGUAGE:
                return self.language(it)
            case FieldType.FLAG:
                return self.writer.gettext(_YES) if it else self.writer.gettext(_NO)
            case FieldType.DURATION:
                return escape(length_in_words(str(it)))
        if part.name == "field":
            return self.writer.field(str(it))
        tag = marked(lang) if lang and language_written(lang) else ""
        return f'<span class="prose"{tag}>{set_apart(str(it))}</span>'

    def date(self, when: Edtf) -> str:
        """A date in words, and as it is written where the words do not say all of it."""
        written = "" if _says_all(when, self.writer.slug) else f' <code class="raw">{escape(when)}</code>'
        return f"{self.writer.date(when)}{written}"

    def file(self, it: Mapping[str, Any]) -> str:
        name, digest = str(set_apart(str(it["name"]))), str(it["digest"])
        if self.files_of:
            address = f"{reverse('desk:file', kwargs={'digest': digest})}?of={quote(self.files_of)}"
            name = f'<a href="{escape(address)}">{name}</a>'
        return f'{name} <span class="beside"><span><code>{escape(digest)}</code></span></span>'


@lru_cache(maxsize=4096)
def _says_all(when: Edtf, slug: str) -> bool:
    """Whether a date in words is read back as the same date."""
    return understood(date_in_words(when, slug)) == str(when)


def _same(part: DiffPart) -> bool:
    return part.how is How.SAME
