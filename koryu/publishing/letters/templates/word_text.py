"""The text of a paragraph of a Word file, whatever runs Word has split it into: fields in it, and other text for them.

Nothing is worked out: a field is a name between braces, and what is put there is text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from koryu.publishing.letters.word_parts import FALLBACK, PARAGRAPH, TEXT_BOX, W

_T, _R, _RPR = f"{{{W}}}t", f"{{{W}}}r", f"{{{W}}}rPr"
# What stands in a run for a character.
_AS_TEXT: Final = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n", f"{{{W}}}cr": "\n", f"{{{W}}}noBreakHyphen": "\u2011"}
# As they are typed with a Latin and with an East Asian keyboard.
_FIELD: Final = re.compile(r"[{｛]{2}([^{}｛｝]*)[}｝]{2}")
_OPTIONAL: Final = re.compile(r"[\[［]{2}(.*?)[\]］]{2}", re.DOTALL)
_LEFT_OPEN: Final = re.compile(r"[{｛]{2}|[}｝]{2}|[\[［]{2}|[\]］]{2}")


@dataclass(frozen=True)
class FieldFound:
    """A field of a paragraph: where it stands in its text, and what is typed between the braces."""

    start: int
    end: int
    typed: str


@dataclass(frozen=True)
class TextEdit:
    """Elements to be put in the place of a stretch of text, made for the look of the run where it begins; or none."""

    start: int
    end: int
    write: Callable[[etree._Element | None], Sequence[etree._Element]] | None = None


def runs_in(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph in order; not those of text boxes in it, which have paragraphs of their own."""
    for child in paragraph:
        if child.tag == _R:
            yield child
        elif child.tag not in (PARAGRAPH, TEXT_BOX, FALLBACK):
            yield from runs_in(child)


def text_of_run(run: etree._Element) -> str:
    """What a run says."""
    return "".join(child.text or "" if child.tag == _T else _AS_TEXT.get(child.tag, "") for child in run)


def text_of_paragraph(paragraph: etree._Element) -> str:
    """What a paragraph says, as one text."""
    return "".join(text_of_run(run) for run in runs_in(paragraph))


def fields_in(text: str) -> tuple[FieldFound, ...]:
    """The fields of a text, in order."""
    return tuple(FieldFound(match.start(), match.end(), match[1].strip()) for match in _FIELD.finditer(text))


def optional_parts(text: str) -> tuple[tuple[int, int], ...]:
    """Where the parts stand that go with their empty fields, with their brackets."""
    return tuple(match.span() for match in _OPTIONAL.finditer(text))


def is_left_open(text: str) -> bool:
    """Whether braces or brackets are opened and not closed, or the other way round."""
    return bool(_LEFT_OPEN.search(_OPTIONAL.sub(lambda match: match[1], _FIELD.sub("", text))))


def edit_text(paragraph: etree._Element, edits: Sequence[TextEdit]) -> None:
    """Put other runs, or none, in the place of parts of a paragraph. The edits do not overlap."""
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        first = _split(paragraph, edit.start)
        behind = _split(paragraph, edit.end)
        for element in edit.write(first.find(_RPR)) if edit.write else ():
            first.addprevious(element)
        for run in _between(paragraph, first, behind):
            _without_text(run)
        if not len(behind):
            paragraph_of = behind.getparent()
            assert paragraph_of is not None
            paragraph_of.remove(behind)


def _split(paragraph: etree._Element, place: int) -> etree._Element:
    """The run that begins at this place of the text, made out of one that goes over it if need be."""
    at, last = 0, None
    for run in list(runs_in(paragraph)):
        length = len(text_of_run(run))
        if at == place and length:
            return run
        if at < place < at + length:
            return _cut(run, place - at)
        at, last = at + length, run
    ending = etree.Element(_R)
    if last is None:
        paragraph.append(ending)
    else:
        last.addnext(ending)
    return ending


def _cut(run: etree._Element, place: int) -> etree._Element:
    """Cut a run in two behind so many characters; returns the second, which looks alike."""
    second = etree.Element(_R)
    if (look := run.find(_RPR)) is not None:
        second.append(deepcopy(look))
    at = 0
    for child in list(run):
        if child.tag == _RPR:
            continue
        said = child.text or "" if child.tag == _T else _AS_TEXT.get(child.tag, "")
        if at >= place:
            second.append(child)
        elif at + len(said) > place:
            rest = deepcopy(child)
            keep = place - at
            child.text, rest.text, rest.tail = said[:keep], said[keep:], None
            for each in (child, rest):
                each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            second.append(rest)
        at += len(said)
    run.addnext(second)
    return second


def _between(paragraph: etree._Element, first: etree._Element, behind: etree._Element) -> list[etree._Element]:
    runs = list(runs_in(paragraph))
    start = runs.index(first)
    return runs[start : runs.index(behind)] if behind in runs[start:] else runs[start:]


def _without_text(run: etree._Element) -> None:
    """Take the text out of a run; what else it holds, a picture, stays."""
    for child in list(run):
        if child.tag == _T or child.tag in _AS_TEXT:
            run.remove(child)
    parent = run.getparent()
    if parent is not None and all(child.tag == _RPR for child in run):
        parent.remove(run)
