"""Whether a Word template is safe to make letters with: nothing in it runs, and nothing is fetched from elsewhere.

Read in a process of its own; everything that is found is told at once. What is not known to be harmless is refused:
parts are taken by their kind of relationship (ECMA-376, part 2), fields of Word by the name of their code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree

from koryu.ingest.file_kinds import CUT_OFF, kind_of
from koryu.ingest.word.package import ZippedDocument, tree_of
from koryu.values.reason import Reason, Refused

LARGEST_TEMPLATE: Final = 5_000_000
_MOST_UNPACKED: Final = 50 * 1024 * 1024
_MOST_OF_XML: Final = 5 * 1024 * 1024
# Of all its XML: opened, each tag takes a hundred times the memory that it takes in the file, each time that a letter
# is made.
_MOST_TAGS: Final = 200_000
_MOST_TOLD: Final = 200
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPED: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DOCUMENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# The last part of the names of relationships that lead to parts which only say how something looks or is called.
_HARMLESS: Final = frozenset(
    (
        *("officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles"),
        *(
            "stylesWithEffects",
            "settings",
            "webSettings",
            "fontTable",
            "font",
            "theme",
            "numbering",
            "header",
            "footer",
        ),
        *("footnotes", "endnotes", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"),
        *("image", "hyperlink", "customXml", "customXmlProps", "glossaryDocument", "hdphoto", "intelligence2"),
        *("documenttasks", "classificationlabels"),
    )
)
_PROGRAMS: Final = frozenset(
    ("vbaProject", "wordVbaData", "control", "activeXControlBinary", "attachedToolbars", "keyMapCustomizations", "ui")
)
_EMBEDDED: Final = frozenset(("oleObject", "package", "chart", "aFChunk", "subDocument", "frame", "mailMergeSource"))
# What a field of Word may do: number, date, repeat what is in the file.
_HARMLESS_CODES: Final = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "SEQ", "TOC", "TC"),
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "HYPERLINK", "EQ", "SYMBOL", "QUOTE", "ADVANCE"),
        *("TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "FILENAME", "DOCPROPERTY", "NUMWORDS", "LISTNUM", "INDEX", "XE"),
    )
)
_LINKS: Final = frozenset(("http", "https", "mailto", ""))
# Where what is filled in, shown and approved here lies: whatever opens the letter must look there too.
_PLACES: Final = {
    "officeDocument": re.compile(r"/?word/document\.xml"),
    "header": re.compile(r"(?:/word/)?header[^/]*\.xml"),
    "footer": re.compile(r"(?:/word/)?footer[^/]*\.xml"),
}
# Drawings in XML say where their pictures are, and where a click on them leads.
_DRAWINGS: Final = ("urn:schemas-microsoft-com:", "http://www.w3.org/2000/svg")
_PICTURES: Final = frozenset(("image", "imagedata", "feImage", "use", "fill", "stroke", "background"))
_PICTURES_IN_IT: Final = frozenset(("", "data"))
_ANYWHERE: Final = re.compile(r".*", re.DOTALL)
_BEFORE_XML: Final = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
_CODE: Final = re.compile(r"\s*(\S+)")
_NAME_IS_WHOLE: Final = re.compile(r"\s*\S+\s")
_QUOTED: Final = re.compile(r"[^\s\"]+")


def template_problems(body: bytes) -> list[list[Any]]:
    """Everything in a Word file that keeps it from being a template, each as a sentence and its values.

    Raises Refused for what is no Word file that can be read.
    """
    package = _opened(body)
    problems = list(islice(dict.fromkeys(_problems(package.names, _trees_in(package))), _MOST_TOLD))
    return [[reason.message, reason.values] for reason in problems]


def _opened(body: bytes) -> ZippedDocument:
    if len(body) > LARGEST_TEMPLATE:
        raise Refused(Reason("A template has at most %(most)s MB.", most=LARGEST_TEMPLATE // 1_000_000))
    kind = kind_of(body)
    if kind not in ("docx", "program"):
        raise Refused(Reason("This is not a Word file (.docx). In Word: Save as, Word document."))
    package = ZippedDocument(body)
    size = package.sizes
    if sum(size.values()) > _MOST_UNPACKED:
        raise Refused(Reason("Unpacked, a template has at most %(most)s MB.", most=_MOST_UNPACKED // (1024 * 1024)))
    if any(length > _MOST_OF_XML for name, length in size.items() if name.endswith((".xml", ".rels"))):
        raise Refused(Reason("The text of a template has at most %(most)s MB.", most=_MOST_OF_XML // (1024 * 1024)))
    document = package.xml("word/document.xml")
    if document is None or document.find(f"{_W}body") is None:
        raise Refused(CUT_OFF)
    return package


def _trees_in(package: ZippedDocument) -> dict[str, etree._Element]:
    """All parts that are XML, whatever they are called: a part is known by its relationship, not by its name."""
    parts = {name: package.read(name) for name in sorted(package.names) if not name.endswith("/")}
    written = {
        name: part
        for name, part in parts.items()
        if name.lower().endswith((".xml", ".rels", ".svg")) or part.lstrip(_BEFORE_XML).startswith(b"<")
    }
    tags = sum(part.count(b"<") for part in written.values())
    if tags > _MOST_TAGS:
        raise Refused(Reason("This file has %(count)s parts; at most %(most)s are read.", count=tags, most=_MOST_TAGS))
    return {name: tree_of(part) for name, part in written.items()}


def _problems(names: Iterable[str], trees: Mapping[str, etree._Element]) -> Iterator[Reason]:
    yield from _types(trees.get("[Content_Types].xml"))
    for name in sorted(names):
        if name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name.lower():
            yield _PROGRAM
        if "/embeddings/" in name.lower():
            yield _OBJECT
        if name.lower().endswith(".rels"):
            yield from _relations(trees[name])
        elif name in trees:
            yield from _of_part(trees[name])


def _types(types: etree._Element | None) -> Iterator[Reason]:
    """What the file says it is: a document, no macros, no template of Word's own kind."""
    named = {each.get("PartName", ""): each.get("ContentType", "") for each in types} if types is not None else {}
    said = named.get("/word/document.xml", "")
    if "macroEnabled" in said:
        yield _PROGRAM
    elif said != _DOCUMENT_TYPE:
        yield Reason("This is not a Word document; in Word: Save as, Word document (.docx).")


