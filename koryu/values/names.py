"""People's names, one written form at a time."""

from typing import Literal, Self

from pydantic import model_validator

from koryu.values.languages import LanguageTag
from koryu.values.model import Frozen
from koryu.values.reason import Reason, Refused
from koryu.values.text import Line

Order = Literal["family first", "given first", "as written"]


class NameForm(Frozen):
    """A person's name in one script, shown as `written` whatever the language of the page.

    `family` and `given` are for sorting and searching; `order` is the order of the two in `written`. A reading tells
    which script it is in (`reading_lang`), and neither comes without the other.
    """

    id: Line
    lang: LanguageTag
    written: Line
    family: Line | None = None
    given: Line | None = None
    order: Order
    reading: Line | None = None
    reading_lang: LanguageTag | None = None

    @model_validator(mode="after")
    def _a_reading_says_its_script(self) -> Self:
        if (self.reading is None) != (self.reading_lang is None):
            raise Refused(Reason("a reading and the language tag it is written in must be given together"))
        return self
