"""Which files are taken: by their name, their size and, because a name says nothing, by what is in them."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from email import message_from_bytes
from typing import Final

from koryu.desk.forms import tidying
from koryu.values.reason import Reason, Refused

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN_TEXT: Final = "application/vnd.oasis.opendocument.text"
# What a plain text may be written in at these libraries.
_ENCODINGS: Final = ("utf-8", "cp932", "gb18030", "cp949")
_LONGEST_NAME: Final = 200


def checked(*, name: str, body: bytes, most: int) -> tuple[str, str]:
    """The name and the media type under which a file is kept. Raises Refused with a sentence for whoever uploads it."""
    name = tidying.line(re.split(r"[/\\]", name)[-1])[-_LONGEST_NAME:]
    if len(body) > most:
        raise Refused(
            Reason("“%(name)s” is too large; a file may have %(size)s MB.", name=name, size=most // 1024 // 1024)
        )
    ending = name.rpartition(".")[2].lower()
    if ending not in _TAKEN:
        raise Refused(
            Reason(
                "“%(name)s” is not taken; PDF, PNG, JPEG, TIFF, Word (docx), OpenDocument (odt), plain text and mails "
                "(eml) are.",
                name=name,
            )
        )
    media_type, holds = _TAKEN[ending]
    if not holds(body):
        raise Refused(Reason("“%(name)s” is not what its name says; nothing was kept.", name=name))
    return name, media_type


def _begins(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda body: body.startswith(beginnings)


def _packed(body: bytes) -> zipfile.ZipFile | None:
    try:
        return zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, OSError):
        return None


def _is_word(body: bytes) -> bool:
    """A Word document without macros."""
    names = set(packed.namelist()) if (packed := _packed(body)) else set()
    return "word/document.xml" in names and not any("vbaproject" in name.lower() for name in names)


def _is_open_text(body: bytes) -> bool:
    packed = _packed(body)
    if not packed or "mimetype" not in packed.namelist():
        return False
    try:
        with packed.open("mimetype") as said:
            return said.read(len(_OPEN_TEXT) + 1).strip() == _OPEN_TEXT.encode()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return False


def _is_text(body: bytes) -> bool:
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", body) or re.match(rb"\s*<(?:!doctype|html|script|svg)", body, re.I):
        return False
    return any(_decodes(body, encoding) for encoding in _ENCODINGS)


def _decodes(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_mail(body: bytes) -> bool:
    headers = message_from_bytes(body[:65536])
    return "From" in headers and ("Date" in headers or "Subject" in headers)


_TAKEN: Final[Mapping[str, tuple[str, Callable[[bytes], bool]]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "tif": ("image/tiff", _begins(b"II*\x00", b"MM\x00*")),
    "tiff": ("image/tiff", _begins(b"II*\x00", b"MM\x00*")),
    "docx": (_WORD, _is_word),
    "odt": (_OPEN_TEXT, _is_open_text),
    "txt": ("text/plain", _is_text),
    "eml": ("message/rfc822", _is_mail),
}
