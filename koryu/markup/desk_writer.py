"""The page writer of the desk: here a record's name is linked to its page at the desk, not to the public one."""

from functools import lru_cache
from html import escape
from typing import Any, Protocol

from django.urls import reverse
from markupsafe import Markup

from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter
from koryu.values.edtf import Edtf
from koryu.values.language_tags import name_of
from koryu.wording.field_names import field_called
from koryu.wording.labels import chosen
from koryu.wording.messages import translated
from koryu.wording.titles import short_name_in_words


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


class DeskWriter(PageWriter):
    """How texts, names and dates are set on a page of the desk."""

    def template_functions(self) -> dict[str, Any]:
        """The functions a template is given, by name."""
        return {
            **super().template_functions(),
            "sentence": self.sentence,
            "brief_text": self.brief_text,
            "moment": self.moment,
        }

    def page_of(self, line: Line) -> str:
        """The path of a record's page at the desk."""
        return record_page(line.uri)

    def sentence(self, said: SentenceLike) -> Markup:
        """What is to be done, or how something is, in one sentence."""
        return self.gettext(
            said.says, who=self.all_brief(said.who), by=said.by, when=self.moment(said.when), remark=said.remark
        )

    def moment(self, when: str) -> Markup:
        """A moment by its day, a date as it is."""
        if not when:
            return Markup()
        return self.day(when) if "T" in when else self.date(Edtf(when))

    def field(self, name: str, *, inside: bool = False) -> str:
        """What a field is called, as HTML: at the top of a record, or `inside` an item or group of it."""
        return _field(name, inside, self.slug)

    def choice(self, word: str) -> str:
        """What a word of a choice is called, as HTML."""
        return _choice(word, self.slug)

    def language(self, tag: str) -> str:
        """What the reader calls a language, as HTML."""
        return escape(name_of(tag, self.tag))

    def brief_text(self, uri: str) -> str:
        """What an institution is called in a list of choices, where nothing can be marked."""
        return short_name_in_words(self.lines.get(uri), uri, self.tag)


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
