"""A sheet as an HTML form, for any kind of record: texts in several languages, groups, and lists."""

from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from html import escape
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import ngettext
from markupsafe import Markup

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import as_markup, marked
from koryu.markup.widgets import Controls, hidden
from koryu.records.form_groups import QUESTIONS
from koryu.records.schema import FieldType
from koryu.sheets import layout
from koryu.sheets.boxes import Box, BoxGroup, LanguageRow, Sheet
from koryu.sheets.parse import SAYS_NONE, SAYS_SOURCE
from koryu.values.reason import N_
from koryu.values.text import Text

_DATE: Final = N_("Enter a date instead")
_SOURCE: Final = N_("source")
_SOURCE_LANGUAGE: Final = N_("source language")
_WRITTEN_FIRST: Final = N_("Written first in %(language)s; the others are translations.")
_NOT_SAID: Final = N_("not stated")
_ANOTHER: Final = N_("Another language or script")
_LANGUAGE: Final = N_("Language")
_TEXT: Final = N_("Text in it")
_ADD: Final = N_("Add")
_REMOVE: Final = N_("Remove")
_UP: Final = N_("Move up")
_DOWN: Final = N_("Move down")
_NOTHING_YET: Final = N_("nothing yet")
_PARTS: Final = N_("Parts of the form")
_NEEDED: Final = N_("Needed: %(fields)s. All else can wait.")
_AND: Final = N_(", ")
# Of a part of the form that is filled in, so many fields are named beside it.
_MOST_NAMED: Final = 3
# Of a group with needed fields, so many others are folded.
_WORTH_FOLDING: Final = 2


def sheet_functions(writer: DeskWriter) -> dict[str, Any]:
    """The functions by which a template draws a form, by name."""
    return {"boxes": partial(boxes, writer), "parts_of_form": partial(parts_of_form, writer)}


def parts_of_form(writer: DeskWriter, form: Sheet) -> Markup:
    """The questions of a form as links to them, each with what is filled in there."""
    parts = "".join(
        [
            f'<li{_POINTED if group.faults else ""}><a href="#{_id(group)}">{writer.gettext(QUESTIONS[group.name])}'
            f"<small>{_filled(writer, group)}</small></a></li>\n"
            for group in form.groups
        ]
    )
    needed = [box for box in form.boxes if box.required]
    note = f'<p class="note">{writer.gettext(_NEEDED, fields=_named(writer, needed))}</p>\n' if needed else ""
    return as_markup(
        f'<nav class="of-form" aria-label="{writer.gettext(_PARTS)}">\n<ul class="parts">\n{parts}</ul>\n{note}</nav>\n'
    )


_POINTED: Final = ' class="mine"'


def _filled(writer: DeskWriter, group: BoxGroup) -> str:
    if group.faults:
        says = ngettext("%(num)s field needs a look", "%(num)s fields need a look", group.faults)
        return escape(says % {"num": group.faults})
    if not group.filled:
        return escape(writer.gettext(_NOTHING_YET))
    return _named(writer, group.filled[:_MOST_NAMED]) + (" …" if len(group.filled) > _MOST_NAMED else "")


def _named(writer: DeskWriter, boxes: Iterable[Box], *, inside: bool = False) -> Markup:
    names = [writer.field(box.name, inside=inside, called=box.field.called) for box in boxes]
    return as_markup(writer.gettext(_AND).join(names))


def _id(group: BoxGroup) -> str:
    return f"g-{group.name}"


