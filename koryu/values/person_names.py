"""People's names, one written form at a time."""

import unicodedata
from typing import Literal, Self

from pydantic import ValidationInfo, model_validator

from koryu.values.frozen import Frozen, is_new
from koryu.values.language_tags import LanguageTag
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

    @model_validator(mode="after")
    def _is_in_its_order(self, info: ValidationInfo) -> Self:
        if not is_new(info) or self.order == "as written":
            return self
        written, family, given = (_folded(part or "") for part in (self.written, self.family, self.given))
        first, last = (family, given) if self.order == "family first" else (given, family)
        if not (written.startswith(first) and last in written[len(first) :]):
            raise Refused(
                Reason(
                    "“%(written)s” does not have the family name and the given name in the order chosen. Correct "
                    "them, or choose “as written”.",
                    written=self.written,
                )
            )
        return self


def _folded(name: str) -> str:
    """For comparing only: NAGAO is Nagao, and 神 is 神."""
    return unicodedata.normalize("NFKC", name).casefold()
