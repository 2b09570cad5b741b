"""The page writer of the desk: here a record's name is linked to its page at the desk, not to the public one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, Final, Protocol

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from markupsafe import Markup

from koryu.archive.queries import Line
from koryu.institutions.rules import called
from koryu.markup.page_writer import PageWriter, as_markup
from koryu.values.edtf import Edtf
from koryu.values.invisible import isolated
from koryu.values.language_tags import name_of
from koryu.values.moments import Moment
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.wording.field_names import field_called
from koryu.wording.labels import chosen
from koryu.wording.messages import date_in_words, translated
from koryu.wording.titles import short_name_in_words

_DESK_FUNCTIONS: Final = (
    "sentence",
    "brief_text",
    "all_brief_text",
    "dated_reason",
    "plain_reason",
    "moment",
    "person",
    "time_of",
    "time_text",
)


class SentenceLike(Protocol):
    """A sentence with its values: institutions, a person's username, a moment or date, a remark."""

    @property
    def says(self) -> str: ...
    @property
    def who(self) -> tuple[str, ...]: ...
    @property
    def by(self) -> str: ...
    @property
    def when(self) -> str: ...
    @property
    def remark(self) -> str: ...


@dataclass(frozen=True, eq=False)
class DeskWriter(PageWriter):
    """How texts, names and dates are set on a page of the desk; `names` are those of the people here, by username."""

    names: Mapping[str, str] = field(default_factory=dict)

    def template_functions(self) -> dict[str, Any]:
        """The functions a template is given, by name."""
        return {**super().template_functions(), **{name: getattr(self, name) for name in _DESK_FUNCTIONS}}

    def page_of(self, line: Line) -> str:
        """The path of a record's page at the desk."""
        return record_page(line.uri)

    def sentence(self, said: SentenceLike) -> Markup:
        """What is to be done, or how something is, in one sentence."""
        return self.gettext(
            said.says,
            who=self.all_brief(said.who),
            by=self.person(said.by),
            when=self.moment(said.when),
            remark=said.remark,
        )

    def dated_reason(self, reason: Reason) -> Markup:
        """A sentence with its values: dates and moments as the reader writes them, records (a tuple) by their names.

        A text among them is in its words, and a sentence is a sentence within this one.
        """
        return self.gettext(reason.message, **{name: self._said(value) for name, value in reason.values.items()})

    def _said(self, value: object) -> object:
        match value:
            case Edtf():
                return self.date(value)
            case date():
                return self.date(Edtf(value.isoformat()))
            case Moment():
                return self.day(value)
            case tuple():
                return self.all_brief(value)
            case Text():
                return self.words(value)
            case Reason():
                return self.dated_reason(value)
            case _:
                return value

    def plain_reason(self, reason: Reason) -> str:
        """The same as a plain text: for links and headings."""
        values = {name: self._said_plainly(value) for name, value in reason.values.items()}
        return translation.gettext(reason.message) % values

    def _said_plainly(self, value: object) -> object:
        match value:
            case Edtf():
                return date_in_words(value, self.slug)
            case date():
                return date_in_words(Edtf(value.isoformat()), self.slug)
            case Moment():
                return self.day_text(value)
            case tuple():
                return self.all_brief_text(value)
            case Text():
                return value.shown(self.tag).text
            case Reason():
                return self.plain_reason(value)
            case _:
                return value

    def moment(self, when: str) -> Markup:
        """A moment by its day, a date as it is."""
        if not when:
            return Markup()
        return self.day(when) if "T" in when else self.date(Edtf(when))

    def time_of(self, moment: str) -> Markup:
        """A moment by its day and hour in the active zone, which is named; for machines in UTC, as it was kept."""
        return Markup('<time class="date" datetime="%s">%s</time>') % (moment, self.time_text(moment))

    def person(self, username: str) -> str:
        """What a person is called, by the username in what was said or noted: see `called`. A plain text."""
        return isolated(called(username, self.names, translate=translation.gettext))

    def field(self, name: str, *, inside: bool = False, called: str = "") -> str:
        """What a field is called, as HTML: at the top of a record, or `inside` an item or group of it.

        `called` is the message where its kind of record calls it otherwise than others do.
        """
        return escape(translated(called, self.slug)) if called else _field(name, inside, self.slug)

    def choice(self, word: str) -> str:
        """What a word of a choice is called, as HTML."""
        return _choice(word, self.slug)

    def language(self, tag: str) -> str:
        """What the reader calls a language, as HTML."""
        return escape(name_of(tag, self.tag))

    def brief_text(self, uri: str) -> str:
        """What an institution is called in a list of choices, where nothing can be marked."""
        return short_name_in_words(self.lines.get(uri), uri, self.tag)

    def all_brief_text(self, uris: Sequence[str]) -> str:
        """Institutions so, one after the other."""
        return str(self.comma).join(map(self.brief_text, uris))


@lru_cache(maxsize=4096)
def _field(name: str, inside: bool, slug: str) -> str:
    return escape(translated(field_called(name, inside=inside), slug)) if name else ""


@lru_cache(maxsize=4096)
def _choice(word: str, slug: str) -> str:
    return escape(translated(chosen(word), slug)) if word else ""


# Asking for an address anew costs more than all else about a name.
@lru_cache(maxsize=8192)
def record_page(uri: str) -> str:
    """The path of the desk's page of the record with this URI."""
    return reverse("desk:record", kwargs={"uri": uri})


@lru_cache(maxsize=1024)
def draft_page(draft: int) -> str:
    """The path of the desk's page of the draft with this id."""
    return reverse("desk:draft", kwargs={"number": draft})


def page_in(slug: str, template: str, **shown: Any) -> Markup:
    """A template set in this language, to stand on a page that may be in another; it escapes what it shows."""
    with translation.override(slug):
        return as_markup(render_to_string(template, shown))
