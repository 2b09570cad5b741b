"""What kind of file it is, by its first bytes: names lie, and .doc is given to five kinds of file."""

from enum import StrEnum
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile


class FileKind(StrEnum):
    """The kinds that are told apart."""

    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    ODS = "ods"
    HWPX = "hwpx"
    OLE = "an older Office file"
    LOCKED = "locked with a password"
    RTF = "rtf"
    HWP = "hwp"
    PDF = "pdf"
    HTML = "html"
    IMAGE = "an image"
    ZIP = "zip"
    OTHER = "other"


_STARTS: Final = (
    (b"%PDF-", FileKind.PDF),
    (b"{\\rt", FileKind.RTF),
    (b"HWP Document File", FileKind.HWP),
    (b"\x89PNG\r\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams inside, in UTF-16: a password around an Office file; the file of Hangul.
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_HANGUL: Final = "HwpSummaryInformation".encode("utf-16-le")
_PARTS: Final = (
    ("word/document.xml", FileKind.DOCX),
    ("xl/workbook.xml", FileKind.XLSX),
    ("Contents/section0.xml", FileKind.HWPX),
)
_MIMETYPES: Final = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
    b"application/hwp+zip": FileKind.HWPX,
}


def file_kind(body: bytes) -> FileKind:
    """The kind of a file by what is in it."""
    for start, kind in _STARTS:
        if body.startswith(start):
            return kind
    if body.startswith(_OLE):
        return FileKind.LOCKED if _LOCKED in body else FileKind.HWP if _HANGUL in body else FileKind.OLE
    if body.startswith(b"PK\x03\x04"):
        return _in_zip(body)
    begins = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return FileKind.HTML if begins.startswith((b"<!doctype html", b"<html")) else FileKind.OTHER


def _in_zip(body: bytes) -> FileKind:
    try:
        with ZipFile(BytesIO(body)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as mimetype:
                    return _MIMETYPES.get(mimetype.read(100).strip(), FileKind.ZIP)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return FileKind.ZIP
    return next((kind for part, kind in _PARTS if part in names), FileKind.ZIP)