def boxes(
    writer: DeskWriter,
    form: Sheet,
    *,
    words_only: bool,
    offered: Mapping[str, tuple[str, ...]],
    own_drafts: Mapping[str, Text],
    file_size: str,
) -> Markup:
    """All the boxes of a form, question by question: what is needed open, the rest folded until something is in it.

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
    return as_markup("".join(map(drawing.group, form.groups)))


class _Drawing(Controls):
    """What holds several values; what holds one is drawn by `Controls`."""

    def group(self, group: BoxGroup) -> str:
        if self.words_only:
            shown = self.all(group.boxes)
            # What a translator neither sees nor changes needs no heading.
            return self.question(group, shown) if 'class="' in shown else shown
        return self.question(group, self.all(group.first) + (self.fold(group.folded) if group.folded else ""))

    def question(self, group: BoxGroup, inside: str) -> str:
        legend = f"<legend>{self.writer.gettext(QUESTIONS[group.name])}</legend>"
        return f'<fieldset class="fields" id="{_id(group)}">\n{legend}\n{inside}</fieldset>\n'

    def fold(self, boxes: tuple[Box, ...], *, inside: bool = False) -> str:
        """Boxes folded under their names, open where something is said in one of them."""
        filled = any(box.says_something for box in boxes)
        nothing = "" if filled else f' <span class="soft">– {self.writer.gettext(_NOTHING_YET)}</span>'
        names = _named(self.writer, boxes, inside=inside)
        return (
            f'<details class="more-fields"{" open" if filled else ""}>\n'
            f"<summary>{names}{nothing}</summary>\n{self.all(boxes)}</details>\n"
        )

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
                return self.together("group", box, self.inside(box))
            case _:
                return self.value(box)

    def inside(self, box: Box) -> str:
        """The fields of a group: where some are needed, the others folded as long as they are several."""
        needed = tuple(inner for inner in box.inside if inner.required)
        others = tuple(inner for inner in box.inside if not inner.required)
        if self.words_only or not needed or len(others) < _WORTH_FOLDING:
            return self.all(box.inside)
        return self.all(needed) + self.fold(others, inside=True)

    # A text: its languages in one frame, and which of them is its source.

    def text(self, box: Box) -> str:
        at = escape(box.path)
        parts = [hidden(f"{at}{SAYS_SOURCE}", "1") if box.says_source else ""]
        rows = [row for row in box.rows if not self.words_only or row.text or not row.fixed]
        if rows:
            parts += ['<div class="langs">\n', *[self.language(box, at, row) for row in rows], "</div>\n"]
        # Where it is said in one language alone that one is its source, as it is chosen already.
        several = box.top or sum(1 for row in box.rows if row.text) > 1
        parts.append(self.source(box, at) if several else "")
        if not self.words_only or box.value:
            parts.append(self.another(box, at, "" if several else self.source(box, at)))
        if box.field.sort is FieldType.DATE_OR_TEXT and not self.words_only:
            parts.append(self.act("switch", at, self.writer.gettext(_DATE), self.name(box)))
        return self.together("words", box, "".join(parts))

    def language(self, box: Box, at: str, row: LanguageRow) -> str:
        tag, tongue, words, lang = escape(row.tag), escape(row.called), escape(row.text), escape(row.lang)
        there, fixed = f'id="f-{at}.{tag}" name="{at}.{tag}"', " readonly" if row.fixed else ""
        if box.prose:
            control = f'<textarea {there} rows="2"{marked(lang)}{fixed}>\n{words}</textarea>'
        else:
            control = f'<input {there} value="{words}"{marked(lang)} autocomplete="off"{fixed}>'
        mark = f' <small class="in">{self.writer.gettext(_SOURCE)}</small>' if row.source and self.words_only else ""
        return f'<label for="f-{at}.{tag}">{tongue}{mark}</label>\n{control}\n'

    def source(self, box: Box, at: str) -> str:
        chosen = next((row.tag for row in box.rows if row.source), "")
        if self.words_only:
            return hidden(f"{at}.source", chosen) + "\n" if chosen else ""
        # A text without a source stays one until somebody chooses it.
        unsaid = "" if chosen else f'<option value="" selected>{self.writer.gettext(_NOT_SAID)}</option>'
        options = "".join(
            [
                f'<option value="{escape(row.tag)}"{" selected" if row.source else ""}>{escape(row.called)}</option>'
                for row in box.rows
            ]
        )
        label = f"{self.name(box)}: {self.writer.gettext(_SOURCE_LANGUAGE)}"
        select = f'<select class="inline" name="{at}.source" aria-label="{label}">{unsaid}{options}</select>'
        before, after = self.written_first
        return f'<p class="note">{before}{select}{after}</p>\n'

    @cached_property
    def written_first(self) -> tuple[str, str]:
        """What is said before and after the language in which a text was written first."""
        before, _, after = str(self.writer.gettext(_WRITTEN_FIRST, language=as_markup("\0"))).partition("\0")
        return before, after

    def another(self, box: Box, at: str, source: str) -> str:
        lang, text, writer = f"f-{at}-lang", f"f-{at}-text", self.writer
        if box.prose:
            control = f'<textarea id="{text}" name="{at}:text" rows="2"></textarea>'
        else:
            control = f'<input id="{text}" name="{at}:text" autocomplete="off">'
        written = f'<label for="{text}">{writer.gettext(_TEXT)}</label> {control}'
        return (
            f'<details class="another">\n<summary>{writer.gettext(_ANOTHER)}</summary>\n'
            f'<div class="pair">\n<p><label for="{lang}">{writer.gettext(_LANGUAGE)}</label> '
            f'<input id="{lang}" name="{at}:lang" list="languages" autocomplete="off"></p>\n'
            f"<p>{written}</p>\n</div>\n{source}</details>\n"
        )

    # Lists.

    def items(self, box: Box) -> str:
        """A list of groups, each with its place."""
        name, at = self.name(box), escape(box.path)
        parts = [self.item(item, f"{name} {place}", at) for place, item in enumerate(box.inside, 1)]
        if not self.words_only:
            add = self.writer.gettext(_ADD)
            parts.append(
                f'<p class="links"><button name="do" value="add:{at}" aria-label="{add}: {name}">{add}</button></p>\n'
            )
        return self.together("items", box, "".join(parts))

    def item(self, item: Box, about: str, listed_at: str) -> str:
        at, ways = escape(item.path), ""
        if not self.words_only:
            say = self.writer.gettext
            up = "" if item.first else self.act("up", at, say(_UP), about)
            down = "" if item.last else self.act("down", at, say(_DOWN), about)
            ways = f'<p class="links">{up} {down} {self.act("remove", at, say(_REMOVE), about)}</p>\n'
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
            parts.append(self.listed(inner, f"{name} {place + 1}", moves))
        parts.append(self.none(box, at))
        return self.together("items", box, "".join(parts))

    def none(self, box: Box, at: str) -> str:
        """The tick that says that nothing is in a list, where that can be said."""
        words = layout.says_none(box.field)
        if not words or (self.words_only and not box.is_none):
            return ""
        if self.words_only:
            return hidden(f"{at}{SAYS_NONE}", "1")
        ticked, says = " checked" if box.is_none else "", self.writer.gettext(words)
        return f'<label><input type="checkbox" name="{at}{SAYS_NONE}" value="1"{ticked}> {says}</label>\n'

    def listed(self, box: Box, about: str, moves: str) -> str:
        """One record of a list: to choose another in its place it is removed, and the other added."""
        if not box.value or box.typed or box.wrong:
            return self.record(box, about, moves=moves, required=False)
        return f'<div class="field record" id="f-{escape(box.path)}">\n{self.chosen(box, about, moves)}</div>\n'

    def moves(self, box: Box, about: str, *, first: bool, last: bool) -> str:
        at, say = escape(box.path), self.writer.gettext
        up = "" if first else f"{self.act('up', at, say(_UP), about)} "
        down = "" if last else f"{self.act('down', at, say(_DOWN), about)} "
        return up + down
