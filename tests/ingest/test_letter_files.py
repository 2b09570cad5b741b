"""A letter that came back in a Word file: which one it is, what was tracked in it; damaged, a sentence."""

import io
import json
import zipfile
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koryu.ingest.letter_files import LetterFile, letter_file, read_letter
from koryu.ingest.table_files import FileComment, TrackedText, read_table
from koryu.publishing.letters.plan_back import PlanNames, plan_changes, sent_plan
from koryu.publishing.letters.word import word_file
from koryu.sheets.placing import CameCell
from koryu.values.reason import Refused
from tests.ingest.made_files import package, xlsx
from tests.ingest.test_word import CORE, FOOTER, W, cell, docx, marked, odt, row, run, table
from tests.publishing.letters.letter_samples import made

INK: Final = 'w:author="王芳"'


def read(body: bytes, name: str = "a.docx", *, rejected: bool = False) -> dict[str, Any]:
    return read_letter(json.dumps({"name": name, "rejected": rejected}).encode() + b"\n" + body)


def core(identifier: str) -> str:
    return CORE.replace("koryu:library.example/7Q42M9A", identifier)


def foot(line: str) -> str:
    return FOOTER.replace("library.example · 7Q42M9A", line)


BODY: Final = table(row(cell(run("甲"))))


@pytest.mark.parametrize(
    ("identifier", "line", "mark", "named"),
    [
        ("koryu:library.example/7Q42M9A", "", "", ("7Q42M9A", 1, "library.example")),
        ("koryu:library.example/7Q42M9A-2", "", "", ("7Q42M9A", 2, "library.example")),
        ("", "library.example · 7Q42M9A   1", "", ("7Q42M9A", 1, "library.example")),
        ("", "library.example · 7Q42M9A-3 · 案", "", ("7Q42M9A", 3, "library.example")),
        ("", "", "k7Q42M9A_12_Copy_1", ("7Q42M9A", 0, "")),
        ("7Q42M9A", "7Q42M9A", "", ("", 0, "")),
        ("", "library.example · 7Q42M9AX", "", ("", 0, "")),
    ],
)
def test_a_file_says_by_any_of_three_ways_which_letter_it_is(
    identifier: str, line: str, mark: str, named: tuple[str, int, str]
) -> None:
    inside = marked(mark, "甲") if mark else run("甲")
    body = docx(table(row(cell(inside))), docProps_core=core(identifier), word_footer1=foot(line))
    said = read(body)
    assert (said["letter"], said["version"], said["host"]) == named


def test_parts_of_two_letters_are_not_taken() -> None:
    body = docx(table(row(cell(marked("k0000000_1", "甲")))))
    with pytest.raises(Refused, match=r"parts of two letters \(0000000, 7Q42M9A\)"):
        read(body)


def tracked_docx() -> bytes:
    """A cell changed, a row put in, one taken out, and a line outside the table changed, all tracked; with comments."""
    changed = f"<w:del {INK}><w:r><w:delText>森</w:delText></w:r></w:del><w:ins {INK}>{run('林')}</w:ins>{run('花子')}"
    put_in = row(cell(f"<w:ins {INK}>{run('新')}</w:ins>"), properties=f"<w:ins {INK}/>")
    gone = row(cell(f"<w:del {INK}><w:r><w:delText>旧</w:delText></w:r></w:del>"), properties=f"<w:del {INK}/>")
    beside = f'{run("甲")}<w:r><w:commentReference w:id="1"/></w:r>'
    line = f"<w:p>{run('発')}<w:ins {INK}>{run('送')}</w:ins></w:p>"
    said = "".join(f'<w:comment w:id="{n}" w:author="李敏"><w:p>{run(text)}</w:p></w:comment>' for n, text in NOTED)
    body = line + table(row(cell(beside)), row(cell(changed)), gone, put_in)
    return docx(body, word_comments=f"<w:comments {W}>{said}</w:comments>")


NOTED: Final = ((1, "要確認"), (2, "全体に"))


