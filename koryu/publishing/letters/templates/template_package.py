"""The parts of a Word template: read within bounds, written again with some of them changed.

Files that are not known to be sound are looked through in a process of their own first (`koryu.ingest.word`).
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from lxml import etree

from koryu.publishing.letters.word_parts import W, packed_parts, tagged

DOCUMENT: Final = "word/document.xml"
CORE: Final = "docProps/core.xml"
_TYPES, _RELS, _ROOT_RELS = "[Content_Types].xml", "word/_rels/document.xml.rels", "_rels/.rels"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_REL, _TYPE = f"{{{_PACKAGE}/relationships}}Relationship", f"{{{_PACKAGE}/content-types}}Override"
_WORD_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE_REL: Final = f"{_PACKAGE}/relationships/metadata/core-properties"
_CORE_TYPE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_OWN_FOOTER, _OWN_ID = "koryuFooter.xml", "rIdKoryuFooter"


class TemplatePackage:
    """A template that was opened: its parts as bytes, those that are changed as XML."""

    def __init__(self, body: bytes) -> None:
        with zipfile.ZipFile(BytesIO(body)) as package:
            self.parts = {entry.filename: package.read(entry) for entry in package.infolist() if not entry.is_dir()}
        self.trees: dict[str, etree._Element] = {}

    def tree(self, name: str) -> etree._Element:
        """A part as XML; what is changed in it is written again."""
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.parts[name], _parser())
        return self.trees[name]

    @property
    def heads(self) -> list[str]:
        """The names of the headers."""
        return self._named("word/header")

    @property
    def feet(self) -> list[str]:
        """The names of the footers, our own among them."""
        return self._named("word/footer", f"word/{_OWN_FOOTER}")

    @property
    def heads_and_feet(self) -> list[str]:
        """Those of both."""
        return sorted([*self.heads, *self.feet])

    def _named(self, *beginnings: str) -> list[str]:
        return sorted(name for name in self.parts if name.startswith(beginnings) and name.endswith(".xml"))

    def style_names(self) -> dict[str, str]:
        """What styles are called in English, by their ids: Word calls these in its own language."""
        if "word/styles.xml" not in self.parts:
            return {}
        styles = self.tree("word/styles.xml").iter(f"{{{W}}}style")
        named = ((style.get(f"{{{W}}}styleId", ""), style.find(f"{{{W}}}name")) for style in styles)
        return {style: name.get(f"{{{W}}}val", "").lower() for style, name in named if name is not None}

    def with_core(self, core: bytes) -> None:
        """Replace the properties of the file: whoever made the template is not named in letters."""
        if CORE not in self.parts:
            self._related(_ROOT_RELS, _CORE_REL, CORE, "rIdKoryuCore")
            self._typed(CORE, _CORE_TYPE)
        self.parts[CORE] = core
        self.trees.pop(CORE, None)

    def with_foot_line(self, text: str) -> None:
        """Write a line at the end of each footer; in one that is made, where there is none."""
        if not any(name.startswith("word/footer") for name in self.parts):
            self._add_footer()
        for name in self.feet:
            self.tree(name).append(_foot_line(text))

    def written(self) -> bytes:
        """The file with what was changed."""
        changed = {
            name: bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
            for name, tree in self.trees.items()
        }
        return packed_parts({**self.parts, **changed})

    def _add_footer(self) -> None:
        name = f"word/{_OWN_FOOTER}"
        self.parts[name] = b""
        self.trees[name] = tagged("ftr")
        self._related(_RELS, f"{_R}/footer", _OWN_FOOTER, _OWN_ID)
        self._typed(name, f"{_WORD_TYPES}.footer+xml")
        document = self.tree(DOCUMENT)
        sections = list(document.iter(f"{{{W}}}sectPr"))
        body = document.find(f"{{{W}}}body")
        if not sections and body is not None:
            sections = [tagged("sectPr", parent=body)]
        for section in sections[:1]:
            kinds = ("first", "default") if section.find(f"{{{W}}}titlePg") is not None else ("default",)
            for kind in kinds:
                reference = tagged("footerReference", type=kind)
                reference.set(f"{{{_R}}}id", _OWN_ID)
                section.insert(0, reference)

    def _related(self, part: str, kind: str, target: str, number: str) -> None:
        if part not in self.parts:
            self.parts[part] = b""
            self.trees[part] = etree.Element(
                f"{{{_PACKAGE}/relationships}}Relationships", nsmap={None: f"{_PACKAGE}/relationships"}
            )
        etree.SubElement(self.tree(part), _REL, Id=number, Type=kind, Target=target)

    def _typed(self, part: str, kind: str) -> None:
        etree.SubElement(self.tree(_TYPES), _TYPE, PartName=f"/{part}", ContentType=kind)


def paragraphs_of(part: etree._Element) -> Iterator[etree._Element]:
    """All paragraphs of a part, those of text boxes among them, each once."""
    yield from part.iter(f"{{{W}}}p")


def _foot_line(text: str) -> etree._Element:
    paragraph = tagged("p")
    tagged("jc", parent=tagged("pPr", parent=paragraph), val="center")
    run = tagged("r", parent=paragraph)
    tagged("sz", parent=tagged("rPr", parent=run), val=16)
    tagged("t", parent=run).text = text
    return paragraph


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
