"""Mails as files: who wrote, when, about what, in any of the encodings that programs of East Asia write."""

import base64
import json
from email.message import EmailMessage
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koryu.ingest.letter_sets import letters_of
from koryu.ingest.mail_files import MOST_DEEP, Attachment, attached, mail_file, read_attachment, read_mail
from koryu.values.reason import Refused
from tests.ingest.made_files import mail, xlsx
from tests.ingest.test_table_files import DAMAGED


def read(body: bytes, name: str = "a.eml") -> dict[str, Any]:
    return read_mail(json.dumps({"name": name}).encode() + b"\n" + body)


def raw(*lines: bytes, body: bytes = b"x") -> dict[str, Any]:
    return read(b"\r\n".join(lines) + b"\r\n\r\n" + body)


def in_jis(text: str) -> bytes:
    """Letters as Windows writes them under ISO-2022-JP: pairs of Shift_JIS moved to seven bits."""
    pairs = bytearray()
    for letter in text:
        first, second = letter.encode("cp932")
        first = (first - (0xC1 if first >= 0xE0 else 0x81)) * 2 + 0x21
        late = second >= 0x9F
        pairs += bytes((first + late, second - 0x7E if late else second - 0x1F - (second >= 0x80)))
    return b"\x1b$B" + bytes(pairs) + b"\x1b(B"


def test_a_mail_says_from_whom_when_about_what_and_what_is_attached() -> None:
    book = xlsx()
    body = mail(attached=[("参加者名簿 最終版.xlsx", book), ("返信.pdf", b"%PDF-1.7")])
    said = mail_file(name="a.eml", body=body)
    assert (said.sender, said.address) == ("王芳", "wang@nlc.example")
    # The day on which it was written where its sender is.
    assert (said.dated, said.subject) == ("2027-09-07", "参加人员名单")
    assert (said.text, said.known_by, said.notes) == ("您好！名单见附件。", "<one@nlc.example>", ())
    assert said.attachments == (
        Attachment(number=0, name="参加者名簿 最終版.xlsx", size=len(book)),
        Attachment(number=1, name="返信.pdf", size=8),
    )
    assert attached(body=body, number=0) == book
    with pytest.raises(Refused):
        attached(body=body, number=2)


@pytest.mark.parametrize(
    ("written", "named", "text"),
    [
        (in_jis("①㈱髙橋"), "ISO-2022-JP", "①㈱髙橋"),
        ("髙橋".encode("cp932"), "Shift_JIS", "髙橋"),
        ("朱镕基 鎔 㐀".encode("gb18030"), "gb2312", "朱镕基 鎔 㐀"),
        ("朱镕基".encode("gb18030"), "GBK", "朱镕基"),
        ("펲샾".encode("cp949"), "ks_c_5601-1987", "펲샾"),
        ("펲샾".encode("cp949"), "euc-kr", "펲샾"),
        ("国立国会図書館の山田です".encode("euc_jp"), "", "国立国会図書館の山田です"),
        ("您好！现将名单发给您。".encode("gb18030"), "no-such-set", "您好！现将名单发给您。"),
        ("안녕하십니까? 김철수입니다.".encode("cp949"), "us-ascii", "안녕하십니까? 김철수입니다."),
        ("お世話になっております".encode("iso2022_jp"), "", "お世話になっております"),
        (b"plain", "utf-8", "plain"),
        (b"\xff\xfe\xff", "utf-8", "\ufffd\ufffd\ufffd"),
    ],
)
def test_letters_are_read_in_the_larger_set_that_programs_write(written: bytes, named: str, text: str) -> None:
    assert letters_of(written, named) == text


def test_headers_are_read_however_they_were_written() -> None:
    japanese = base64.b64encode(in_jis("髙橋①")).decode()
    half = "送付について".encode()
    cut = [base64.b64encode(piece).decode() for piece in (half[:4], half[4:])]
    said = raw(
        f"From: =?ISO-2022-JP?B?{japanese}?= <t@ndl.example>".encode(),
        f"Subject: =?UTF-8?B?{cut[0]}?=\r\n =?UTF-8?B?{cut[1]}?= (1)".encode(),
    )
    assert (said["sender"], said["address"], said["subject"]) == ("髙橋①", "t@ndl.example", "送付について (1)")
    said = raw("From: 김철수 <kim@nlk.example>".encode("cp949"), "Subject: 참가자 명단입니다".encode("cp949"))
    assert (said["sender"], said["subject"]) == ("김철수", "참가자 명단입니다")
    named_so = (("GB18030", "gb18030", "关于方案（㐀）的答复"), ("EUC-KR", "cp949", "교류 계획에 대한 회신"))
    for named, written, subject in (*named_so, ("gb2312", "gb18030", "朱镕基")):
        word = base64.b64encode(subject.encode(written)).decode()
        assert raw(f"Subject: =?{named}?B?{word}?=".encode())["subject"] == subject
    said = raw(b"Subject: =?utf-8?Q?caf=C3=A9_=3D?=", b"Date: yesterday")
    assert (said["subject"], said["dated"]) == ("café =", "")


