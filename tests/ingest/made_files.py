"""Files as offices send them, made by the tests: workbooks, tables of web pages, mails."""

import io
import struct
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

import openpyxl

PEOPLE = (
    ("氏名", "ふりがな", "職名"),
    ("神\ufa19 太郎", "かみ たろう", "館長"),
    ("山田 花子", "やまだ はなこ", "課長"),
)


def xlsx(
    rows: Sequence[Sequence[Any]] = PEOPLE, *, merged: Sequence[str] = (), sheets: Sequence[str] = ("名簿",)
) -> bytes:
    """A workbook with these rows in its first sheet."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name).append(["x"])
    for row in rows:
        book.worksheets[0].append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def ods(rows: Sequence[Sequence[str]] = PEOPLE) -> bytes:
    """A sheet of OpenDocument 1.3 with what it must have."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="名簿">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    says = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{says}"/></manifest:manifest>'
    )
    return package({"mimetype": says, "META-INF/manifest.xml": manifest, "content.xml": content})


def xls(rows: Sequence[Sequence[str]] = PEOPLE) -> bytes:
    """A workbook as Excel 97 writes one (BIFF8 in a compound file), with the records that it must have."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def begins(what: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, what, 0x0DBB, 0x07CC, 0, 6))

    def label(row: int, column: int, text: str) -> bytes:
        return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))

    name = "名簿"
    end = record(0x000A, b"")
    bound = 8 + len(name.encode("utf-16-le"))
    first = len(begins(5)) + 4 + bound + len(end)
    sheet = struct.pack("<IHBB", first, 0, len(name), 1) + name.encode("utf-16-le")
    cells = b"".join(label(row, place, text) for row, line in enumerate(rows) for place, text in enumerate(line))
    return _compound(begins(5) + record(0x0085, sheet) + end + begins(0x10) + cells + end)


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream, `Workbook` (MS-CFB): a header, a table of sectors, a directory, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [*range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *chain, *[0xFFFFFFFF] * (126 - len(chain)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        written = name.encode("utf-16-le") + b"\0\0" if name else b""
        head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
        return head + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", start, size)

    none = 0xFFFFFFFE
    directory = entry("Root Entry", 5, 1, none, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    directory += entry("", 0, 0xFFFFFFFF, 0, 0) * 2
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, none, 0, none, 0, 0) + b"\xff" * 432
    return header + table + directory + stream


def package(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP package."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, body in parts.items():
            made.writestr(name, body, zipfile.ZIP_STORED if name == "mimetype" else None)
    return written.getvalue()


def changed_part(body: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A package with something else in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(body)) as read:
        parts: dict[str, str | bytes] = {name: read.read(name) for name in read.namelist()}
    written = parts[part]
    assert isinstance(written, bytes)
    assert old in written
    return package({**parts, part: written.replace(old, new)})


def mail(
    *,
    sender: str = "王芳 <wang@nlc.example>",
    subject: str = "参加人员名单",
    text: str = "您好！名单见附件。",
    attached: Sequence[tuple[str, bytes]] = (("名单.xlsx", b"PK"),),
    dated: str = "Tue, 07 Sep 2027 23:30:00 +0800",
    name: str = "<one@nlc.example>",
) -> bytes:
    """A mail with what is attached to it."""
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"], made["Message-ID"] = sender, subject, dated, name
    made.set_content(text)
    for called, body in attached:
        made.add_attachment(body, maintype="application", subtype="octet-stream", filename=called)
    return made.as_bytes()