def test_tracked_changes_and_comments_are_told_with_and_without_accepting() -> None:
    accepted = letter_file(name="a.docx", body=tracked_docx())
    rejected = letter_file(name="a.docx", body=tracked_docx(), rejected=True)
    assert texts(accepted) == [["甲"], ["林花子"], ["新"]]
    assert texts(rejected) == [["甲"], ["森花子"], ["旧"]]
    assert accepted.tracked == (
        TrackedText(2, 0, "王芳", "森花子", "林花子"),
        TrackedText(3, -1, "王芳", "旧", ""),
        TrackedText(4, -1, "王芳", "", "新"),
        TrackedText(0, -1, "王芳", "発", "発送"),
    )
    assert accepted.comments == (FileComment(1, 0, "李敏", "要確認"), FileComment(0, -1, "李敏", "全体に"))
    assert (rejected.tracked, rejected.comments) == (accepted.tracked, accepted.comments)


def texts(file: LetterFile) -> list[list[str]]:
    return [[each.text for each in cells] for cells in file.tables[0]]


def test_the_same_is_told_of_a_list_by_the_numbers_of_its_rows_in_the_file() -> None:
    asked = {"name": "a", "words": [], "sheet": "", "encoding": "", "fill": False}
    said = read_table(json.dumps({**asked, "rejected": False}).encode() + b"\n" + tracked_docx())
    assert said["rows"] == [[1, ["甲"]], [2, ["林花子"]], [4, ["新"]]]
    said = read_table(json.dumps({**asked, "rejected": True}).encode() + b"\n" + tracked_docx())
    assert said["rows"] == [[1, ["甲"]], [2, ["森花子"]], [3, ["旧"]]]


def tracked_odt() -> str:
    """The body of a text with one cell changed by 王芳 while changes were tracked."""
    regions = "".join(
        f'<text:changed-region text:id="{name}"><text:{how}><office:change-info><dc:creator>王芳</dc:creator>'
        f"</office:change-info>{gone}</text:{how}></text:changed-region>"
        for name, how, gone in (("a", "insertion", ""), ("b", "deletion", "<text:p>森</text:p>"))
    )
    put_in = '<text:change-start text:change-id="a"/>林<text:change-end text:change-id="a"/>'
    inside = f'<text:change text:change-id="b"/>{put_in}花子'
    return (
        f"<text:tracked-changes>{regions}</text:tracked-changes><table:table><table:table-row><table:table-cell>"
        f"<text:p>{inside}</text:p></table:table-cell></table:table-row></table:table>"
    )


def test_tracked_changes_of_libreoffice_are_told_alike() -> None:
    body = odt(tracked_odt())
    said = read(body, "a.odt")
    assert said["tracked"] == [[1, 0, "王芳", "森花子", "林花子"]]
    assert [each[0] for each in said["tables"][0][0]] == ["林花子"]
    assert [each[0] for each in read(body, "a.odt", rejected=True)["tables"][0][0]] == ["森花子"]


