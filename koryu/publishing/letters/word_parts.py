"""The parts of a Word file that are the same in every letter, its properties and the foot of its pages."""

from typing import Final

from lxml import etree

from koryu.publishing.letters.blocks import LetterPages

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_NAMES: Final = {"w": W, "r": _R}
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def tagged(name: str, /, *, parent: etree._Element | None = None, **attributes: str | int) -> etree._Element:
    """An element of WordprocessingML with attributes of its own namespace, at the end of its parent."""
    given = {f"{{{W}}}{key}": str(value) for key, value in attributes.items()}
    if parent is None:
        return etree.Element(f"{{{W}}}{name}", given, nsmap=_NAMES)
    return etree.SubElement(parent, f"{{{W}}}{name}", given)


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


def _xml(body: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body).encode()


def _style(name: str, called: str, *, paragraph: str = "", run: str = "", based: bool = True) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/>'
        + ('<w:basedOn w:val="Normal"/>' if based else "")
        + "<w:qFormat/>"
        + f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_STYLES: Final = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="MS Mincho" w:cs="Times New Roman"/>'
    '<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    + _style(
        "Heading1",
        "heading 1",
        paragraph='<w:keepNext/><w:spacing w:before="240" w:after="200"/><w:outlineLvl w:val="0"/>',
        run='<w:b/><w:sz w:val="28"/><w:szCs w:val="28"/>',
    )
    + _style(
        "Heading2",
        "heading 2",
        paragraph='<w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="1"/>',
        run='<w:b/><w:sz w:val="22"/><w:szCs w:val="22"/>',
    )
    + _style("BodyText", "Body Text", paragraph='<w:spacing w:after="100"/>')
    + _style("Cell", "Koryu Cell", paragraph='<w:spacing w:before="30" w:after="30" w:line="252" w:lineRule="auto"/>')
    + _style("Gap", "Koryu Gap", paragraph='<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>')
    + _style(
        "Reference",
        "Koryu Reference",
        paragraph='<w:spacing w:before="120"/>',
        run='<w:color w:val="595959"/><w:sz w:val="16"/>',
    )
    + _style("Footer", "footer", run='<w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/>')
    + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style></w:styles>"
)
# In the order of the package, with what never differs filled in; the others are put over their places.
PARTS: Final[dict[str, bytes]] = {
    "[Content_Types].xml": _xml(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
        f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": _xml(
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    ),
    "docProps/core.xml": b"",
    "word/_rels/document.xml.rels": _xml(
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rIdStyles" Type="{_R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rIdSettings" Type="{_R}/settings" Target="settings.xml"/>'
        f'<Relationship Id="rIdFoot" Type="{_R}/footer" Target="footer1.xml"/>'
        "</Relationships>"
    ),
    "word/styles.xml": _xml(_STYLES),
    "word/settings.xml": _xml(
        f'<w:settings xmlns:w="{W}"><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    ),
    "word/footer1.xml": b"",
    "word/document.xml": b"",
}
