"""Making a letter in an office's own template, and the layout to begin with: the one that Koryu ships, with names."""

from functools import cache

from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.letter_runs import RunMaker
from koryu.publishing.letters.letter_source import LetterSource
from koryu.publishing.letters.make import LetterIdentity, OwnLayout, letter_pages
from koryu.publishing.letters.templates.fill_word import filled_template
from koryu.publishing.letters.templates.filling import filling_of
from koryu.publishing.letters.templates.sample_exchange import SAMPLE_NUMBER, sample_source
from koryu.publishing.letters.word import word_file
from koryu.wording.letters.template_words import SECOND, field_name


def layout_of(template: bytes, digest: str) -> OwnLayout:
    """What makes the pages of a letter with this template."""

    def own(
        pages: LetterPages, source: LetterSource, makers: tuple[RunMaker, ...], identity: LetterIdentity
    ) -> LetterPages:
        signed = tuple(_signed(makers))
        filling = filling_of(pages, source, signed, identity)
        with_values = pages.model_copy(update={"filling": filling, "template": digest, "blocks": ()})
        # What the second language lacks is told with the first.
        for maker, made in zip(makers, signed, strict=True):
            maker.missing.update(made.missing)
        return filled_pages(with_values, template)

    return own


def filled_pages(pages: LetterPages, template: bytes) -> LetterPages:
    """Pages with what the template says once it is filled with their values."""
    filled = filled_template(template, pages)
    return pages.model_copy(update={"blocks": filled.blocks, "landscape": filled.landscape})


def filled_word(pages: LetterPages, template: bytes, *, host: str) -> bytes:
    """The Word file of pages that were made with this template: the same bytes for the same pages."""
    return filled_template(template, pages).word(host=host)


@cache
def shipped_template(kind: str, langs: tuple[str, ...], reader: str) -> bytes:
    """The layout that comes with Koryu as a template, with the names of the fields in the `reader`'s language."""
    source = sample_source(langs[0], named_in=reader)
    makers = tuple(_signed(tuple(RunMaker(tag, source.lines) for tag in langs)))
    pages = letter_pages(kind, source, makers, LetterIdentity(number=SAMPLE_NUMBER, host=""))
    reference = f"{{{{{field_name('reference', reader)}}}}}"
    named = pages.model_copy(update={"reference": reference, "title": "", "records": {}})
    return word_file(named, host="")


def _signed(makers: tuple[RunMaker, ...]) -> tuple[RunMaker, ...]:
    """The same makers, the second of two with the sign of its fields."""
    first, *others = makers
    return (first, *(RunMaker(other.tag, other.lines, sign=f" {SECOND}") for other in others))
