"""Files with tables: what stands in them as plain texts; and for all that holds none, one sentence."""

import csv
import datetime
import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koryu.ingest import text_tables
from koryu.ingest.file_kinds import MOST_UNPACKED
from koryu.ingest.table_files import MOST_ROWS, TableOptions, read_table, table_file
from koryu.publishing.spreadsheets import ListFile, as_csv, as_xlsx
from koryu.sheets.rows.paper_rows import PAPERS
from koryu.sheets.rows.pasted_columns import header_words
from koryu.sheets.rows.people_rows import PEOPLE as PEOPLE_SHEET
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.values.reason import Refused
from tests.ingest.made_files import PEOPLE, changed_part, ods, package, xls, xlsx

TAGS: Final = ("ja", "zh-Hans", "ko", "en")
WORDS: Final = sorted(
    {word for sheet in (PEOPLE_SHEET, PAPERS, TIMETABLE) for word in header_words(sheet.shown_columns(TAGS))}
)
SHEET: Final = "xl/worksheets/sheet1.xml"
AS_READ: Final = [list(row) for row in PEOPLE]


def read(body: bytes, *, name: str = "list.xlsx", **asked: Any) -> dict[str, Any]:
    """As the child reads it, here."""
    options = {"name": name, "words": WORDS, "sheet": "", "encoding": "", "fill": False, **asked}
    return read_table(json.dumps(options).encode() + b"\n" + body)


def cells(body: bytes, **asked: Any) -> list[list[str]]:
    return [row for _number, row in read(body, **asked)["rows"]]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.xlsx", xlsx()),
        ("a.ods", ods()),
        ("a.xls", xls()),
        ("a.csv", "\n".join(",".join(row) for row in PEOPLE).encode()),
        ("a.csv", b"\xef\xbb\xbf" + "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in PEOPLE).encode()),
        ("a.csv", "\n".join(";".join(row) for row in PEOPLE).encode()),
        ("a.tsv", "\n".join("\t".join(row) for row in PEOPLE).encode()),
        ("a.txt", "\n".join("\t".join(row) for row in PEOPLE).encode("utf-16")),
        # The name says nothing: a CSV that is called a workbook, a table of a web page that is.
        ("a.xlsx", "\n".join(",".join(row) for row in PEOPLE).encode()),
        (
            "a.xls",
            "<html><table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in PEOPLE),
        ),
    ],
)
def test_every_form_gives_the_same_table_and_a_rare_letter_stays_that_letter(name: str, body: bytes | str) -> None:
    written = body.encode() if isinstance(body, str) else body
    table = table_file(name=name, body=written, words=WORDS, options=TableOptions())
    assert [list(row) for row in table.rows] == AS_READ
    assert table.numbers == (1, 2, 3)


@pytest.mark.parametrize(
    ("encoding", "rows"),
    [
        ("cp932", "氏名,職名\n山田太郎,館長"),
        ("cp932", "氏名,所属,職名\n髙橋①,総務部㈱,課長"),
        ("cp932", "番号,報告者,題目\n1,佐藤,電子図書館の現状"),
        ("cp932", "日付,時間,内容\n11月9日,10:00,開会式"),
        ("gb18030", "姓名,职务\n沈文远,副馆长"),
        ("gb18030", "序号,姓名,拼音,部门\n1,朱镕基,Zhu Rongji,国际交流处"),
        ("gb18030", "日期,时间,内容\n11月9日,10:00,开幕式"),
        ("gb18030", "姓名,职务\n㐀䶮,处长"),
        ("cp949", "성명,직위\n김철수,관장"),
        ("cp949", "성명,소속,직위\n펲샾,국제교류과,과장"),
        ("cp949", "일자,시간,내용\n11월 9일,10:00,개회식"),
        ("euc_jp", "氏名,職名\n山田太郎,館長"),
        ("euc_jp", "氏名,ふりがな,所属\n田中,たなか,総務部"),
    ],
)
def test_two_lines_in_a_national_encoding_are_read_in_it(encoding: str, rows: str) -> None:
    answer = read(rows.encode(encoding), name="a.csv")
    assert answer["encoding"] == encoding
    assert answer["rows"] == [[number, line.split(",")] for number, line in enumerate(rows.split("\n"), 1)]
    assert set(answer["encodings"]) >= {"utf-8", "cp932", "gb18030", "cp949", "euc_jp", "big5"}


