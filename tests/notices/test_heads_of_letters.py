"""The head of a letter, as RFC 2047 and RFC 5322 have it, in every script."""

from email.header import decode_header, make_header

import pytest

from koryu.delivery.mail import FoldedMail

SUBJECTS = [
    "Agreed: Exchange",
    "合意: 第36回業務交流",
    "決裁を待っています：第36回日中業務交流（国立国会図書館と中国国家図書館）における協議事項および日程の案について",
    "결재를 기다립니다: 제36회 업무교류 일정 초안 및 논의 사항에 대한 의견 요청",
    "等待您的批准：中日韩国立图书馆第三十六次业务交流日程草案",
    "Vermerk: Überarbeitete Fassung der Vereinbarung über den Austausch von Veröffentlichungen",
    "\ufa19田 薫",
    "𠮷野家" * 40,
    "x" * 190 + "図",
    "図" * 200,
    "図書館 library " * 12,
    "=?utf-8?b?5Zuz?= 図",
    "é",
]


# Before, the first line of each that is not ASCII was up to 86 long: "Subject: " was not counted.
@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_line_of_a_subject_is_longer_than_76_and_no_word_than_75(subject: str) -> None:
    letter = FoldedMail(subject, "Text", "koryu@library.example", ["sato@example.org"]).message()
    head = letter.as_bytes().decode("ascii").partition("\n\n")[0]
    lines = head[head.index("Subject: ") :].split("\n")
    own = [lines[0], *[line for line in lines[1:] if line.startswith(" ")]]
    if not subject.isascii():
        assert [line for line in own if len(line) > 76] == []
        assert [word for line in own for word in line.split(" ") if word.startswith("=?") and len(word) > 75] == []
    unfolded = "".join(own).removeprefix("Subject: ")
    assert str(make_header(decode_header(unfolded))) == subject or subject.startswith("=?")
    assert head.count("Subject:") == 1


@pytest.mark.parametrize("forged", ["a\nBcc: x@example.org", "図\r\nBcc: x@example.org", "a\r\n\r\nbody"])
def test_a_subject_begins_no_other_line_of_the_head(forged: str) -> None:
    from django.core.mail import BadHeaderError

    with pytest.raises(BadHeaderError):
        FoldedMail(forged, "Text", "koryu@library.example", ["sato@example.org"]).message()
