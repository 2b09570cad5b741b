"""The parts of a Word file that are the same in every letter, its properties and the foot of its pages."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from lxml import etree

from koryu.publishing.letters.blocks import LetterPages

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Elements of a text that others are looked for by.
PARAGRAPH, TABLE, ROW, CELL = f"{{{W}}}p", f"{{{W}}}tbl", f"{{{W}}}tr", f"{{{W}}}tc"
TEXT_BOX: Final = f"{{{W}}}txbxContent"
# What a text box says once more, for programs that know none.
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_NAMES: Final = {"w": W, "r": _R}
# The earliest moment that a ZIP package can say: no letter tells when its bytes were made.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_FOLDER: Final = Path(__file__).with_name("word_package")


def tagged(name: str, /, *, parent: etree._Element | None = None, **attributes: str | int) -> etree._Element:
    """An element of WordprocessingML with attributes of its own namespace, at the end of its parent."""
    given = {f"{{{W}}}{key}": str(value) for key, value in attributes.items()}
    if parent is None:
        return etree.Element(f"{{{W}}}{name}", given, nsmap=_NAMES)
    return etree.SubElement(parent, f"{{{W}}}{name}", given)


def packed_parts(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts in their order: the same bytes for the same parts."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, body in parts.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, body)
    return packed.getvalue()


def core_properties(pages: LetterPages, *, host: str) -> bytes:
    """Title and language; and the identifier by which a file that comes back names its letter."""
    dc = "http://purl.org/dc/elements/1.1/"
    core = f"{_PACKAGE}/metadata/core-properties"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dc})
    identifier = f"koryu:{host}/{pages.number}" + (f"-{pages.version}" if pages.version > 1 else "")
    for name, text in (("identifier", identifier), ("language", pages.lang), ("title", pages.title)):
        etree.SubElement(root, f"{{{dc}}}{name}").text = text
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def page_foot(pages: LetterPages) -> bytes:
    """The reference line, and the number of the page."""
    foot = tagged("ftr")
    paragraph = tagged("p", parent=foot)
    properties = tagged("pPr", parent=paragraph)
    tagged("pStyle", parent=properties, val="Footer")
    tagged("jc", parent=properties, val="center")
    tagged("t", parent=tagged("r", parent=paragraph)).text = pages.reference
    written = tagged("t", parent=tagged("r", parent=paragraph))
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    written.text = "   "
    field = tagged("fldSimple", parent=paragraph, instr=" PAGE ")
    tagged("t", parent=tagged("r", parent=field)).text = "1"
    return bytes(etree.tostring(foot, xml_declaration=True, encoding="UTF-8", standalone=True))


def _kept(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


# In the order of the package: what never differs, and the places of what does.
PARTS: Final[dict[str, bytes]] = {
    "[Content_Types].xml": _kept("content_types.xml"),
    "_rels/.rels": _kept("package_rels.xml"),
    "docProps/core.xml": b"",
    "word/_rels/document.xml.rels": _kept("document_rels.xml"),
    "word/styles.xml": _kept("styles.xml"),
    "word/settings.xml": _kept("settings.xml"),
    "word/footer1.xml": b"",
    "word/document.xml": b"",
}
