"""Ink at the desk: as everywhere, but a record's name leads to its page here, where something can be done with it."""

from typing import Any, Protocol

from django.urls import reverse
from markupsafe import Markup

from koryu.archive.queries import Line
from koryu.ink.writing import Ink
from koryu.values.edtf import Edtf


class Sentence(Protocol):
    """A sentence with its values: institutions, a person's handle, a moment or date, a remark."""

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


class DeskInk(Ink):
    """How texts, names and dates are set on a page of the desk."""

    def atoms(self) -> dict[str, Any]:
        """The functions a template is given, by name."""
        return {**super().atoms(), "sentence": self.sentence, "brief_text": self.brief_text, "moment": self.moment}

    def page_of(self, line: Line) -> str:
        """The path of a record's page at the desk."""
        return record_page(line.uri)

    def sentence(self, said: Sentence) -> Markup:
        """What is to be done, or how something is, in one sentence."""
        return self.gettext(
            said.says, who=self.all_brief(said.who), by=said.by, when=self.moment(said.when), remark=said.remark
        )

    def moment(self, when: str) -> Markup:
        """A moment by its day, a date as it is."""
        if not when:
            return Markup()
        return self.day(when) if "T" in when else self.date(Edtf(when))

    def brief_text(self, uri: str) -> str:
        """What an institution is called in a list of choices, where nothing can be marked."""
        line = self.lines.get(uri)
        if line is None:
            return uri
        return str(line.facts.get("short", {}).get(self.tag) or line.title.shown(self.tag).text)


def record_page(uri: str) -> str:
    """The path of the desk's page of the record with this URI."""
    return reverse("desk:record", kwargs={"uri": uri})


def draft_page(draft: int) -> str:
    """The path of the desk's page of the draft with this id."""
    return reverse("desk:draft", kwargs={"number": draft})