BAD: Final[dict[str, tuple[str, bytes, str]]] = {
    "pdf": ("日程表.docx", b"%PDF-1.7", "日程表.docx is not a Word file; it is PDF. It can be kept as evidence."),
    "picture": ("a.docx", b"\x89PNG\r\n", "a.docx is not a Word file; it is PNG. It can be kept as evidence."),
    "spreadsheet": ("a.docx", xlsx(), "a.docx is not a Word file; it is xlsx. It can be kept as evidence."),
    "password": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "This file is locked with a password. Ask for an unlocked copy.",
    ),
    "macros": (
        "a.docm",
        package({"word/document.xml": "", "word/vbaProject.bin": ""}),
        "This file holds a program. It is kept unread; ask for it as .docx.",
    ),
    "bomb": (
        "a.docx",
        package({"word/document.xml": b"0" * (50 * 1024 * 1024), "a": b"0" * (50 * 1024 * 1024), "b": b"0"}),
        "Unpacked this file would take 100 MB; at most 100 MB is read.",
    ),
    "parts": (
        "a.docx",
        package({"word/document.xml": "", **{str(n): "" for n in range(2_000)}}),
        "This file has 2001 parts; at most 2000 are read.",
    ),
    "cut off": ("a.docx", docx(BODY)[:-100], "The file ends too early; it may have been damaged on the way."),
    "older": (
        "a.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "Ask for .docx (Save as → Word document / 另存为 / 다른 이름으로 저장). The file is kept.",
    ),
    "rtf": (
        "a.rtf",
        b"{\\rtf1 x}",
        "Ask for .docx (Save as → Word document / 另存为 / 다른 이름으로 저장). The file is kept.",
    ),
    "hangul": (
        "a.hwp",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "FileHeader DocInfo BodyText".encode("utf-16-le"),
        "Ask for .docx (Save as → Word document / 另存为 / 다른 이름으로 저장). The file is kept.",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_letter_that_can_be_read_is_refused_with_one_sentence(what: str) -> None:
    name, body, sentence = BAD[what]
    with pytest.raises(Refused) as refused:
        read(body, name)
    assert str(refused.value.reason) == sentence


PLAN: Final = made("plan", "zh-Hans", "ja").pages
REAL: Final[dict[str, bytes]] = {
    kind: word_file(made(kind, "zh-Hans", "ja").pages, host="library.example")
    for kind in ("plan", "participants", "programme")
}


def part_of(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read("word/document.xml")


def with_part(body: bytes, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return package({**parts, "word/document.xml": part})


# What happens to a file on its way: stretches lost, doubled, moved, and bytes changed.
CUTS: Final = st.lists(
    st.tuples(st.integers(0, 200_000), st.integers(0, 400), st.sampled_from(["out", "twice", "byte", "row"])),
    min_size=1,
    max_size=8,
)


def cut(part: bytes, cuts: list[tuple[int, int, str]]) -> bytes:
    for at, length, how in cuts:
        place = at % max(1, len(part))
        if how == "out":
            part = part[:place] + part[place + length :]
        elif how == "twice":
            part = part[: place + length] + part[place:]
        elif how == "byte":
            part = part[:place] + bytes([length % 256]) + part[place + 1 :]
        else:
            # A whole row out: the file stays sound, and its table is another one.
            rows = part.split(b"<w:tr>")
            del rows[at % len(rows)]
            part = b"<w:tr>".join(rows)
    return part


@pytest.mark.parametrize("kind", REAL)
def test_a_damaged_letter_gives_differences_or_a_sentence_and_never_a_trace(kind: str) -> None:
    part, sent = part_of(REAL[kind]), sent_plan(PLAN)
    assert sent

    @settings(max_examples=80, deadline=None)
    @given(cuts=CUTS)
    def fuzzed(cuts: list[tuple[int, int, str]]) -> None:
        try:
            said = read(with_part(REAL[kind], cut(part, cuts)))
        except Refused as refused:
            assert str(refused.reason)  # noqa: PT017 -- either is right: a letter, or a sentence
            return
        json.dumps(said)
        for each in said["tables"]:
            came = [
                [
                    CameCell(text, tuple(sent.marks[mark] for mark in marks if mark in sent.marks), *size)
                    for text, marks, *size in cells
                ]
                for cells in each
            ]
            for change in plan_changes(sent, came, sent, PlanNames({})).changes:
                assert change.act in ("", "set", "add", "remove")
                assert change.act or change.reason

    fuzzed()


@settings(max_examples=60, deadline=None)
@given(cuts=CUTS)
def test_a_damaged_file_of_libreoffice_gives_cells_or_a_sentence(cuts: list[tuple[int, int, str]]) -> None:
    body = cut(tracked_odt().encode(), cuts).decode("utf-8", "ignore").replace("\x00", "")
    try:
        said = read(odt(body), "a.odt")
    except Refused as refused:
        assert str(refused.reason)  # noqa: PT017 -- either is right: cells, or a sentence
        return
    json.dumps(said)
