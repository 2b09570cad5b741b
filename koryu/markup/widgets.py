"""The controls of a form that hold one value each, and what every box has: its label, its hint, its errors.

They are put together here, for a form has lines by the thousand, and a macro called for each takes longer than all the
rest of a page. Every value is escaped where it is named, and nothing is escaped again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.translation import gettext

from koryu.archive.queries import Line
from koryu.files.rules import ENDINGS
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import plain
from koryu.records.kinds import NAMES
from koryu.records.schema import FieldType
from koryu.sheets import layout
from koryu.sheets.boxes import Box
from koryu.sheets.parse import NO, UNITS, YES
from koryu.values.reason import N_
from koryu.values.text import Text

_UNITS: Final = dict(zip(UNITS, (N_("years"), N_("months"), N_("weeks"), N_("days")), strict=True))
_TAKEN: Final = ",".join(f".{ending}" for ending in ENDINGS)
_OF_FILE: Final = ("id", "name", "digest", "media_type", "size")
# What a translator sees beside the texts, and cannot change: only boxes whose value is short.
_TOLD: Final = frozenset({"record", "date", "plain", "word", "number"})
_NEEDED: Final = N_("(needed)")
_UNDERSTOOD: Final = N_("understood as")
_IN_WORDS: Final = N_("Describe in words")
_NOT_SAID: Final = N_("not stated")
_NOT_KNOWN: Final = N_("not known")
_YES: Final = N_("yes")
_NO: Final = N_("no")
_REMOVE: Final = N_("Remove")
_FIND_ANOTHER: Final = N_("Search for another in any script")
_FIND: Final = N_("Search in any script")
_SUGGESTIONS: Final = N_("Suggestions")
_FOUND: Final = N_("Found")
_NOT_FOUND: Final = N_("Nothing was found for this.")
_DRAFT: Final = N_("draft")


@dataclass(frozen=True, eq=False, kw_only=True)
class Controls:
    """What one form is drawn with.

    `offered` are the records found for what was typed, by the path of the box; `own_drafts` the titles of the records
    that are only drafted yet; `file_size` is in megabytes. Where `words_only`, all but the words is shown as it stays.
    """

    writer: DeskWriter
    words_only: bool
    offered: Mapping[str, tuple[str, ...]]
    own_drafts: Mapping[str, Text]
    file_size: str
    suggest_at: str

    def value(self, box: Box) -> str:
        """The control of one value; of a translator's form, what stays as it is."""
        if self.words_only:
            return self.kept(box)
        match box.looks:
            case "record":
                return self.record(box, self.name(box))
            case "word":
                return self.select(box, self.choices(box))
            case "flag":
                return self.select(box, self.yes_or_no(box))
            case "words":
                return self.together("choices", box, self.ticks(box))
            case "duration":
                return self.together("choices", box, self.lengths(box))
            case "file":
                return self.file(box)
            case "date":
                return self.date(box)
            case _:
                return self.prose(box) if box.prose else self.line(box)

    # What every box has.

    def name(self, box: Box) -> str:
        return self.writer.field(box.name, inside=not box.top, called=box.field.called)

    def called(self, box: Box) -> str:
        return self.name(box) + self.needed(box)

    def needed(self, box: Box) -> str:
        return f' <span class="needed">{self.writer.gettext(_NEEDED)}</span>' if box.required else ""

    def helps(self, box: Box) -> bool:
        return bool(box.hint) and not self.words_only

    def beside(self, box: Box) -> str:
        """What helps in filling it in, and what is wrong with it."""
        if not (box.hint or box.wrong):
            return ""
        at = escape(box.path)
        hint = (
            f'<span class="hint" id="f-{at}-hint">{plain(box.hint, self.writer.slug)}</span>' if self.helps(box) else ""
        )
        return f'{hint}<span class="wrong" id="f-{at}-wrong">{self.wrong(box)}</span>' if box.wrong else hint

    def wrong(self, box: Box) -> str:
        return "".join([f"{escape(reason.in_words(gettext))} " for reason in box.wrong])

    def described(self, box: Box) -> str:
        """The attributes of a control that lead whoever does not see it to what stands beside it."""
        if not (box.wrong or self.helps(box)):
            return ""
        at = escape(box.path)
        hint = f"f-{at}-hint" if self.helps(box) else ""
        if not box.wrong:
            return f' aria-describedby="{hint}"'
        return f' aria-invalid="true" aria-describedby="{hint} f-{at}-wrong"'

    def together(self, sort: str, box: Box, inside: str) -> str:
        """Several controls under the name of their box."""
        at = escape(box.path)
        return (
            f'<div class="field {sort}" id="f-{at}" role="group" aria-labelledby="f-{at}-name">\n'
            f'<span class="label" id="f-{at}-name">{self.called(box)}</span>\n'
            f"<div>{inside}{self.beside(box)}</div>\n</div>\n"
        )

    def labelled(self, box: Box, control: str, ways: str = "") -> str:
        label = f'<label for="f-{escape(box.path)}">{self.called(box)}</label>'
        return f'<div class="field">\n{label}\n<div>{control}\n{self.beside(box)}{ways}</div>\n</div>\n'

    def act(self, name: str, path: str, words: str, about: str, *, off: bool = False) -> str:
        disabled = " disabled" if off else ""
        return (
            f'<button class="quiet" name="do" value="{name}:{path}" aria-label="{words}: {about}"{disabled}>'
            f"{words}</button>"
        )

    # One value.

    def line(self, box: Box) -> str:
        at = escape(box.path)
        helped = ' inputmode="numeric"' if box.looks == "number" else _listed(box)
        value = f'value="{escape(box.typed)}" autocomplete="off"'
        return self.labelled(box, f'<input id="f-{at}" name="{at}" {value}{helped}{self.described(box)}>')

    def prose(self, box: Box) -> str:
        at = escape(box.path)
        opened = f'<textarea id="f-{at}" name="{at}" rows="3"{self.described(box)}>'
        return self.labelled(box, f"{opened}\n{escape(box.typed)}</textarea>")

    def date(self, box: Box) -> str:
        at, understood = escape(box.path), self.writer.gettext(_UNDERSTOOD)
        value = f'value="{escape(box.typed)}" autocomplete="off" data-echo="f-{at}-echo"'
        echo = f"{understood} {self.writer.date(box.echo)} <code>{escape(str(box.echo))}</code>" if box.echo else ""
        line = f'<input id="f-{at}" name="{at}" {value}{self.described(box)}>'
        control = f'{line}\n<span class="echo" id="f-{at}-echo">{echo}</span>'
        if box.field.sort is not FieldType.DATE_OR_TEXT:
            return self.labelled(box, control)
        otherwise = self.act("switch", at, self.writer.gettext(_IN_WORDS), self.name(box))
        return self.labelled(box, control, otherwise)

    def select(self, box: Box, options: str) -> str:
        at = escape(box.path)
        return self.labelled(box, f'<select id="f-{at}" name="{at}"{self.described(box)}>{options}</select>')

    def choices(self, box: Box) -> str:
        value, choices = box.value, box.field.choices
        unsaid = _option("", self.writer.gettext(_NOT_SAID)) if not value or not box.required else ""
        odd = _option(str(value), escape(str(value)), chosen=True) if value and value not in choices else ""
        return (
            unsaid + odd + "".join([_option(word, self.writer.choice(word), chosen=word == value) for word in choices])
        )

    def yes_or_no(self, box: Box) -> str:
        value, writer = box.value, self.writer
        open_still = value is None or isinstance(value, str) or (box.field.default is None and not box.required)
        unknown = _option("", writer.gettext(_NOT_KNOWN)) if open_still else ""
        yes = _option(YES, writer.gettext(_YES), chosen=value is True)
        return f"{unknown}{yes}{_option(NO, writer.gettext(_NO), chosen=value is False)}"

    def ticks(self, box: Box) -> str:
        """The words chosen in their order, then the others: they are read in the order in which they stand."""
        at = escape(box.path)
        left = [word for word in box.field.choices if word not in box.value]
        every = [(word, " checked") for word in box.value] + [(word, "") for word in left]
        asked = hidden(f"{at}:asked", "1")
        return asked + "".join([self.tick(at, str(word), ticked) for word, ticked in every])

    def tick(self, at: str, word: str, ticked: str) -> str:
        box = f'<input type="checkbox" name="{at}" value="{escape(word)}"{ticked}>'
        return f"<label>{box} {self.writer.choice(word)}</label> "

    def lengths(self, box: Box) -> str:
        at = escape(box.path)
        return "".join(
            [
                f'<label><input class="short" name="{at}.{unit}" value="{escape(box.value[unit])}" inputmode="numeric" '
                f'autocomplete="off"> {plain(words, self.writer.slug)}</label> '
                for unit, words in _UNITS.items()
            ]
        )

    def file(self, box: Box) -> str:
        """Which file it is, and one to put in its place."""
        at, writer = escape(box.path), self.writer
        known = ""
        if box.value:
            remove = self.act("clear", at, writer.gettext(_REMOVE), self.name(box))
            known = f'{_kept_file(box)}<p class="chosen">{escape(str(box.value["name"]))} {remove}</p>'
        hint = writer.gettext(layout.FILE_HINT, size=self.file_size)
        wrong = f'<span class="wrong">{self.wrong(box)}</span>' if box.wrong else ""
        return (
            f'<div class="field" id="f-{at}">\n<label for="f-{at}-file">{self.called(box)}</label>\n<div>\n{known}'
            f'<input id="f-{at}-file" type="file" name="{at}:file" accept="{_TAKEN}" aria-describedby="f-{at}-size">'
            f'<span class="hint" id="f-{at}-size">{hint}</span>{wrong}</div>\n</div>\n'
        )

    # A record: which it is, and a line to look for another in any script.

    def record(self, box: Box, about: str, *, moves: str = "", required: bool = True) -> str:
        at, writer = escape(box.path), self.writer
        known = box.value and not box.typed
        find = writer.gettext(_FIND_ANOTHER) if known else writer.gettext(_FIND)
        label = about + self.needed(box) if required else about
        return (
            f'<div class="field record" id="f-{at}">\n<label for="f-{at}-find">{label}</label>\n<div>\n'
            f"{self.chosen(box, about, moves)}"
            f'<span class="typed"><input id="f-{at}-find" name="{at}:find" value="{escape(box.typed)}" '
            f'autocomplete="off" spellcheck="false" placeholder="{find}" data-pick="{self.suggest_at}" '
            f'data-kinds="{" ".join(box.field.kinds)}" data-lang="{writer.tag}" '
            f'data-label="{writer.gettext(_SUGGESTIONS)}"'
            f"{self.described(box)}></span>\n{self.beside(box)}{self.found(box, at)}</div>\n</div>\n"
        )

    def chosen(self, box: Box, about: str, moves: str) -> str:
        """Which record it is, with what can be done with it."""
        at = escape(box.path)
        if not box.value or box.typed:
            return f'<input type="hidden" name="{at}" value=""><p class="chosen" hidden></p>\n'
        remove = self.act("clear", at, self.writer.gettext(_REMOVE), about)
        return (
            f'<input type="hidden" name="{at}" value="{escape(box.value)}">'
            f'<p class="chosen">{self.named(box.value)} {moves}{remove}</p>\n'
        )

    def found(self, box: Box, at: str) -> str:
        if not box.typed or box.path not in self.offered:
            return ""
        if not self.offered[box.path]:
            return f'<p class="unknown">{self.writer.gettext(_NOT_FOUND)}</p>'
        offers = [
            f'<label><input type="radio" name="{at}:chosen" value="{escape(uri)}"> {self.offer(uri)}</label>'
            for uri in self.offered[box.path]
            if uri in self.writer.lines or uri in self.own_drafts
        ]
        legend = f"<legend>{self.writer.gettext(_FOUND)}</legend>"
        return f'<fieldset class="choices offered">\n{legend}\n{"".join(offers)}</fieldset>'

    def offer(self, uri: str) -> str:
        line = self.writer.lines.get(uri)
        return self.words_of(line) if line else self.named(uri)

    def words_of(self, line: Line) -> str:
        date = f"<span>{self.writer.date_of(line)}</span>" if line.date else ""
        kind = self.writer.gettext(NAMES[line.kind][0])
        return f'{self.writer.words(line.title)} <span class="beside"><span>{kind}</span>{date}</span>'

    def named(self, uri: str) -> str:
        """A record by its title; one that is only drafted, as a draft."""
        if uri not in self.own_drafts or uri in self.writer.lines:
            return self.writer.link(uri)
        title = self.writer.words(self.own_drafts[uri])
        return f'<span class="title">{title}</span> <small class="in">{self.writer.gettext(_DRAFT)}</small>'

    # What a translator sees and does not change.

    def kept(self, box: Box) -> str:
        shown = ""
        if box.is_filled and box.looks in _TOLD:
            label = f'<span class="label">{self.called(box)}</span>'
            shown = f'<p class="field kept">{label} <span>{self.told(box)}</span></p>\n'
        return self.unchanged(box) + shown

    def unchanged(self, box: Box) -> str:
        at, value = escape(box.path), box.value
        match box.looks:
            case "file":
                return _kept_file(box)
            case "words":
                return hidden(f"{at}:asked", "1") + "".join([hidden(at, word) for word in value])
            case "duration":
                return "".join([hidden(f"{at}.{unit}", number) for unit, number in value.items()])
            case "flag":
                return hidden(at, {True: YES, False: NO}.get(value, value or ""))
            case _ if box.prose:
                return f'<textarea hidden name="{at}">\n{escape(box.typed)}</textarea>'
            case _:
                return hidden(at, "" if value is None else value)

    def told(self, box: Box) -> str:
        if box.looks == "record" and not box.typed:
            return self.writer.link(box.value)
        if box.echo:
            return self.writer.date(box.echo)
        return self.writer.choice(str(box.value)) if box.looks == "word" else escape(box.typed)


def _listed(box: Box) -> str:
    """The list of what a line may be filled in from."""
    if box.looks == "language":
        return ' list="languages"'
    return ' list="fields"' if box.name == "field" else ""


def _option(value: str, words: str, *, chosen: bool = False) -> str:
    return f'<option value="{escape(value)}"{" selected" if chosen else ""}>{words}</option>'


def hidden(name: str, value: object) -> str:
    """A value that goes with the form and is not shown, under an escaped name."""
    return f'<input type="hidden" name="{name}" value="{escape(str(value))}">'


def _kept_file(box: Box) -> str:
    at = escape(box.path)
    return "".join([hidden(f"{at}.{part}", box.value[part]) for part in _OF_FILE]) if box.value else ""
