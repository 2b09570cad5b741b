"""Which files are kept: a few types, whole, of a bounded size, and what their names say they are."""

import zipfile
from io import BytesIO

import pytest

from koryu.files.rules import may_keep, media_type_of, name_to_keep

MOST = 2 * 1024 * 1024
MAIL = "From: a@example.org\r\nSubject: =?utf-8?B?5ZCM5oSP?=\r\n\r\n同意します\r\n".encode()


def package(*names: str, first: str = "") -> bytes:
    """A zip file with these names in it; `first` is what its uncompressed mimetype says.

    The same whenever it is made: tests are named by it, and every process must give them the same names.
    """
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        if first:
            opened.writestr(zipfile.ZipInfo("mimetype"), first)
        for name in names:
            opened.writestr(zipfile.ZipInfo(name), "<x/>")
    return made.getvalue()


WORD = package("[Content_Types].xml", "word/document.xml")
OPEN = package("content.xml", first="application/vnd.oasis.opendocument.text")
HWP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "FileHeader DocInfo BodyText".encode("utf-16-le")
HWPX = package("Contents/content.hpf", "Contents/section0.xml", first="application/hwp+zip")
KEPT = [
    ("회신.hwp", HWP, "application/x-hwp"),
    ("회신.HWPX", HWPX, "application/hwp+zip"),
    ("letter.pdf", b"%PDF-1.7 ...", "application/pdf"),
    ("scan.PNG", b"\x89PNG\r\n\x1a\n...", "image/png"),
    ("scan.jpg", b"\xff\xd8\xff\xe0...", "image/jpeg"),
    ("scan.tif", b"II*\x00...", "image/tiff"),
    ("回答.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("회신.odt", OPEN, "application/vnd.oasis.opendocument.text"),
    ("note.txt", "同意します\n".encode(), "text/plain"),
    ("note.txt", "同意します\n".encode("iso-2022-jp"), "text/plain"),
    ("note.txt", "同意します\n".encode("utf-16"), "text/plain"),
    ("mail.eml", MAIL, "message/rfc822"),
]


@pytest.mark.parametrize(("name", "body", "media_type"), KEPT)
def test_letters_scans_documents_and_mails_are_kept(name: str, body: bytes, media_type: str) -> None:
    assert (may_keep(name=name, body=body, most=MOST), media_type_of(name)) == (None, media_type)


@pytest.mark.parametrize(
    "name", ["page.html", "picture.svg", "letter.docm", "run.exe", "letter.pdf.js", "letter", "", ".", "data.zip"]
)
def test_other_types_are_not_kept(name: str) -> None:
    assert "cannot be attached" in str(may_keep(name=name, body=b"%PDF-", most=MOST))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("letter.pdf", b"MZ\x90\x00"),
        ("letter.pdf", b"<html>"),
        ("scan.png", b"\xff\xd8\xff\xe0"),
        ("note.txt", b"MZ\x90\x00\x03"),
        ("note.txt", b"%PDF-1.7"),
        ("note.txt", WORD),
        ("note.txt", b"\xff\xfe\x00"),
        ("mail.eml", b"no headers at all"),
        ("mail.eml", b"<html>From: a</html>"),
        ("letter.docx", OPEN),
        ("letter.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("letter.docx", WORD[:40]),
        ("letter.odt", WORD),
        ("a.hwp", HWPX),
        ("a.hwpx", HWP),
        ("a.hwp", HWP[:8]),
        ("a.hwp", b"%PDF-1.7"),
        ("a.hwp", b"HWP Document File V3.00"),
        ("a.hwp", b"MZ" + HWP),
        ("a.hwpx", WORD),
        ("a.hwpx", OPEN),
        ("a.hwpx", package("Contents/content.hpf")),
        ("a.hwpx", package("mimetype", "Contents/content.hpf")),
        ("a.hwpx", HWPX[:60]),
        ("a.docx", HWPX),
        ("letter.odt", package("content.xml", first="application/vnd.oasis.opendocument.spreadsheet")),
    ],
)
def test_a_name_that_lies_about_its_content_is_not_believed(name: str, body: bytes) -> None:
    assert "is not what its name says" in str(may_keep(name=name, body=body, most=MOST))


def test_a_file_has_a_bounded_size_and_holds_something() -> None:
    assert "at most 2 MB" in str(may_keep(name="letter.pdf", body=b"%PDF-" + bytes(MOST), most=MOST))
    assert "is empty" in str(may_keep(name="letter.pdf", body=b"", most=MOST))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/letter.pdf", "letter.pdf"),
        (r"C:\My Files\letter.pdf", "letter.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("한\u202eegnahc.pdf", "한egnahc.pdf"),
    ],
)
def test_a_name_is_kept_without_folders_and_control_characters(name: str, kept: str) -> None:
    assert name_to_keep(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = name_to_keep("館" * 300 + ".pdf")
    assert (len(kept), kept[-5:]) == (200, "館.pdf")
