"""What a file is, told by its first bytes and never by its name; and whether it may be unpacked at all."""

import struct
import zipfile
import zlib
from io import BytesIO
from lzma import LZMAError
from typing import Final

from koryu.values.reason import Reason, Refused

MOST_ENTRIES: Final = 2_000
MOST_UNPACKED: Final = 100 * 1024 * 1024
MOST_OF_A_PART: Final = 50 * 1024 * 1024
LOCKED: Final = Reason("This file is locked with a password. Ask for an unlocked copy.")
CUT_OFF: Final = Reason("The file ends too early; it may have been damaged on the way.")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
# (how it begins, what it is called: the same in every language).
_OTHERS: Final = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\x00", "SQLite"),
)
# What a package that was made up raises besides BadZipFile.
ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    ValueError,
    NotImplementedError,
    OSError,
    EOFError,
    KeyError,
    IndexError,
    struct.error,
    RuntimeError,
    zlib.error,
    LZMAError,
)


def kind_of(body: bytes) -> str:
    """`xlsx`, `xls`, `ods`, `xlsb`, `docx`, `odt`, `hwpx`, `zip`, `hwp`, `ole`, `html`, `text`, or what else it is
    called (PDF).

    Raises Refused for what is locked, is cut off, or would be too much unpacked.
    """
    if body.startswith(_ZIP):
        return _kind_of_package(body)
    if body.startswith(_OLE):
        return _kind_of_compound(body)
    other = next((called for begins, called in _OTHERS if body.startswith(begins)), "")
    if other:
        return other
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        return "html"
    return "text" if is_text(body) else "?"


def is_text(body: bytes) -> bool:
    """Whether this could be lines of text in some encoding: a text has no null but in UTF-16, which begins with a
    mark."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not {*range(9), *range(14, 27), *range(28, 32)}.intersection(body)


def _kind_of_package(body: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(body)) as package:
            entries = package.infolist()
            _check_size(entries)
            names = {entry.filename for entry in entries}
            # Of two parts of one name, one program reads the first and another the last.
            if len({name.lower() for name in names}) < len(entries):
                raise Refused(CUT_OFF)
            if any(name.lower().endswith("vbaproject.bin") or "/activex/" in name.lower() for name in names):
                return "program"
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused(LOCKED)
            return _by_names(names, package)
    except Refused:
        raise
    except ZIP_ERRORS as error:
        raise Refused(CUT_OFF) from error


def _by_names(names: set[str], package: zipfile.ZipFile) -> str:
    lower = {name.lower() for name in names}
    for name, kind in (
        ("xl/workbook.xml", "xlsx"),
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "docx"),
        ("contents/content.hpf", "hwpx"),
    ):
        if name in lower:
            return kind
    says = package.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    if "opendocument.spreadsheet" in says:
        locked = "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml")
        if locked:
            raise Refused(LOCKED)
        return "ods"
    return "odt" if "opendocument.text" in says else "zip"


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Refused(
            Reason("This file has %(count)s parts; at most %(most)s are read.", count=len(entries), most=MOST_ENTRIES)
        )
    size = sum(entry.file_size for entry in entries)
    if size > MOST_UNPACKED or any(entry.file_size > MOST_OF_A_PART for entry in entries):
        raise Refused(
            Reason(
                "Unpacked this file would take %(size)s MB; at most %(most)s MB is read.",
                size=max(size, 1024 * 1024) // (1024 * 1024),
                most=(MOST_UNPACKED if size > MOST_UNPACKED else MOST_OF_A_PART) // (1024 * 1024),
            )
        )


def _kind_of_compound(body: bytes) -> str:
    """A compound file holds the names of its streams in UTF-16."""
    if _named(body, "EncryptedPackage"):
        raise Refused(LOCKED)
    if _named(body, "FileHeader") and _named(body, "BodyText"):
        return "hwp"
    if _named(body, "_VBA_PROJECT_CUR") or _named(body, "_VBA_PROJECT"):
        return "program"
    if _named(body, "Workbook") or _named(body, "Book"):
        return "xls"
    return "DOC" if _named(body, "WordDocument") else "ole"


def _named(body: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in body
