"""Drafts hold whatever was typed: a letter is made of anything, and leaves out what it cannot print."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from koryu.publishing.letters.blocks import LetterPages, runs_of
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord
from koryu.publishing.letters.pdf import pdf_file
from koryu.publishing.letters.word import word_file
from koryu.values.reason import Refused
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS
from tests.publishing.letters.letter_samples import KEYNOTE, LINES, NDL, OURS, PLAN, TIMETABLE, TYPED, made, printed

ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["2027-09-07", "2027-09-07/..", "tag:example.org,2026:person/a", "#set text(red)", "[", "\x00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["ja", "id", "text", "source", "person", "title", "date"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def with_odd(content: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The content with some of its fields, or of those of its items, put in disorder."""

    def put(changes: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
        outside, inside = changes
        fields = {
            name: [{**item, **inside} if isinstance(item, dict) else item for item in value]
            if isinstance(value, list)
            else value
            for name, value in content.items()
        }
        return {**fields, **outside, "kind": content["kind"]}

    names = sorted({*content, "label", "corporate_author", "wordings", "open", "number"})
    items = ["id", "printed", "posts", "roles", "person", "text", "date", "start", "end", "until", "level", "papers"]
    return st.tuples(
        st.dictionaries(st.sampled_from(names), ODD, max_size=3),
        st.dictionaries(st.sampled_from(items), ODD, max_size=4),
    ).map(put)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    plan=with_odd(PLAN),
    ours=with_odd(OURS),
    timetable=with_odd(TIMETABLE),
    paper=with_odd(KEYNOTE),
    kind=st.sampled_from(list(LETTER_KINDS)),
    lang=st.sampled_from(LANGS),
)
def test_a_letter_is_made_of_anything(
    plan: dict[str, Any], ours: dict[str, Any], timetable: dict[str, Any], paper: dict[str, Any], kind: str, lang: str
) -> None:
    source = LetterSource(
        me=NDL,
        exchange=printed("exchange/e", plan),
        before=PLAN,
        participations=(printed("participation/d", ours),),
        timetable=printed("timetable/t", timetable),
        papers=(printed("paper/a", paper),),
        lines=LINES,
        typed=TYPED,
    )
    letter = made(kind, lang, source=source)
    assert word_file(letter.pages, host="library.example").startswith(b"PK")
    assert pdf_of(letter.pages).startswith((b"%PDF-", b"PDF cannot show"))
    assert all(str(reason) for reason in letter.missing)


def pdf_of(pages: LetterPages) -> bytes:
    """The letter as PDF, or why there is none."""
    try:
        return pdf_file(pages)
    except Refused as refused:
        return str(refused).encode()


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("𠮷田 髙橋 﨑 神", True),
        ("Ωμέγα Привет", True),
        ("국회도서관", True),
        ("دفتر کتابخانه", False),
        ("หอสมุดแห่งชาติ", False),
        ("ᠮᠣᠩᠭᠣᠯ", False),
        ("\ufb05", False),
        ("\ue000", False),
        ("📚", False),
    ],
)
def test_what_no_font_has_is_named_and_stops_the_pdf_alone(text: str, *, is_shown: bool) -> None:
    """A delegate's name in a script that the fonts lack: nothing is printed as an empty box."""
    source = LetterSource(me=NDL, exchange=printed("exchange/e", PLAN), typed={**TYPED, "to_name": text})
    pages = made("invitation", "ja", source=source).pages
    assert text in "".join(run.text for block in pages.blocks for run in runs_of(block))
    assert word_file(pages, host="library.example").startswith(b"PK")
    if is_shown:
        assert pdf_file(pages).startswith(b"%PDF-")
    else:
        with pytest.raises(Refused, match=r"PDF cannot show “.+”: no font here has it\."):
            pdf_file(pages)


@pytest.mark.parametrize(
    ("blank", "lang"),
    [*((blank, "ja") for blank in ["", " ", "\n", "\x00", "\u3000", "\x85"]), *(("\x1f", lang) for lang in LANGS)],
)
def test_a_heading_of_nothing_is_left_out(blank: str, lang: str) -> None:
    """A session whose day is blank, a subject that is blank: no tagged PDF may have a heading without a text."""
    sessions = [{**session, "date": blank} for session in TIMETABLE["sessions"]]
    timetable = printed("timetable/t", {**TIMETABLE, "sessions": sessions})
    source = LetterSource(me=NDL, exchange=printed("exchange/e", PLAN), timetable=timetable, lines=LINES)
    for kind, typed in (("programme", {}), ("invitation", {"subject": blank})):
        pages = made(kind, lang, source=replace(source, typed={**TYPED, **typed})).pages
        headings = ["".join(run.text for run in runs_of(block)) for block in pages.blocks if block.block == "heading"]
        assert headings
        assert all(text.strip() for text in headings)
        assert pdf_file(pages).startswith(b"%PDF-")


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_of_nothing_a_letter_says_that_there_is_nothing(kind: str) -> None:
    source = LetterSource(me=NDL, exchange=None)
    letter = made(kind, "ja", source=source)
    assert pdf_file(letter.pages).startswith(b"%PDF-")
    assert letter.missing or kind == "thanks"


def test_what_looks_like_markup_is_printed_as_it_is_written() -> None:
    odd = "#set page(fill: red) *a* _b_ `c` $x$ <label> @ref \\ // /* [[ {{x}} & <w:br/> ]]"
    plan = PrintedRecord(uri="tag:example.org,2026:exchange/e", content={**PLAN, "title": {"ja": odd}})
    pages = made("plan", "ja", source=LetterSource(me=NDL, exchange=plan, lines=LINES)).pages
    assert odd in [run.text for block in pages.blocks for run in runs_of(block)]
    with zipfile.ZipFile(io.BytesIO(word_file(pages, host="x"))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    assert odd in [text.text for text in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")]
    document = pypdfium2.PdfDocument(pdf_file(pages))
    try:
        text = document[0].get_textpage().get_text_range().replace("\r\n", "")
    finally:
        document.close()
    assert "".join(odd.split()) in "".join(text.split())
