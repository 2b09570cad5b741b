"""By when titles, texts and translations are due: read from the words of steps, for each institution."""

from dataclasses import dataclass

import pytest

from koryu.planning.rules.papers_due import Owed, due_by, owed_by
from koryu.values.edtf import Edtf

CALLED = {"ndl": {"National Diet Library", "国立国会図書館", "NDL"}, "nlc": {"中国国家图书馆", "NLC"}}


@dataclass(frozen=True)
class Step:
    what: str
    who: str = ""
    due: str = ""

    @property
    def date(self) -> Edtf | None:
        return Edtf(self.due) if self.due else None


@pytest.mark.parametrize(
    ("what", "owed"),
    [
        ("Titles from the partner", Owed.TITLES),
        ("報告の題目を送る", Owed.TITLES),
        ("提交报告题目", Owed.TITLES),
        ("발표 제목 받기", Owed.TITLES),
        ("Texts in", Owed.TEXTS),
        ("原稿の締切", Owed.TEXTS),
        ("稿件", Owed.TEXTS),
        ("Translations", Owed.TRANSLATIONS),
        ("Translation of the titles", Owed.TRANSLATIONS),
        ("翻訳を依頼", Owed.TRANSLATIONS),
        ("Book the interpreter", None),
        ("", None),
    ],
)
def test_what_a_step_is_about_is_read_from_its_words(what: str, owed: Owed | None) -> None:
    assert owed_by(what) is owed


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        ([], {}),
        ([Step("Titles")], {}),
        (
            [Step("Titles", "", "2090-10-10")],
            {("ndl", Owed.TITLES): "2090-10-10", ("nlc", Owed.TITLES): "2090-10-10"},
        ),
        ([Step("Titles", "NLC", "2090-10-10")], {("nlc", Owed.TITLES): "2090-10-10"}),
        # A step of their own comes before one that names nobody, and of two the first day.
        (
            [Step("题目", "中国国家图书馆", "2090-10-12"), Step("Titles", "Mori", "2090-10-10")],
            {("nlc", Owed.TITLES): "2090-10-12", ("ndl", Owed.TITLES): "2090-10-10"},
        ),
        (
            [Step("Texts", "NLC", "2090-11"), Step("Texts", "NLC", "2090-10-10")],
            {("nlc", Owed.TEXTS): "2090-10-10"},
        ),
        ([Step("Titles", "NDL and NLC", "2090-10")], {(uri, Owed.TITLES): "2090-10" for uri in ("ndl", "nlc")}),
    ],
)
def test_each_institution_has_its_own_day_or_that_of_all(steps: list[Step], due: dict[tuple[str, Owed], str]) -> None:
    assert {owed: str(day) for owed, day in due_by(steps, CALLED).items()} == due
