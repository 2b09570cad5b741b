"""May this be kept as a file, and who may have it?

A file is kept if its content is of the type that its name says. An institution may have it if a file field that it may
read names it; a digest that is only written in some text does not count.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, kw_only=True)
class Brought:
    """That an institution brought these bytes, as what, for which record, and draft of it (0 for none)."""

    digest: str
    institution: str
    record: str
    draft: int
    name: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Naming:
    """One place that names a file: a file field of a version or a draft, or the letter of an acceptance by letter.

    `institution` is the one that put it there; `name` what the file is called there, '' for a letter.
    """

    digest: str
    institution: str
    record: str
    draft: int = 0
    name: str = ""


def named_for(
    digest: str, *, institution: str, readable: Iterable[Naming], brought: Iterable[Brought]
) -> Brought | None:
    """Under which bringing an institution ('' for a reader) may have a file; None where it may not have it.

    It may if a place that it may read names the file, and whoever put that there has brought the file: so nobody opens
    what others keep by writing its digest into a record of their own. `readable` are those places: of versions that the
    institution may read, and of its own drafts. It is called as the institution itself called it for this record, else
    as it is called in that place, else as whoever put it there called it.
    """
    brought = [bringing for bringing in brought if bringing.digest == digest]
    for naming in readable:
        known = [bringing for bringing in brought if bringing.institution == naming.institution]
        if naming.digest != digest or not known:
            continue
        here = [bringing for bringing in brought if bringing.record == naming.record]
        own = [bringing for bringing in here if bringing.institution == institution and bringing.draft == naming.draft]
        as_put = next((bringing for bringing in here if bringing.institution == naming.institution), known[0])
        return own[0] if own else replace(as_put, name=naming.name or as_put.name)
    return None


def named_again(brought: Brought, namings: Iterable[Naming]) -> Naming | None:
    """The first other place in which the institution that brought a file names it too."""
    own = (naming for naming in namings if (naming.digest, naming.institution) == (brought.digest, brought.institution))
    return next(own, None)


def name_without_words(brought: Brought) -> str:
    """A name for a file whose own name is erased: the first digits of its digest, and its ending."""
    ending = next((ending for ending, (kind, _) in _KINDS.items() if kind == brought.media_type), "")
    return f"{brought.digest[7:15]}.{ending}".rstrip(".")


def may_keep(*, name: str, body: bytes, most: int) -> Reason | None:
    """Whether a file of this name with these bytes is one of the types that are kept, whole, and of `most` bytes."""
    kind = _KINDS.get(_ending(name))
    if kind is None:
        return Reason(
            "“%(name)s” cannot be attached: choose a file of one of these types: %(types)s.",
            name=name,
            types=", ".join(_KINDS),
        )
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
    plain = "".join(character for character in last if character.isprintable()).strip()
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
    """A document of Hangul in its newer format (KS X 6101): a ZIP package that begins with its media type."""
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
