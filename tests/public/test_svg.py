"""What is drawn: names in as many lines as there is room for."""

from typing import Any

import pytest

from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter
from koryu.public.svg import drawn, set_in
from koryu.records.summary import Summary
from koryu.statistics.timeline import timeline
from koryu.values.edtf import Edtf


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Mutual visit programme", 1000, ("Mutual visit programme",)),
        ("Mutual visit programme", 110, ("Mutual visit ", "programme")),
        ("国立国会図書館と韓国国会図書館", 120, ("国立国会図書館と", "韓国国会図書館")),
        ("図書館（東京）", 62, ("図書館", "（東京）")),
        ("국립중앙도서관 업무교류", 130, ("국립중앙도서관 ", "업무교류")),
        ("Librarianship", 10, ("Librarianship",)),
        ("A  B", 1000, ("A  B",)),
    ],
)
def test_a_name_is_divided_where_its_script_may_be(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert set_in(text, room) == lines
    assert "".join(lines) == text


def line(kind: str, date: str, **said: Any) -> Line:
    summary = Summary(title={"en": kind}, date=date, **said)
    day = Edtf(date)
    return Line(
        uri=f"x:{kind}",
        kind=kind,
        slug=kind,
        basis="recorded",
        summary=summary,
        earliest=day.earliest,
        latest=day.latest,
    )


def in_one_line(line: Line, room: float) -> tuple[str, ...]:
    return (line.kind,) if room else ()


# Before, the letter was put in as it is, and "<" and "&" were no letter but broken HTML.
@pytest.mark.parametrize(("short", "shown"), [("N", "N"), ("<", "&lt;"), ("&", "&amp;"), ('"', "&quot;"), ("国", "国")])
def test_the_letter_of_an_institution_is_shown_as_it_is_written(short: str, shown: str) -> None:
    programme = line("programme", "2001", institutions=["x:ndl"])
    held = line("exchange", "2002", form="visit", state="held", programmes=["x:programme"], hosts=["x:ndl"])
    laid = timeline([programme], [held], short={"x:ndl": short}, first=2000, last=2009, name=in_one_line)
    picture = drawn(laid, PageWriter("en", {}), year_page=dict[str, str]().get)
    assert f">{shown}</text>" in picture.inside