def test_names_of_files_are_read_in_each_of_the_ways_programs_write_them() -> None:
    def name(header: bytes) -> str:
        lines = [b"From: a@b.example", b"Content-Type: application/pdf", b"Content-Disposition: attachment;" + header]
        return str(raw(*lines)["attachments"][0]["name"])

    assert name(b" filename*=UTF-8''%E5%90%8D%E7%B0%BF.pdf") == "名簿.pdf"
    assert name(b" filename*0*=GB2312''%C3%FB;\r\n filename*1*=%B5%A5.pdf") == "名单.pdf"
    assert name(b' filename="=?GB2312?B?' + base64.b64encode("名单.pdf".encode("gb2312")) + b'?="') == "名单.pdf"
    assert name(' filename="명단.pdf"'.encode("cp949")) == "명단.pdf"
    assert name(b' filename="../../etc/passwd"') == "passwd"


def test_of_a_page_only_its_words_are_left() -> None:
    made = EmailMessage()
    made["From"] = "a@b.example"
    made.set_content(
        "<html><head><style>x{}</style></head><body onload='go()'><p>第一行</p><script>evil()</script>"
        "<img src='http://tracker.example/x.png'><table><tr><td>甲</td><td>乙</td></tr></table></body></html>",
        subtype="html",
    )
    assert read(made.as_bytes())["text"] == "第一行\n\n甲\t乙"


def nested(times: int) -> bytes:
    inner = EmailMessage()
    inner["Subject"] = "innermost"
    inner.set_content("x")
    for _ in range(times):
        outer = EmailMessage()
        outer["Subject"], outer["From"] = "around", "a@b.example"
        outer.set_content("y")
        outer.add_attachment(inner)
        inner = outer
    return inner.as_bytes()


def notes(body: bytes) -> list[str]:
    return [str(note) for note in mail_file(name="a.eml", body=body).notes]


def test_what_is_doubtful_about_a_mail_is_said() -> None:
    assert notes(nested(1)) == []
    assert notes(nested(31)) == ["The message holds 31 messages inside each other; 10 are read."]
    assert len(read(nested(31))["attachments"]) == MOST_DEEP
    many = mail(attached=[(f"{n}.txt", b"x") for n in range(250)])
    assert notes(many) == ["The message has 252 parts; the first 200 are read."]
    assert notes(b"Subject: x\r\n\r\nwords") == ["Sender and date are missing; say from whom and when it came."]
    lost = b"From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\xff\xfe\xff"
    assert notes(lost) == ["Some characters of the message could not be read."]
    assert "winmail.dat" in notes(mail(attached=[("winmail.dat", b"x")]))[0]


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("a.eml", b"", "“a.eml” is empty."),
        ("a.eml", b"%PDF-1.7", "“a.eml” is not a mail: save it as .eml in your mail program."),
        ("a.eml", b"words alone", "“a.eml” is not a mail: save it as .eml in your mail program."),
        (
            "a.msg",
            b"x",
            "“a.msg” is a file of Outlook: save the mail as .eml, or drag it into a folder first.",
        ),
        (
            "a.eml",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "“a.eml” is a file of Outlook: save the mail as .eml, or drag it into a folder first.",
        ),
    ],
)
def test_what_is_no_mail_is_refused_with_one_sentence(name: str, body: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        mail_file(name=name, body=body)
    assert str(refused.value.reason) == sentence


REAL: Final[dict[str, bytes]] = {
    "attached": mail(attached=[("名单.xlsx", xlsx()), ("a.pdf", b"%PDF")]),
    "nested": nested(3),
    "japanese": b"From: =?ISO-2022-JP?B?" + base64.b64encode(in_jis("髙橋①")) + b"?=\r\n"
    b"Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n" + in_jis("髙橋①㈱"),
    "raw": "From: 김철수 <kim@nlk.example>\r\nDate: Tue, 7 Sep 2027 23:30:00 +0900\r\n\r\n명단".encode("cp949"),
}


@pytest.mark.parametrize("kind", REAL)
def test_a_damaged_mail_gives_words_or_a_sentence_and_never_a_trace(kind: str) -> None:
    @settings(max_examples=150, deadline=None)
    @given(body=DAMAGED(REAL[kind]))
    def fuzzed(body: bytes) -> None:
        try:
            said = read(body)
        except Refused as refused:
            assert str(refused.reason)  # noqa: PT017 -- either is right: a mail, or a sentence
            return
        json.dumps(said, ensure_ascii=False).encode()
        for each in said["attachments"]:
            held = read_attachment(json.dumps({"number": each["number"]}).encode() + b"\n" + body)
            assert len(base64.b64decode(held)) == each["size"]

    fuzzed()


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from(["", "iso-2022-jp", "gb2312", "euc-kr", "utf-7", "hex", "idna", "rot13"])
)
def test_any_bytes_under_any_name_are_letters(body: bytes, named: str) -> None:
    letters_of(body, named).encode("utf-8")
