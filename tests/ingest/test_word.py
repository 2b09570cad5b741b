"""Word and LibreOffice files that come back: what is read of them, and what is refused in a sentence."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koryu.ingest.word import CameFile, read_word
from koryu.values.reason import Refused

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>koryu:library.example/7Q42M9A</dc:identifier>'
    "</cp:coreProperties>"
)
FOOTER = f"<w:ftr {W}><w:p><w:r><w:t>library.example · 7Q42M9A</w:t></w:r></w:p></w:ftr>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def docx(body: str, **more: str) -> bytes:
    document = f'<?xml version="1.0"?><w:document {W} {MC}><w:body>{body}</w:body></w:document>'
    named = {name.replace("_", "/", 1) + ".xml": part for name, part in more.items()}
    return zipped({"word/document.xml": document, "docProps/core.xml": CORE, "word/footer1.xml": FOOTER, **named})


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{inside}</w:p></w:tc>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def marked(name: str, text: str) -> str:
    return f'<w:bookmarkStart w:id="1" w:name="{name}"/>{run(text)}<w:bookmarkEnd w:id="1"/>'


def texts(came: CameFile) -> list[list[list[str]]]:
    return [[[one.text for one in cells] for cells in found.rows] for found in came.tables]


def test_a_table_is_read_with_its_marks_and_what_the_file_says_it_is() -> None:
    came = read_word(docx(f"<w:p>{run('名簿')}</w:p>{table(row(cell(marked('k1_1', '佐藤')), cell(run('課長'))))}"))
    assert (came.identifier, came.lines) == ("koryu:library.example/7Q42M9A", ("名簿", "library.example · 7Q42M9A"))
    assert texts(came) == [[["佐藤", "課長"]]]
    assert came.marks == {"k1_1"}


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("佐") + run("藤"), "佐藤"),
        (f"{run('one')}<w:r><w:br/></w:r>{run('two')}", "one\ntwo"),
        (f"{run('one')}<w:r><w:tab/></w:r>{run('two')}", "one two"),
        (
            f"<w:r><w:ruby><w:rt>{run('さとう')}</w:rt><w:rubyBase>{run('佐藤')}</w:rubyBase></w:ruby></w:r>",
            "佐藤",
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (f"<w:hyperlink>{run('link')}</w:hyperlink>", "link"),
        (
            (
                f"<mc:AlternateContent><mc:Choice>{run('box')}</mc:Choice><mc:Fallback>{run('box')}</mc:Fallback>"
                "</mc:AlternateContent>"
            ),
            "box",
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>' + run("7"),
            "7",
        ),
        ("<w:r><w:t xml:space='preserve'>  \ufa19谷 &amp; 﨑  </w:t></w:r>", "\ufa19谷 & 﨑"),
        ("", ""),
    ],
)
def test_the_text_of_a_cell_is_what_people_see(inside: str, text: str) -> None:
    assert texts(read_word(docx(table(row(cell(inside)))))) == [[[text.strip()]]]


def test_tracked_changes_are_read_as_accepted_with_what_was_there_and_by_whom() -> None:
    out = '<w:del w:author="王芳"><w:r><w:delText>36</w:delText></w:r></w:del>'
    put_in = f'<w:ins w:author="王芳">{run("37")}</w:ins>'
    inside = run("第") + out + put_in + run("回")
    ((one,),) = read_word(docx(table(row(cell(inside))))).tables[0].rows
    assert (one.text, one.before, one.tracked_by) == ("第37回", "第36回", ("王芳",))


def test_a_row_taken_out_while_changes_were_tracked_is_gone() -> None:
    out = row(cell(run("out")), properties='<w:del w:author="x"/>')
    put_in = row(cell(run("in")), properties='<w:ins w:author="x"/>')
    assert texts(read_word(docx(table(row(cell(run("stays"))), out, put_in)))) == [[["stays"], ["in"]]]


def test_rows_and_cells_in_content_controls_are_there() -> None:
    held = "<w:sdt><w:sdtContent>%s</w:sdtContent></w:sdt>"
    inside = held % row(held % cell(run("held")))
    assert texts(read_word(docx(f"<w:tbl>{inside}</w:tbl>"))) == [[["held"]]]


def test_merged_cells_and_tables_inside_cells_are_told() -> None:
    merged = table(row(cell(run("two"), '<w:gridSpan w:val="2"/>'), cell(run("down"), '<w:vMerge w:val="restart"/>')))
    wide, down = read_word(docx(merged)).tables[0].rows[0]
    assert ((wide.columns, wide.rows), (down.columns, down.rows)) == ((2, 1), (1, 2))
    nested = docx(table(row(f"<w:tc>{table(row(cell(run('inside'))))}<w:p/></w:tc>")))
    assert len(read_word(nested).tables) == 1


def test_comments_stand_with_their_cell() -> None:
    comments = (
        f'<w:comments {W}><w:comment w:id="4" w:author="李敏"><w:p>{run("要確認")}</w:p></w:comment></w:comments>'
    )
    inside = f'{run("x")}<w:r><w:commentReference w:id="4"/></w:r>'
    ((one,),) = read_word(docx(table(row(cell(inside))), word_comments=comments)).tables[0].rows
    assert [(said.author, said.text) for said in one.comments] == [("李敏", "要確認")]


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "meta")
)


def odt(body: str, meta: str = "") -> bytes:
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = (
        f'<office:document-content {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/">{text}</office:document-content>'
    )
    about = f"<office:document-meta {ODF}><office:meta>{meta}</office:meta></office:document-meta>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "meta.xml": about})


def test_a_file_of_libreoffice_is_read_alike() -> None:
    body = (
        "<text:p>名簿</text:p><table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>氏名"
        "</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p><text:bookmark-start text:name="k1_1"/>佐<text:s/>'
        '藤<text:bookmark-end text:name="k1_1"/></text:p><text:p>裕子<text:note>*</text:note></text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
    )
    kept = (
        '<meta:user-defined meta:name="OOXMLCorePropertyIdentifier">koryu:library.example/7Q42M9A</meta:user-defined>'
    )
    came = read_word(odt(body, kept))
    assert (came.identifier, came.lines, set(came.marks)) == ("koryu:library.example/7Q42M9A", ("名簿",), {"k1_1"})
    assert texts(came) == [[["氏名"], ["佐 藤\n裕子"]]]
    assert came.tables[0].rows[1][0].columns == 2


SOUND = docx(table(row(cell(marked("k1_1", "佐藤")), cell(run("課長")))))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"\x00\x01", "日程表.docx is not a Word file. It can be kept as evidence."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a", "Ask for .docx"),
        (docx(table(row(cell("")))), None),
        (zipped({"word/document.xml": "<w:document", "x": ""}), "ends too early"),
        (zipped({"word/document.xml": f"<w:document {W}/>"}), "ends too early"),
        (SOUND[: len(SOUND) // 2], "ends too early"),
        (zipped({"word/document.xml": b" " * 101_000_000}), "at most 50 MB is read"),
        (
            zipped(
                {
                    "word/document.xml": f'<!DOCTYPE d [<!ENTITY a "b">]><w:document {W}><w:body>'
                    + table(row(cell(run("&a;"))))
                    + "</w:body></w:document>"
                }
            ),
            None,
        ),
        (zipped({"word/document.xml": "<a>" * 400 + "</a>" * 400}), "ends too early"),
        (b"x" * 20_000_001, "A file has at most 20 MB."),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(body: bytes, why: str | None) -> None:
    if why is None:
        assert "b" not in str(texts(read_word(body, name="日程表.docx")))
        return
    with pytest.raises(Refused, match=why):
        read_word(body, name="日程表.docx")


@settings(max_examples=150, deadline=None)
@given(
    cuts=st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.binary(max_size=6)), min_size=1, max_size=6),
    end=st.integers(0, len(SOUND)),
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(cuts: list[tuple[int, bytes]], end: int) -> None:
    body = bytearray(SOUND)
    for at, put in cuts:
        body[at : at + len(put)] = put
    try:
        read_word(bytes(body[:end] if end % 3 == 0 else body))
    except Refused:
        return


@settings(max_examples=80, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, 900), st.text(max_size=8)), min_size=1, max_size=5))
def test_damaged_xml_is_read_or_refused_and_nothing_else(cuts: list[tuple[int, str]]) -> None:
    body = table(row(cell(marked("k1_1", "佐藤")), cell(run("課長"), '<w:gridSpan w:val="2"/>')))
    for at, put in cuts:
        body = body[: at % len(body)] + put.replace("\x00", "") + body[at % len(body) :]
    try:
        read_word(docx(body))
    except (Refused, UnicodeEncodeError):
        return
