"""A sheet as an HTML form, for any kind of record: texts in several languages, groups, and lists."""

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any, Final

from django.urls import reverse
from markupsafe import Markup

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import as_markup, marked
from koryu.markup.widgets import Controls, hidden
from koryu.records.schema import FieldType
from koryu.sheets.boxes import Box, LanguageRow, Sheet
from koryu.sheets.parse import SAYS_SOURCE
from koryu.values.reason import N_
from koryu.values.text import Text

_SAID_ABOUT: Final = N_("Sources, differing accounts, points left open")
_DATE: Final = N_("Enter a date instead")
_SOURCE: Final = N_("source")
_ANOTHER: Final = N_("Another language or script")
_LANGUAGE: Final = N_("Language")
_TEXT: Final = N_("Text in it")
_ADD: Final = N_("Add")
_REMOVE: Final = N_("Remove")
_UP: Final = N_("Move up")
_DOWN: Final = N_("Move down")


def sheet_functions(writer: DeskWriter) -> dict[str, Any]:
    """The functions by which a template draws a form, by name."""
    return {"boxes": partial(boxes, writer)}


def boxes(
    writer: DeskWriter,
    form: Sheet,
    *,
    words_only: bool,
    offered: Mapping[str, tuple[str, ...]],
    own_drafts: Mapping[str, Text],
    file_size: str,
) -> Markup:
    """All the boxes of a form, those about statements folded at its end until something is in them.

    The other parameters are described at `Controls`.
    """
    drawing = _Drawing(
        writer=writer,
        words_only=words_only,
        offered=offered,
        own_drafts=own_drafts,
        file_size=file_size,
        suggest_at=reverse("desk:suggest"),
    )
    opened = " open" if any(box.is_filled for box in form.said_about) else ""
    summary = writer.gettext(_SAID_ABOUT)
    about = (
        f'<details class="said-about"{opened}>\n<summary>{summary}</summary>\n{drawing.all(form.said_about)}</details>'
    )
    return as_markup(f"{drawing.all(form.boxes)}{about}")


class _Drawing(Controls):
    """What holds several values; what holds one is drawn by `Controls`."""

    def all(self, boxes: tuple[Box, ...]) -> str:
        return "".join(map(self.box, boxes))

    def box(self, box: Box) -> str:
        match box.looks:
            case "text":
                return self.text(box)
            case "items":
                return self.items(box)
            case "values":
                return self.values(box)
            case "group":
                return self.fieldset("group", box, self.all(box.inside))
            case _:
                return self.value(box)

    # A text: its languages side by side, its source marked.

    def text(self, box: Box) -> str:
        at = escape(box.path)
        parts = [hidden(f"{at}{SAYS_SOURCE}", "1") if box.says_source else ""]
        parts.append('<div class="tongues">\n')
        parts += [self.tongue(box, at, row) for row in box.rows if not self.words_only or row.text or not row.fixed]
        parts.append("</div>\n")
        if not self.words_only or box.value:
            parts.append(self.another(box, at))
        if box.field.sort is FieldType.DATE_OR_TEXT and not self.words_only:
            parts.append(self.act("switch", at, self.writer.gettext(_DATE), self.name(box)))
        return self.fieldset("words", box, "".join(parts))

    def tongue(self, box: Box, at: str, row: LanguageRow) -> str:
        tag, tongue, words, lang = escape(row.tag), escape(row.called), escape(row.text), escape(row.lang)
        there, fixed = f'id="f-{at}.{tag}" name="{at}.{tag}"', " readonly" if row.fixed else ""
        if box.prose:
            control = f'<textarea {there} rows="3"{marked(lang)}{fixed}>\n{words}</textarea>'
        else:
            control = f'<input {there} value="{words}"{marked(lang)} autocomplete="off"{fixed}>'
        source = self.source(at, row, tag, tongue)
        return f'<div class="tongue">\n<label for="f-{at}.{tag}">{tongue}</label>\n{control}\n{source}</div>\n'

    def source(self, at: str, row: LanguageRow, tag: str, tongue: str) -> str:
        word, name = self.writer.gettext(_SOURCE), f'name="{at}.source" value="{tag}"'
        if not self.words_only:
            ticked = " checked" if row.source else ""
            tick = f'<input type="radio" {name}{ticked} aria-label="{tongue}: {word}">'
            return f'<label class="source-of">{tick} {word}</label>\n'
        return f'<input type="hidden" {name}><small class="in">{word}</small>\n' if row.source else ""

    def another(self, box: Box, at: str) -> str:
        lang, text, writer = f"f-{at}-lang", f"f-{at}-text", self.writer
        if box.prose:
            control = f'<textarea id="{text}" name="{at}:text" rows="2"></textarea>'
        else:
            control = f'<input id="{text}" name="{at}:text" autocomplete="off">'
        written = f'<label for="{text}">{writer.gettext(_TEXT)}</label> {control}'
        return (
            f'<details class="another">\n<summary>{writer.gettext(_ANOTHER)}</summary>\n'
            f'<div class="tongues">\n<p class="tongue"><label for="{lang}">{writer.gettext(_LANGUAGE)}</label> '
            f'<input id="{lang}" name="{at}:lang" list="languages" autocomplete="off"></p>\n'
            f'<p class="tongue">{written}</p>\n</div>\n</details>\n'
        )

    # Lists.

    def items(self, box: Box) -> str:
        """A list of groups, each with its place."""
        name, at = self.name(box), escape(box.path)
        parts = [self.item(item, f"{name} {place}", at) for place, item in enumerate(box.inside, 1)]
        if not self.words_only:
            add = self.writer.gettext(_ADD)
            parts.append(
                f'<p class="ways"><button name="do" value="add:{at}" aria-label="{add}: {name}">{add}</button></p>\n'
            )
        return self.fieldset("items", box, "".join(parts))

    def item(self, item: Box, about: str, listed_at: str) -> str:
        at, ways = escape(item.path), ""
        if not self.words_only:
            say = self.writer.gettext
            up = self.act("up", at, say(_UP), about, off=item.first)
            down = self.act("down", at, say(_DOWN), about, off=item.last)
            ways = f'<p class="ways">{up} {down} {self.act("remove", at, say(_REMOVE), about)}</p>\n'
        return (
            f'<fieldset class="item" id="f-{at}">\n<legend>{about}</legend>\n'
            f"{hidden(listed_at, item.name)}{self.beside(item)}{self.all(item.inside)}{ways}</fieldset>\n"
        )

    def values(self, box: Box) -> str:
        """A list of single values, with one more to fill in."""
        name, at, count = self.name(box), escape(box.path), len(box.inside)
        parts = []
        for place, inner in enumerate(box.inside):
            more = place == count - 1 and not self.words_only
            parts.append("" if more else hidden(at, place))
            if self.words_only:
                parts.append(self.kept(inner))
                continue
            moves = "" if more else self.moves(inner, f"{name} {place + 1}", first=place == 0, last=place == count - 2)
            parts.append(self.record(inner, f"{name} {place + 1}", moves=moves, required=False))
        return self.fieldset("items", box, "".join(parts))

    def moves(self, box: Box, about: str, *, first: bool, last: bool) -> str:
        at, say = escape(box.path), self.writer.gettext
        up = "" if first else f"{self.act('up', at, say(_UP), about)} "
        down = "" if last else f"{self.act('down', at, say(_DOWN), about)} "
        return up + down
