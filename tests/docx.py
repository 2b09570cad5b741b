"""Word files changed as somebody changes them in Word, for the tests: texts replaced, parts put in."""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return written.getvalue()


def changed(docx: bytes, texts: Mapping[str, str], *, more: Mapping[str, bytes] | None = None) -> bytes:
    """The same file with other texts in its document, each of which must be there, and with more parts."""
    parts = parts_of(docx)
    document = parts["word/document.xml"].decode()
    for was, now in texts.items():
        assert was in document, was
        document = document.replace(was, now)
    return packed({**parts, "word/document.xml": document.encode(), **(more or {})})


def text_of(docx: bytes) -> str:
    """What the document says, paragraph by paragraph."""
    root = etree.fromstring(parts_of(docx)["word/document.xml"])
    return "\n".join("".join(text.text or "" for text in each.iter(f"{W}t")) for each in root.iter(f"{W}p"))
