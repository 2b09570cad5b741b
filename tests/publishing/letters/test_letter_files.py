"""Each kind of letter in each language, as Word and as PDF: sound files, values in their own face, the same bytes."""

import io
import re
import unicodedata
import zipfile
from itertools import takewhile
from typing import Any, Final

import pypdf
import pypdfium2
import pytest
from lxml import etree

from koryu.publishing.letters.blocks import LetterPages, at_sending, marked_values, runs_of
from koryu.publishing.letters.pdf import pdf_file
from koryu.publishing.letters.word import word_file
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS
from tests.publishing.letters.letter_samples import KAMIO, made, rows

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOST: Final = "library.example"
EVERY: Final = [
    (kind.code, langs)
    for kind in LETTER_KINDS.values()
    for langs in [*((tag,) for tag in LANGS), *([("zh-Hans", "ja"), ("ko", "ja")] if kind.both else [])]
]
A4: Final = (595, 842)
MARGIN: Final = 20 / 25.4 * 72


def parts_of(docx: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        assert package.testzip() is None
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


@pytest.mark.parametrize(("kind", "langs"), EVERY)
def test_every_letter_is_a_sound_word_file(kind: str, langs: tuple[str, ...]) -> None:
    pages = made(kind, *langs).pages
    parts = parts_of(word_file(pages, host=HOST))
    types = {part.get("PartName") for part in parts["[Content_Types].xml"] if part.get("PartName")}
    assert types == {f"/{name}" for name in parts if name.endswith(".xml") and name != "[Content_Types].xml"}
    targets = {relation.get("Target") for relation in parts["word/_rels/document.xml.rels"]}
    assert {f"word/{target}" for target in targets} <= parts.keys()
    styles = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    document = parts["word/document.xml"]
    for name in ("pStyle", "tblStyle"):
        assert {used.get(f"{W}val") for used in document.iter(f"{W}{name}")} <= styles
    for table in document.iter(f"{W}tbl"):
        columns = len(table.find(f"{W}tblGrid"))
        assert {len(row.findall(f"{W}tc")) for row in table.iter(f"{W}tr")} == {columns}
        assert not [cell for cell in table.iter(f"{W}tc") if not cell.findall(f"{W}p")]
        assert not list(table.iter(f"{W}gridSpan", f"{W}vMerge"))
        assert sum(int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")) <= 14570
    assert not list(document.iter(f"{W}sdt", f"{W}instrText"))
    # A body ends with the section, and a table never stands directly before it.
    assert [child.tag for child in document[0]][-1] == f"{W}sectPr"
    assert [child.tag for child in document[0]][-2] == f"{W}p"


@pytest.mark.parametrize(("kind", "langs"), EVERY)
def test_every_value_out_of_a_record_lies_in_a_bookmark_of_the_letter(kind: str, langs: tuple[str, ...]) -> None:
    pages = made(kind, *langs).pages
    document = parts_of(word_file(pages, host=HOST))["word/document.xml"]
    marked = {}
    for start in document.iter(f"{W}bookmarkStart"):
        runs = list(takewhile(lambda each: each.tag == f"{W}r", start.itersiblings()))
        end = runs[-1].getnext()
        assert (end.tag, end.get(f"{W}id")) == (f"{W}bookmarkEnd", start.get(f"{W}id"))
        marked[start.get(f"{W}name")] = "".join(map(_said, runs))
    values = marked_values(pages)
    assert marked == {value.mark: value.text for value in values}
    assert all(re.fullmatch(r"k7Q42M9A_\d+", value.mark) for value in values)
    # A path says of which record it is, and says it once; values of one letter that say the same lie apart.
    assert all(value.path.startswith("tag:example.org,2026:") and " " in value.path for value in values)


def _said(run: Any) -> str:
    """What a run says, without how it is read."""
    texts = (text for text in run.iter(f"{W}t") if not any(above.tag == f"{W}rt" for above in text.iterancestors()))
    return "\n".join(text.text or "" for text in texts)


@pytest.mark.parametrize(("kind", "langs"), EVERY)
def test_every_letter_is_a_sound_pdf(kind: str, langs: tuple[str, ...]) -> None:
    pages = made(kind, *langs).pages
    body = pdf_file(pages)
    assert len(body) <= 100 * 1024
    reader: Any = pypdf.PdfReader(io.BytesIO(body))
    assert 1 <= len(reader.pages) <= 2
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(langs[0].partition("-")[0])
    assert reader.metadata
    assert reader.metadata.title == pages.title
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+NotoSansCJK", str(font["/BaseFont"])), font["/BaseFont"]
        inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile3" in inner or "/FontFile2" in inner
    document = pypdfium2.PdfDocument(body)
    try:
        text = "".join(_text_within_margins(page, landscape=pages.landscape) for page in document)
    finally:
        document.close()
    assert "\ufffe" not in text
    assert pages.reference in text


def _text_within_margins(page: Any, *, landscape: bool) -> str:
    """The text of a page, of which nothing stands outside the margins."""
    width, height = page.get_size()
    assert (round(width), round(height)) == (A4[::-1] if landscape else A4)
    text = page.get_textpage()
    for place in range(text.count_rects()):
        left, _bottom, right, _top = text.get_rect(place)
        assert left >= MARGIN - 3
        assert right <= width - MARGIN + 3
    said = str(text.get_text_range())
    text.close()
    return said


def glyphs(pages: LetterPages) -> dict[str, set[str]]:
    """By the family of a font, the glyphs used of it, as the page's content names them."""
    reader: Any = pypdf.PdfReader(io.BytesIO(pdf_file(pages)))
    used: dict[str, set[str]] = {}
    for page in reader.pages:
        fonts = page["/Resources"]["/Font"].items()
        names = {name: str(font.get_object()["/BaseFont"]).partition("+")[2] for name, font in fonts}
        font = ""
        for operands, operator in pypdf.generic.ContentStream(page.get_contents(), reader).operations:
            if operator == b"Tf":
                font = names[operands[0]]
            elif operator in (b"Tj", b"TJ"):
                pieces = operands[0] if operator == b"TJ" else operands
                for piece in pieces:
                    if isinstance(piece, bytes | pypdf.generic.TextStringObject):
                        raw = piece if isinstance(piece, bytes) else piece.original_bytes
                        used.setdefault(font, set()).update(raw[at : at + 2].hex() for at in range(0, len(raw), 2))
    return used


def one_text(text: str, lang: str, *, strong: bool = False) -> LetterPages:
    return LetterPages.model_validate(
        {
            "kind": "enquiry",
            "langs": ["en"],
            "title": "T",
            "number": "7Q42M9A",
            "reference": ".",
            "blocks": [
                {"block": "heading", "level": 1, "runs": [{"text": ".", "lang": "en"}]},
                {"block": "paragraph", "runs": [{"text": text, "lang": lang, "strong": strong}]},
            ],
        }
    )


def drawn(text: str, lang: str, *, strong: bool = False) -> bytes:
    """A text in a language, as a picture."""
    document = pypdfium2.PdfDocument(pdf_file(one_text(text, lang, strong=strong)))
    try:
        bitmap = document[0].render(scale=4)
        return bytes(bitmap.buffer)
    finally:
        document.close()


def test_a_name_with_a_compatibility_ideograph_keeps_its_glyph() -> None:
    assert unicodedata.normalize("NFC", "\ufa19") == "神"
    assert drawn("\ufa19", "ja") != drawn("神", "ja")
    # The Korean face draws U+795E as the Japanese one draws U+FA19: a Japanese name set in it would be misspelt.
    assert drawn("神", "ko") != drawn("神", "ja")
    for lang in LANGS:
        pages = made("participants", lang).pages
        run = next(run for block in pages.blocks for run in runs_of(block) if "尾" in run.text or "KAMIO" in run.text)
        assert (run.text, run.lang) == (("KAMIO Kenichi", "en") if lang == "en" else (KAMIO, "ja"))


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("character", ["骨", "直", "\u8aa4"])
def test_each_language_has_its_own_forms_in_regular_and_bold(character: str, strong: bool) -> None:
    assert drawn(character, "ja", strong=strong) != drawn(character, "zh-Hans", strong=strong)


@pytest.mark.parametrize("lang", LANGS)
def test_no_character_is_missing_in_its_face(lang: str) -> None:
    text = f"{KAMIO}\ufa11\u9ad9骨 沈文远 홍길동 Müller 第36回 ～—・「」【】"
    for strong in (False, True):
        used = glyphs(one_text(text, lang, strong=strong))
        assert used
        assert not [font for font, ids in used.items() if "0000" in ids]


@pytest.mark.parametrize(("kind", "langs"), EVERY)
def test_the_same_letter_has_the_same_bytes(kind: str, langs: tuple[str, ...]) -> None:
    first, second = made(kind, *langs).pages, made(kind, *langs).pages
    assert first == second == LetterPages.model_validate(first.model_dump(mode="json"))
    assert word_file(first, host=HOST) == word_file(second, host=HOST)
    assert pdf_file(first) == pdf_file(second)


def test_the_file_says_which_letter_it_is_in_three_places() -> None:
    pages = made("participants", "zh-Hans").pages
    parts = parts_of(word_file(pages, host=HOST))
    assert "koryu:library.example/7Q42M9A" in "".join(parts["docProps/core.xml"].itertext())
    assert "library.example · 7Q42M9A" in "".join(parts["word/footer1.xml"].itertext())
    assert next(parts["word/document.xml"].iter(f"{W}bookmarkStart")).get(f"{W}name") == "k7Q42M9A_1"
    second = pages.model_copy(update={"version": 2})
    assert "7Q42M9A-2" in "".join(parts_of(word_file(second, host=HOST))["docProps/core.xml"].itertext())


def test_each_run_has_the_font_and_the_language_of_its_own_text() -> None:
    document = parts_of(word_file(made("participants", "ko").pages, host=HOST))["word/document.xml"]
    fonts = {}
    for run in document.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        text = "".join(written.text or "" for written in run.iter(f"{W}t"))
        if properties is not None and text:
            font, lang = properties.find(f"{W}rFonts"), properties.find(f"{W}lang")
            fonts[text] = (font.get(f"{W}eastAsia") if font is not None else "", lang.get(f"{W}val"))
    assert fonts[KAMIO] == ("MS Mincho", "ja-JP")
    assert fonts["沈文远"] == ("SimSun", "zh-CN")
    assert fonts["홍길동"] == ("Batang", "ko-KR")


def test_heads_of_tables_are_repeated_on_the_next_page() -> None:
    pages = made("participants", "ja", source=rows(60)).pages
    document = parts_of(word_file(pages, host=HOST))["word/document.xml"]
    assert [len(list(table.iter(f"{W}tblHeader"))) for table in document.iter(f"{W}tbl")] == [1]
    shown = pypdfium2.PdfDocument(pdf_file(pages))
    try:
        assert len(shown) > 1
        assert all("氏名" in page.get_textpage().get_text_range() for page in shown)
    finally:
        shown.close()


def test_what_is_typed_at_sending_changes_nothing_else() -> None:
    from datetime import date

    pages = made("invitation", "ja").pages
    sent = at_sending(pages, number="国図支協第2609号", day=date(2027, 6, 3), era=True)
    before = [run.text for block in pages.blocks for run in runs_of(block)]
    after = [run.text for block in sent.blocks for run in runs_of(block)]
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ["国図支協第2609号", "令和9年6月3日"]
    assert marked_values(sent) == marked_values(pages)
