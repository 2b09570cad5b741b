"""What may not be in a Word template: each found, all at once, and a plain file taken."""

import io
import warnings
import zipfile
from typing import Final

import pytest

from koryu.ingest.child_process import in_child
from koryu.ingest.word import template_file
from koryu.ingest.word.template_file import template_problems
from koryu.publishing.letters.templates.own_layout import shipped_template
from koryu.values.reason import Refused
from tests.docx import packed, parts_of

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS: Final = "word/_rels/document.xml.rels"
PROGRAM: Final = "The template holds a program (macros or controls). Save it as .docx without it."
OBJECT: Final = "The template holds an embedded file or object (a sheet, a chart); put a picture in its place."


def plain() -> dict[str, bytes]:
    return parts_of(shipped_template("invitation", ("ja",), "ja"))


def related(kind: str, target: str, *, outside: bool = False) -> dict[str, bytes]:
    """A file with one more relationship."""
    mode = ' TargetMode="External"' if outside else ""
    more = f'<Relationship Id="rX" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    return {RELS: plain()[RELS].replace(b"</Relationships>", more.encode())}


def coded(*pieces: str, simple: bool = False) -> dict[str, bytes]:
    """A file with a field of Word whose code is in these pieces."""
    if simple:
        field = f'<w:p><w:fldSimple w:instr="{pieces[0]}"/></w:p>'
    else:
        code = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
        marks = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
        begin, separate, end = marks
        field = f"<w:p>{begin}{code}{separate}<w:r><w:t>1</w:t></w:r>{end}</w:p>"
    return body(field)


def body(more: str) -> dict[str, bytes]:
    return {"word/document.xml": plain()["word/document.xml"].replace(b"<w:sectPr>", f"{more}<w:sectPr>".encode())}


