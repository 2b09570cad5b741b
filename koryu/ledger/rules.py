"""May this be kept as a file? Asked by its content and its name together: the name is not to lie about the content."""

import re
import zipfile
from collections.abc import Callable, Mapping
from email.parser import BytesHeaderParser
from io import BytesIO
from typing import Final

from koryu.values.reason import Reason

_LONGEST_NAME: Final = 200
# What a text never holds; ESC is there for mails from Japan (ISO-2022-JP).
_NO_TEXT: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
# A page or a picture that runs would be no text to read, whatever it is called.
_PAGE: Final = re.compile(rb"\s*<(?:!doctype|html|script|svg)", re.IGNORECASE)
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HANGUL: Final = "application/hwp+zip"
_OPEN: Final = "application/vnd.oasis.opendocument.text"


def may_keep(*, name: str, body: bytes, most: int) -> Reason | None:
    """Whether a file of this name with these bytes is one of the types that are kept, whole, and of `most` bytes."""
    kind = _KINDS.get(_ending(name))
    if kind is None:
        return Reason("“%(name)s” is not kept: a file is one of %(types)s.", name=name, types=", ".join(_KINDS))
    if len(body) > most:
        size = {"name": name, "most": most // (1024 * 1024)}
        return Reason("“%(name)s” is too large: a file has at most %(most)s MB.", **size)
    if not body:
        return Reason("“%(name)s” is empty.", name=name)
    _, is_such = kind
    if not is_such(body):
        return Reason("“%(name)s” is not what its name says: its content is of another type, or damaged.", name=name)
    return None


def media_type_of(name: str) -> str:
    """The media type of a file that may be kept, by its name."""
    return _KINDS[_ending(name)][0]


def name_to_keep(name: str) -> str:
    """A file's name as it is kept: without folders and control characters, and not too long; its ending stays."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in last if one.isprintable()).strip()
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[:_LONGEST_NAME]


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda body: body.startswith(signs)


def _is_text(body: bytes) -> bool:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _reads_as(body, "utf-16")
    return not body.startswith(_SIGNS) and not _PAGE.match(body) and not _NO_TEXT.intersection(body)


def _reads_as(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_mail(body: bytes) -> bool:
    headers = BytesHeaderParser().parsebytes(body[: 256 * 1024])
    return _is_text(body) and "from" in headers and ("date" in headers or "subject" in headers)


def _is_word(body: bytes) -> bool:
    names = _names_in(body)
    return "word/document.xml" in names and not any("vbaproject" in name.lower() for name in names)


def _is_open_text(body: bytes) -> bool:
    # OpenDocument 1.3, part 2, section 3.3: the first thing in the package says what it is, uncompressed.
    return "content.xml" in _names_in(body) and body[30 : 38 + len(_OPEN)] == b"mimetype" + _OPEN.encode()


def _is_hangul(body: bytes) -> bool:
    """A document of Hangul Word Processor 5: a compound file with the streams that its specification names first."""
    return body.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") and all(
        name.encode("utf-16-le") in body for name in ("FileHeader", "DocInfo", "BodyText")
    )


def _is_hangul_package(body: bytes) -> bool:
    """The same as KS X 6101 has it: a package that says first what it is, as OpenDocument's does."""
    says = _HANGUL.encode()
    return "Contents/content.hpf" in _names_in(body) and body[30 : 38 + len(says)] == b"mimetype" + says


def _names_in(body: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(BytesIO(body)) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


_SIGNS: Final = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"MZ", b"\x7fELF")
_JPEG: Final = ("image/jpeg", _begins(b"\xff\xd8\xff"))
_TIFF: Final = ("image/tiff", _begins(b"II*\x00", b"MM\x00*"))
# The types that are kept, by how their names end: a letter, a scan, a document, a mail.
_KINDS: Final[Mapping[str, tuple[str, Callable[[bytes], bool]]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "tif": _TIFF,
    "tiff": _TIFF,
    "docx": (_WORD, _is_word),
    "odt": (_OPEN, _is_open_text),
    "hwp": ("application/x-hwp", _is_hangul),
    "hwpx": (_HANGUL, _is_hangul_package),
    "txt": ("text/plain", _is_text),
    "eml": ("message/rfc822", _is_mail),
}
ENDINGS: Final = tuple(_KINDS)