def test_what_somebody_chose_is_read_so_even_where_it_is_not_likely() -> None:
    body = "氏名,職名\n山田太郎,館長".encode("cp932")
    assert read(body, encoding="big5")["encoding"] == "big5"
    assert cells(body, encoding="big5") != cells(body)
    assert cells("姓名,職務\n陳美玲,館長".encode("big5"), encoding="big5") == [["姓名", "職務"], ["陳美玲", "館長"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.date(2017, 11, 13), "2017-11-13"),
        (datetime.datetime(2017, 11, 13, 9, 30), "2017-11-13 09:30"),  # noqa: DTZ001 -- a cell has no zone
        (datetime.time(9, 30), "09:30"),
        (36.0, "36"),
        (9784875820000.0, "9784875820000"),
        (45000, "45000"),
        (1.5, "1.5"),
        (True, "TRUE"),
        ("平成29年11月13日", "平成29年11月13日"),
        ("００７", "００７"),
        (" in  ner ", " in  ner "),
    ],
)
def test_a_cell_is_the_text_that_people_read_in_it(value: Any, text: str) -> None:
    assert cells(xlsx([["氏名", "職名"], ["x", value]]))[1][1] == text


def test_rows_keep_their_numbers_where_rows_and_columns_before_are_empty() -> None:
    answer = read(xlsx([[], [], [None, "氏名", "職名"], [], [None, "山田", "館長"]]))
    assert answer["rows"] == [[3, ["", "氏名", "職名"]], [5, ["", "山田", "館長"]]]


def test_merged_cells_are_told_and_filled_down_only_where_somebody_says_so() -> None:
    body = xlsx([["日", "内容"], ["11/9", "a"], [None, "b"], [None, "c"]], merged=["A2:A4", "A1:A1"])
    answer = read(body)
    assert answer["merged"] == ("A2:A4",)
    assert [row[0] for _number, row in answer["rows"]] == ["日", "11/9", "", ""]
    assert [row[0] for row in cells(body, fill=True)] == ["日", "11/9", "11/9", "11/9"]


def test_a_formula_that_keeps_no_value_is_named_by_its_cell_and_one_that_keeps_it_is_read() -> None:
    body = xlsx([["氏名", "職名"], ["x", "=A1"], ["y", "=B2"]])
    kept = changed_part(body, SHEET, b"<f>A1</f><v></v>", b"<f>A1</f><v>7</v>")
    assert read(body)["valueless"] == ["B2", "B3"] or read(body)["valueless"] == ("B2", "B3")
    assert list(read(kept)["valueless"]) == ["B3"]
    assert cells(kept)[1][1] == "7"


def test_of_several_sheets_the_first_that_holds_something_is_read_and_the_others_are_named() -> None:
    answer = read(xlsx(sheets=["名簿", "日程", "備考"]))
    assert (answer["sheet"], list(answer["sheets"])) == ("名簿", ["名簿", "日程", "備考"])
    assert cells(xlsx(sheets=["名簿", "日程"]), sheet="日程") == [["x"]]
    assert read(xlsx([], sheets=["空", "日程"]))["sheet"] == "日程"


