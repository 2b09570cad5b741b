"""What is wrong with the fields of a template, all of it at once; and what its office should know. Pure.

Whether the file is safe to open is asked before, where it is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Final

from lxml import etree

from koryu.publishing.letters.templates.template_fields import TemplateField, fields_of, wanted_of
from koryu.publishing.letters.templates.template_package import DOCUMENT, TemplatePackage, paragraphs_of
from koryu.publishing.letters.templates.word_text import (
    fields_in,
    is_left_open,
    optional_parts,
    runs_in,
    text_of_paragraph,
)
from koryu.publishing.letters.word_parts import W
from koryu.values.reason import Reason
from koryu.wording.letters.template_words import SECOND, compared, field_called_by, field_name, names_near

_P, _TBL, _TR, _TC = f"{{{W}}}p", f"{{{W}}}tbl", f"{{{W}}}tr", f"{{{W}}}tc"
_BOX: Final = f"{{{W}}}txbxContent"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TRACKED: Final = tuple(f"{{{W}}}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_MERGED: Final = (f"{{{W}}}gridSpan", f"{{{W}}}vMerge")
_LONGEST_QUOTED: Final = 60
_LIKE: Final = 0.6
_MOST_TOLD: Final = 200
# How often a run of text is looked at while the fields of its paragraph are filled, in the whole file.
_MOST_LOOKS: Final = 500_000
_TOO_LONG: Final = Reason("Reading this file takes too long. Nothing was taken from it.")


@dataclass(frozen=True)
class TemplateFinding:
    """Something to be said of a template: what stops it from being used, or what is good to know."""

    says: Reason
    stops: bool = True


def findings_in(body: bytes, *, kind: str, langs: tuple[str, ...], reader: str) -> tuple[TemplateFinding, ...]:
    """What is to be said of the fields of a template, the first 200 things; names of fields are those of the `reader`'s
    language.

    `body` must have been looked through. What would take seconds to fill, each time, is looked at no further.
    """
    package = TemplatePackage(body)
    look = _Look(kind, langs, reader)
    parts = [package.tree(DOCUMENT), *map(package.tree, package.heads_and_feet)]
    findings: dict[TemplateFinding, None] = {}
    for each in chain(look.tracked_and_remarks(package, parts), *map(look.part, parts), look.missing()):
        findings[each] = None
        if len(findings) == _MOST_TOLD or each.says is _TOO_LONG:
            break
    return tuple(findings)


class _Look:
    """Looks through one template, noting which fields it has."""

    def __init__(self, kind: str, langs: tuple[str, ...], reader: str) -> None:
        self._kind, self._reader, self._two = kind, reader, len(langs) > 1
        self._known = fields_of(kind, two=self._two)
        self._has: set[str] = set()
        self._looks = 0
        # To seek the nearest name takes a thousandth of a second, and a file can have one a hundred thousand times.
        self._unknown_said: dict[str, Reason] = {}

    def tracked_and_remarks(self, package: TemplatePackage, parts: list[etree._Element]) -> Iterator[TemplateFinding]:
        if any(next(part.iter(*_TRACKED), None) is not None for part in parts):
            yield TemplateFinding(Reason("The template holds tracked changes; accept or reject them in Word first."))
        if "word/comments.xml" in package.parts:
            yield TemplateFinding(Reason("The template holds comments, which would go out with each letter."))

    def part(self, part: etree._Element) -> Iterator[TemplateFinding]:
        for number, table in enumerate(_tables(part), start=1):
            for each in self._table(table):
                says = Reason("Table %(n)s: %(problem)s", n=number, problem=each.says)
                yield TemplateFinding(says, each.stops)
        for paragraph in paragraphs_of(part):
            if any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
                continue
            yield from self._paragraph(paragraph)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[TemplateFinding]:
        text = text_of_paragraph(paragraph)
        self._looks += (len(fields_in(text)) + len(optional_parts(text))) * sum(1 for _run in runs_in(paragraph))
        if self._looks > _MOST_LOOKS:
            yield TemplateFinding(_TOO_LONG)
            return
        if is_left_open(text):
            yield TemplateFinding(
                Reason("“%(text)s”: braces or brackets are opened and not closed.", text=_quoted(text))
            )
        in_box = any(above.tag == _BOX for above in paragraph.iterancestors())
        for field in fields_in(text):
            code = field_called_by(field.typed)
            self._has.add((code or "").removesuffix(f" {SECOND}"))
            if code is None or code not in self._known:
                if field.typed not in self._unknown_said:
                    self._unknown_said[field.typed] = self._unknown(field.typed, code)
                yield TemplateFinding(self._unknown_said[field.typed])
                continue
            if in_box:
                yield TemplateFinding(
                    Reason(
                        "%(field)s stands in a text box: it is filled, but will not come back from the partner’s file.",
                        field=_braced(field.typed),
                    ),
                    stops=False,
                )
            known = self._known[code]
            if known.row_of and not known.is_heading and not _in_row(paragraph):
                yield TemplateFinding(
                    Reason(
                        "%(field)s belongs to a list: it must stand in the row of a table.", field=_braced(field.typed)
                    )
                )
            if known.is_heading and not self._is_over_list(paragraph, known):
                yield TemplateFinding(
                    Reason(
                        "%(field)s must stand in the row of its list, or directly before the table.",
                        field=_braced(field.typed),
                    )
                )

    def _unknown(self, typed: str, code: str | None) -> Reason:
        """A field that is none, with the nearest there is."""
        if code is not None and code.endswith(f" {SECOND}") and code.removesuffix(f" {SECOND}") in self._known:
            return Reason("%(field)s: this template has one language, or this field only one.", field=_braced(typed))
        if code is not None:
            return Reason("%(field)s is not a field of this kind of letter.", field=_braced(typed))
        names = {near: name for near, name in names_near().items() if field_called_by(name) in self._known}
        near = get_close_matches(compared(typed), names, n=1, cutoff=_LIKE)
        if not near:
            return Reason("%(field)s is not known.", field=_braced(typed))
        return Reason(
            "%(field)s is not known; did you mean %(nearest)s?",
            field=_braced(typed),
            nearest=_braced(names[near[0]]),
        )

    def _table(self, table: etree._Element) -> Iterator[TemplateFinding]:
        for row in table.iter(_TR):
            lists = {known.row_of for known in self._in(row) if known.row_of and not known.is_heading}
            if len(lists) > 1:
                yield TemplateFinding(Reason("fields of two lists stand in one row."))
            if lists and next(row.iter(*_MERGED), None) is not None:
                yield TemplateFinding(
                    Reason("cells of the row that repeats are merged: what the partner changes there is not read."),
                    stops=False,
                )
            if lists and any(inner is not row for inner in row.iter(_TR)):
                yield TemplateFinding(Reason("a table stands within the row that repeats."))
        repeated = [
            row for row in table.iter(_TR) if any(each.row_of and not each.is_heading for each in self._in(row))
        ]
        if len(repeated) > 1:
            yield TemplateFinding(Reason("more than one row repeats; put all fields of the list into one row."))

    def missing(self) -> Iterator[TemplateFinding]:
        """What such a letter should have, and the template has not."""
        for codes in wanted_of(self._kind):
            if not self._has & set(codes):
                yield TemplateFinding(
                    Reason(
                        "%(field)s is not in the template; such a letter should have it.",
                        field=_braced(field_name(codes[0], self._reader)),
                    ),
                    stops=False,
                )
        if "reference" not in self._has:
            yield TemplateFinding(
                Reason(
                    "%(field)s is not in the template; it is added to the foot of the pages.",
                    field=_braced(field_name("reference", self._reader)),
                ),
                stops=False,
            )

    def _is_over_list(self, paragraph: etree._Element, known: TemplateField) -> bool:
        """Whether a field that heads the parts of a list stands in its row, or before its table."""
        row = next((above for above in paragraph.iterancestors() if above.tag == _TR), None)
        if row is not None:
            return any(each.row_of == known.row_of and not each.is_heading for each in self._in(row))
        for behind in paragraph.itersiblings():
            if behind.tag == _TBL:
                return any(each.row_of == known.row_of and not each.is_heading for each in self._in(behind))
            if behind.tag != _P or text_of_paragraph(behind).strip():
                return False
        return False

    def _in(self, element: etree._Element) -> Iterator[TemplateField]:
        for paragraph in element.iter(_P):
            for field in fields_in(text_of_paragraph(paragraph)):
                if (code := field_called_by(field.typed)) in self._known:
                    yield self._known[code]


def _tables(part: etree._Element) -> Iterator[etree._Element]:
    """The tables that are not within others, as somebody counts them."""
    for table in part.iter(_TBL):
        if not any(above.tag in (_TBL, _FALLBACK) for above in table.iterancestors()):
            yield table


def _in_row(paragraph: etree._Element) -> bool:
    return any(above.tag == _TR for above in paragraph.iterancestors())


def _braced(name: str) -> str:
    return f"{{{{{name[:_LONGEST_QUOTED]}}}}}"


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_QUOTED else f"{plain[:_LONGEST_QUOTED]}…"