def _relations(part: etree._Element) -> Iterator[Reason]:
    for relation in part.iter(_RELATION):
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        # What leads elsewhere is elsewhere, whatever it says of itself.
        if relation.get("TargetMode", "Internal") != "Internal" or _scheme(target):
            yield from _fetched(kind, target)
        elif kind in _PROGRAMS:
            yield _PROGRAM
        elif kind in _EMBEDDED:
            yield _OBJECT
        elif kind not in _HARMLESS or not _PLACES.get(kind, _ANYWHERE).fullmatch(target):
            yield Reason("The template holds a part of a kind that is not taken: %(kind)s.", kind=kind[:60])


def _fetched(kind: str, target: str) -> Iterator[Reason]:
    shown = target[:200]
    if kind == "hyperlink":
        if _scheme(target) not in _LINKS:
            yield Reason("The template links to something other than a page or an address: %(where)s.", where=shown)
        return
    match kind:
        case "image":
            yield Reason("The template fetches a picture from %(where)s; put it into the file.", where=shown)
        case "attachedTemplate":
            yield Reason(
                "The template is attached to another template: %(where)s. Take that away in Word.", where=shown
            )
        case _:
            yield Reason("The template fetches something from %(where)s.", where=shown)


def _scheme(target: str) -> str:
    """The scheme of an address; '' within the file. What Windows takes for a folder of another computer is a file."""
    plain = target.strip().replace("\\", "/")
    if plain.startswith("//"):
        return "file"
    try:
        return urlsplit(plain).scheme.lower()
    except ValueError:
        return "?"