BOMB: Final = package(
    {"xl/workbook.xml": b"0" * (MOST_UNPACKED // 2 - 1), "a": b"0" * (MOST_UNPACKED // 2), "b": b"00"}
)


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("日程表.xlsx", b"%PDF-1.7", "“日程表.xlsx” is not a spreadsheet; it is a file of the type PDF."),
        ("a.xls", package({"word/document.xml": "x"}), "The file ends too early; it may have been damaged on the way."),
        ("a.xlsx", package({"x": "y"}), "“a.xlsx” is not a spreadsheet; it is a file of the type ZIP."),
        ("a.csv", b"\x00\x01\x02", "“a.csv” is not a spreadsheet that can be read here. Ask for it as .xlsx or CSV."),
        ("a.xlsx", b"", "“a.xlsx” is empty."),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "This file is locked with a password. Ask for an unlocked copy.",
        ),
        (
            "a.ods",
            package(
                {
                    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                    "META-INF/manifest.xml": "<manifest:encryption-data/>",
                }
            ),
            "This file is locked with a password. Ask for an unlocked copy.",
        ),
        (
            "a.xlsm",
            package({"xl/workbook.xml": "x", "xl/vbaProject.bin": "x"}),
            "This file holds a program. It is not read; ask for it as .xlsx.",
        ),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook_VBA_PROJECT_CUR".encode("utf-16-le"),
            "This file holds a program. It is not read; ask for it as .xlsx.",
        ),
        ("a.xlsx", BOMB, "Unpacked this file would take 100 MB; at most 100 MB is read."),
        (
            "a.xlsx",
            package({f"xl/{n}": "" for n in range(2001)}),
            "This file has 2001 parts; at most 2000 are read.",
        ),
        ("a.xlsx", xlsx()[:-200], "The file ends too early; it may have been damaged on the way."),
        ("a.xlsx", xlsx([]), "There is no table in this file."),
        ("a.csv", b" \n,,\n", "There is no table in this file."),
        ("a.csv", "氏名\n".encode() * 12_310, "5,000 rows at most; this has 12,310."),
        ("a.xlsx", xlsx([["x"]] * 5_001), "5,000 rows at most; this has 5,001."),
        ("a.csv", b"x," * 1200, "This is 1201 columns; a sheet takes 50."),
        (
            "a.csv",
            b"\x81\xff\x81\xff\xfd\xfd\n",
            "The characters in this file cannot be read. Save it again as CSV in UTF-8, or as .xlsx.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_holds_no_table_is_refused_with_one_sentence(name: str, body: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        table_file(name=name, body=body, words=WORDS, options=TableOptions())
    assert str(refused.value.reason) == sentence


def test_a_sheet_that_claims_a_million_rows_costs_no_more_than_the_child_may_use() -> None:
    body = changed_part(xlsx([["氏名", "職名"], ["x", "y"]]), SHEET, b'r="2"', b'r="1048576"')
    body = changed_part(changed_part(body, SHEET, b'r="A2"', b'r="A1048576"'), SHEET, b'r="B2"', b'r="XFD1048576"')
    with pytest.raises(Refused) as refused:
        table_file(name="a.xlsx", body=body, words=WORDS, options=TableOptions())
    assert "Nothing was taken from it." in str(refused.value.reason)


WRITTEN: Final = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters="\x00\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\ufffe\uffff"
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and not any(ord(letter) < 32 and letter != "\n" for letter in text))


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(WRITTEN, min_size=2, max_size=2), min_size=1, max_size=4))
def test_whatever_goes_out_comes_back_as_it_was(rows: list[list[str]]) -> None:
    listed = ListFile(called="x", heads=["氏名", "職名"], rows=rows)
    assert as_xlsx(listed) == as_xlsx(listed)
    assert cells(as_xlsx(listed)) == [["氏名", "職名"], *rows]
    assert cells(as_csv(listed)) == [["氏名", "職名"], *rows]


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+81 3",
        "-5",
        "@SUM(A1)",
        "'=x",
        "''-y",
        "007",
        "_x0041_",
        '="x",2',
        "a;=1+1",
        "＝1+1",
        "＋81",
        "－5",
        "＠x",
    ],
)
def test_nothing_that_goes_out_is_a_formula_for_whoever_opens_it(formula: str) -> None:
    listed = ListFile(called="x", heads=["a", "b"], rows=[[formula, "z"]])
    assert cells(as_xlsx(listed))[1] == [formula, "z"]
    assert cells(as_csv(listed))[1] == [formula, "z"]
    line = as_csv(listed).decode("utf-8-sig").split("\r\n")[1].lstrip('"')
    signs = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    assert not line.startswith(signs)
    # Where a semicolon ends a cell, too.
    here = csv.reader([as_csv(listed).decode("utf-8-sig").split("\r\n")[1]], delimiter=";")
    assert not [cell for row in here for cell in row if cell.startswith(signs)]


REAL: Final[dict[str, bytes]] = {
    "xlsx": xlsx([["日", "内容"], ["11/9", "=A1"], [None, datetime.time(9)]], merged=["A2:A3"], sheets=["a", "b"]),
    "stored": package({name: xlsx() for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml")}),
    "ods": ods(),
    "cp932": "氏名,職名\n山田太郎,館長\n".encode("cp932"),
    "utf-16": "氏名\t職名\n".encode("utf-16"),
    "html": b"<html><table><tr><td rowspan=3>a<td>b<tr><td>c</table>",
    "xls": xls(),
}


def damaged(parts: tuple[bytes, list[tuple[int, int]], int, bytes]) -> bytes:
    """A real file with some bytes changed, cut off, and something put behind it."""
    body, changes, cut, more = parts
    made = bytearray(body)
    for at, value in changes:
        made[at % len(made)] = value
    return bytes(made[: max(1, len(made) - cut)]) + more


DAMAGED: Callable[[bytes], st.SearchStrategy[bytes]] = lambda body: st.tuples(  # noqa: E731 -- a strategy of one line
    st.just(body),
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), max_size=12),
    st.one_of(st.just(0), st.integers(0, 400)),
    st.one_of(st.just(b""), st.binary(max_size=40)),
).map(damaged)


@pytest.mark.parametrize("kind", REAL)
def test_a_damaged_file_gives_a_table_or_a_sentence_and_never_a_trace(kind: str) -> None:
    @settings(max_examples=120, deadline=None)
    @given(body=DAMAGED(REAL[kind]))
    def fuzzed(body: bytes) -> None:
        try:
            answer = read(body)
        except Refused as refused:
            assert str(refused.reason)  # noqa: PT017 -- either is right: a table, or a sentence
        except MemoryError:
            return
        else:
            json.dumps(answer)
            assert 0 < len(answer["rows"]) <= MOST_ROWS
            assert all(isinstance(cell, str) for _number, row in answer["rows"] for cell in row)

    fuzzed()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_read_as_some_letters_or_none(body: bytes) -> None:
    try:
        text, encoding = text_tables.decoded(body, words=WORDS)
    except Refused:
        return
    assert encoding in text_tables.OFFERED
    assert isinstance(text, str)