def nested() -> str:
    """A field whose name another field within it would say."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    quoted = f"{begin}<w:r><w:instrText> QUOTE DDEAUTO </w:instrText></w:r>{end}"
    return f"<w:p>{begin}{quoted}<w:r><w:instrText> cmd </w:instrText></w:r>{end}</w:p>"


def problems(more: dict[str, bytes]) -> list[str]:
    return [message % values for message, values in template_problems(packed({**plain(), **more}))]


def drawn(more: str) -> str:
    """A paragraph with a picture as older Word files have it."""
    names = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    return f"<w:p><w:r><w:pict><v:shape {names}>{more}</v:shape></w:pict></w:r></w:p>"


def moved(kind: bytes, was: bytes, now: str, part: str) -> dict[str, bytes]:
    """A file in which a relationship leads to another part than the one that is filled in."""
    rels = "_rels/.rels" if kind == b"officeDocument" else RELS
    assert was in plain()[rels]
    return {rels: plain()[rels].replace(was, now.encode()), part: plain()["word/document.xml"]}


SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">%s</svg>'


def types(was: bytes, now: bytes) -> dict[str, bytes]:
    return {"[Content_Types].xml": plain()["[Content_Types].xml"].replace(was, now)}


KIND: Final = "The template holds a part of a kind that is not taken: {}."
BINDING: Final = "The template holds a control that Word fills by itself (data binding); take it away in Word."
CODE: Final = "The template holds a field of Word that is not taken: {}."
MAIN: Final = b"wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, []),
        ({"word/vbaProject.bin": b"x"}, [PROGRAM]),
        ({"word/activeX/activeX1.xml": b"<x/>"}, [PROGRAM]),
        (related("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "a.bin"), [PROGRAM]),
        (related("http://schemas.microsoft.com/office/2006/relationships/ui/userCustomization/ui", "a.xml"), [PROGRAM]),
        (
            types(MAIN, b"wordprocessingml.template.main+xml"),
            ["This is not a Word document; in Word: Save as, Word document (.docx)."],
        ),
        (types(b"openxmlformats-officedocument." + MAIN, b"ms-word.document.macroEnabled.main+xml"), [PROGRAM]),
        ({"word/embeddings/oleObject1.bin": b"x"}, [OBJECT]),
        (related(f"{OFFICE}/oleObject", "a.bin"), [OBJECT]),
        (related(f"{OFFICE}/aFChunk", "a.html"), [OBJECT]),
        (related(f"{OFFICE}/chart", "chart.xml"), [OBJECT]),
        (related("http://x.example/y", "a.xml"), ["The template holds a part of a kind that is not taken: y."]),
        (related(f"{OFFICE}/image", "media/logo.png"), []),
        (
            related(f"{OFFICE}/image", "http://x.example/logo.png", outside=True),
            ["The template fetches a picture from http://x.example/logo.png; put it into the file."],
        ),
        (
            related(f"{OFFICE}/attachedTemplate", "file://server/a.dotm", outside=True),
            ["The template is attached to another template: file://server/a.dotm. Take that away in Word."],
        ),
        (
            related(f"{OFFICE}/frame", "http://x.example/", outside=True),
            ["The template fetches something from http://x.example/."],
        ),
        (related(f"{OFFICE}/hyperlink", "https://library.example/", outside=True), []),
        (related(f"{OFFICE}/hyperlink", "mailto:a@library.example", outside=True), []),
        (
            related(f"{OFFICE}/hyperlink", "file://server/share", outside=True),
            ["The template links to something other than a page or an address: file://server/share."],
        ),
        *(
            (coded(f" {code} x ", simple=simple), [CODE.format(code)])
            for simple in (True, False)
            for code in (
                "DDE",
                "DDEAUTO",
                "INCLUDETEXT",
                "INCLUDEPICTURE",
                "LINK",
                "DATABASE",
                "MACROBUTTON",
                "IMPORT",
                "ASK",
                "IF",
            )
        ),
        (coded(" DDE", "AUTO c:\\x"), [CODE.format("DDEAUTO")]),
        (coded(" ddeauto x"), [CODE.format("DDEAUTO")]),
        (coded(" PAGE "), []),
        (coded(" HYPERLINK &quot;https://library.example/&quot; "), []),
        (coded(" HYPERLINK &quot;file://server/share&quot; "), [CODE.format("HYPERLINK file://server/share")]),
        (body(nested()), [CODE.format("{ }"), CODE.format("CMD")]),
        (body("<w:p><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>"), [CODE.format("DDE")]),
        (body("<w:p><w:r><w:object/></w:r></w:p>"), [OBJECT]),
        (body("<w:altChunk/>"), [OBJECT]),
        (
            {
                "word/settings.xml": plain()["word/settings.xml"].replace(
                    b"</w:settings>", b"<w:mailMerge/></w:settings>"
                )
            },
            ["The template is connected to a data source; end the mail merge in Word."],
        ),
        (
            {
                "word/settings.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>'
                + plain()["word/settings.xml"].partition(b"?>")[2].strip()
            },
            ["The template holds declarations that no Word file needs."],
        ),
        (
            {"word/vbaProject.bin": b"x", **coded(" DDE x ")},
            [CODE.format("DDE"), PROGRAM],
        ),
        # Before, none of these was found: what is read by its name is read under any name.
        ({"word/other.dat": coded(" DDE x ")["word/document.xml"]}, [CODE.format("DDE")]),
        (
            {"word/other.dat": b" " * 200 + coded(" DDE x ")["word/document.xml"].partition(b"?>")[2].lstrip()},
            [CODE.format("DDE")],
        ),
        ({"word/HEADER9.XML": coded(" DDE x ")["word/document.xml"]}, [CODE.format("DDE")]),
        (
            {
                "word/_rels/settings.xml.RELS": related(
                    f"{OFFICE}/attachedTemplate", "http://x.example/a.dotm", outside=True
                )[RELS]
            },
            ["The template is attached to another template: http://x.example/a.dotm. Take that away in Word."],
        ),
        (
            related(f"{OFFICE}/image", "http://x.example/a.png"),
            ["The template fetches a picture from http://x.example/a.png; put it into the file."],
        ),
        (
            {
                RELS: related(f"{OFFICE}/image", "http://x.example/a.png", outside=True)[RELS].replace(
                    b"External", b"external"
                )
            },
            ["The template fetches a picture from http://x.example/a.png; put it into the file."],
        ),
        (
            related(f"{OFFICE}/image", "//server/share/a.png"),
            ["The template fetches a picture from //server/share/a.png; put it into the file."],
        ),
        (
            related(f"{OFFICE}/hyperlink", "\\\\server\\share", outside=True),
            ["The template links to something other than a page or an address: \\\\server\\share."],
        ),
        (coded(" HYPERLINK &quot;\\\\server\\share&quot; "), [CODE.format("HYPERLINK \\\\server\\share")]),
        (coded(" HYPERLINK \\l &quot;chapter&quot; "), []),
        (related(f"{OFFICE}/hyperlink", "#chapter", outside=True), []),
        # What is shown and approved here is what whoever receives it sees.
        (
            moved(b"officeDocument", b"word/document.xml", "word/shown.xml", "word/shown.xml"),
            [KIND.format("officeDocument")],
        ),
        (related(f"{OFFICE}/header", "kopf.xml"), [KIND.format("header")]),
        (related(f"{OFFICE}/footer", "/word/footer9.xml"), []),
        (
            body('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'),
            [BINDING],
        ),
        (
            body(drawn('<v:imagedata src="http://x.example/a.png"/>')),
            ["The template fetches a picture from http://x.example/a.png; put it into the file."],
        ),
        (
            body(drawn('<v:imagedata o:href="file://server/a.png"/>')),
            ["The template fetches a picture from file://server/a.png; put it into the file."],
        ),
        (
            body(drawn('<v:fill src="//server/a.png"/>')),
            ["The template fetches a picture from //server/a.png; put it into the file."],
        ),
        ({"word/media/a.svg": SVG % b"<script/>"}, [PROGRAM]),
        (
            {"word/media/a.svg": SVG % b'<image x:href="https://x.example/a.png"/>'},
            ["The template fetches a picture from https://x.example/a.png; put it into the file."],
        ),
        (
            {
                "word/media/a.svg": b"<!DOCTYPE svg>"
                + SVG % b'<use x:href="#a"/><image x:href="data:image/png;base64,"/>'
            },
            [],
        ),
    ],
)
def test_nothing_in_a_template_runs_or_is_fetched(more: dict[str, bytes], says: list[str]) -> None:
    assert problems(more) == says


def huge(name: str, size: int) -> bytes:
    """A small file that says, rightly, how large a part of it is."""
    parts = {**plain(), name: b" " * size}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for part, data in parts.items():
            package.writestr(part, data)
    return written.getvalue()


def doubled(name: str) -> bytes:
    """A file with two parts of one name, as some programs read names."""
    written = io.BytesIO(packed(plain()))
    with zipfile.ZipFile(written, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package.writestr(name, b"<x/>")
    return written.getvalue()


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: b"", "This is not a Word file (.docx). In Word: Save as, Word document."),
        (lambda: b"{\\rtf1", "This is not a Word file (.docx). In Word: Save as, Word document."),
        (lambda: packed({"a.xml": b"<x/>"}), "This is not a Word file (.docx). In Word: Save as, Word document."),
        (
            lambda: packed({**plain(), "word/document.xml": b"<cut"}),
            "The file ends too early; it may have been damaged on the way.",
        ),
        (lambda: packed(plain())[:-40], "The file ends too early; it may have been damaged on the way."),
        (lambda: huge("word/theme/theme1.xml", 6 * 1024 * 1024), "The text of a template has at most 5 MB."),
        (lambda: doubled("word/document.xml"), "The file ends too early; it may have been damaged on the way."),
        (lambda: doubled("WORD/Document.xml"), "The file ends too early; it may have been damaged on the way."),
        # Before: seconds and hundreds of megabytes of the server, for 10 kB.
        (
            lambda: packed({**plain(), **body("<w:p/>" * 200_000)}),
            "This file has 200774 parts; at most 200000 are read.",
        ),
        (lambda: huge("word/media/a.png", 49 * 1024 * 1024) + b"", None),
    ],
)
def test_what_is_no_template_at_all_is_refused_with_one_sentence(made: object, says: str | None) -> None:
    assert callable(made)
    if says is None:
        assert template_problems(made()) == []
        return
    with pytest.raises(Refused) as refused:
        template_problems(made())
    assert str(refused.value.reason) == says


def test_a_template_is_read_in_a_process_of_its_own() -> None:
    assert in_child(template_file.template_problems, packed(plain())) == []
    bad = in_child(template_file.template_problems, packed({**plain(), "word/vbaProject.bin": b"x"}))
    assert [message for message, _values in bad] == [PROGRAM]