def _of_part(part: etree._Element) -> Iterator[Reason]:
    yield from _drawn(part)
    if part.getroottree().docinfo.doctype and not part.tag.startswith(f"{{{_DRAWINGS[1]}}}"):
        yield Reason("The template holds declarations that no Word file needs.")
    for code in _codes(part):
        if code not in _HARMLESS_CODES:
            yield Reason("The template holds a field of Word that is not taken: %(code)s.", code=code[:40])
    for name, reason in _ELEMENTS.items():
        if next(part.iter(f"{_W}{name}"), None) is not None:
            yield reason
    if any(etree.QName(each).localname == "OLEObject" for each in part.iter(etree.Element)):
        yield _OBJECT


def _drawn(part: etree._Element) -> Iterator[Reason]:
    """Pictures that drawings fetch, links that lead from them, scripts in them."""
    for element in part.iter(etree.Element):
        space, name = etree.QName(element).namespace or "", etree.QName(element).localname
        if not space.startswith(_DRAWINGS):
            continue
        if name == "script":
            yield _PROGRAM
        for attribute, target in element.attrib.items():
            match etree.QName(attribute).localname:
                case "src" if _scheme(target) not in _PICTURES_IN_IT:
                    yield from _fetched("image", target)
                case "href" if name in _PICTURES and _scheme(target) not in _PICTURES_IN_IT:
                    yield from _fetched("image", target)
                case "href" if name not in _PICTURES:
                    yield from _fetched("hyperlink", target)


def _codes(part: etree._Element) -> Iterator[str]:
    """The names of the fields of Word; their code may be split over runs, and hold other fields."""
    for simple in part.iter(f"{_W}fldSimple"):
        yield from _named(simple.get(f"{_W}instr", ""))
    unfinished: list[str | None] = []
    for each in part.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText"):
        kind = each.get(f"{_W}fldCharType") if each.tag == f"{_W}fldChar" else ""
        code = unfinished[-1] if unfinished else None
        if kind == "begin":
            if code is not None and not _NAME_IS_WHOLE.match(code):
                # What a field within it says would become its name.
                yield "{ }"
            unfinished.append("")
        elif kind in ("separate", "end"):
            yield from _named(code) if code is not None else ()
            if unfinished and kind == "separate":
                unfinished[-1] = None
            elif unfinished:
                unfinished.pop()
        elif code is not None:
            unfinished[-1] = code + (each.text or "")
        else:
            # A code outside a field is none yet; Word may make one of it.
            yield from _named(each.text or "")


def _named(code: str) -> Iterator[str]:
    """The name of a field; a link that leads elsewhere than to a page is told as a whole."""
    name = _CODE.match(code)
    if not name:
        return
    yield name[1].upper()
    if name[1].upper() == "HYPERLINK":
        targets = _QUOTED.findall(code[name.end() :])
        yield from (f"HYPERLINK {target}" for target in targets if _scheme(target) not in _LINKS)


_PROGRAM: Final = Reason("The template holds a program (macros or controls). Save it as .docx without it.")
_OBJECT: Final = Reason("The template holds an embedded file or object (a sheet, a chart); put a picture in its place.")
# Elements of WordprocessingML that let Word fetch or run something.
_ELEMENTS: Final = {
    "mailMerge": Reason("The template is connected to a data source; end the mail merge in Word."),
    "altChunk": _OBJECT,
    "subDoc": _OBJECT,
    "control": _PROGRAM,
    "object": _OBJECT,
    "movie": _OBJECT,
    "frameset": _OBJECT,
    "dataBinding": Reason(
        "The template holds a control that Word fills by itself (data binding); take it away in Word."
    ),
    "documentProtection": Reason("The template is protected against changes; take the protection away in Word."),
}
