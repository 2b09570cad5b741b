"""A plan that came back changed: what differs, against what was sent and what stands now; and what is never touched."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from koryu.publishing.letters.letter_source import LetterSource
from koryu.publishing.letters.plan_back import PlanBack, PlanNames, plan_changes, sent_plan, with_changes_taken
from koryu.sheets.placing import CameCell
from koryu.values.text import Text
from tests.publishing.letters.letter_samples import LINES, NDL, NLC, PLAN, made, printed

NAMES = PlanNames({uri: Text(LINES[uri].summary.title) for uri in (NDL, NLC)})
LANGS = (("ja",), ("zh-Hans",), ("ko",), ("en",), ("zh-Hans", "ja"))


def plan_of(content: Mapping[str, Any], *langs: str) -> Any:
    source = LetterSource(me=NDL, exchange=printed("exchange/e", dict(content)), lines=LINES)
    return sent_plan(made("plan", *langs, source=source).pages)


def came_of(sent: Any, edits: Mapping[str, tuple[str | None, ...]], *, marks: bool = True) -> list[list[CameCell]]:
    """The table as it comes back: of the rows in `edits` their cells; None for a row that is gone."""
    set_marks: dict[tuple[str, str], list[Any]] = {}
    for mark in sent.marks.values():
        set_marks.setdefault((mark.row, mark.column), []).append(mark)
    rows = []
    for row in sent.rows:
        texts = edits.get(row.key, tuple(sent.cell(row.key, at) for at in range(len(row.cells))))
        if texts == (None,):
            continue
        cells = [CameCell(row.label)]
        for at, text in enumerate(texts, 1):
            # A cell with several values has a mark around each; as the reader gives them, they name one column.
            cells.append(CameCell(text or "", tuple(set_marks.get((row.key, str(at)), ())) if marks else ()))
        rows.append(cells)
    return rows


def back(*langs: str, now: Mapping[str, Any] = PLAN, marks: bool = True, **edits: tuple[str | None, ...]) -> PlanBack:
    sent = plan_of(PLAN, *langs)
    named = {key.replace("_", " ").replace("sub themes", "sub-themes"): texts for key, texts in edits.items()}
    return plan_changes(sent, came_of(sent, named, marks=marks), plan_of(now, *langs), NAMES)


def said(found: PlanBack) -> list[tuple[str, str, Any, bool]]:
    return [(each.act, each.path, each.value, each.is_taken) for each in found.changes]


@pytest.mark.parametrize("langs", LANGS)
@pytest.mark.parametrize("marks", [True, False])
def test_a_plan_that_comes_back_as_it_was_differs_in_nothing(langs: tuple[str, ...], marks: bool) -> None:
    assert back(*langs, marks=marks) == PlanBack(changes=(), missing=(), besides=(), merged=())


@pytest.mark.parametrize(
    ("lang", "edits", "expected"),
    [
        ("ja", {"size": ("６名",)}, [("set", "planned_size", 6, True)]),
        ("en", {"size": ("7 persons",)}, [("set", "planned_size", 7, True)]),
        ("ko", {"form": ("세미나",)}, [("set", "form", "seminar", True)]),
        ("ja", {"exchange": ("第37回日中交流",)}, [("set", "title.ja", "第37回日中交流", True)]),
        ("zh-Hans", {"dates": ("2027年9月8日（周三）至14日（周二）\n场次：2027年9月7日（周二）",)},
         [("set", "dates[trip].date", "2027-09-08/2027-09-14", True)]),
        ("zh-Hans", {"dates": ("2027年9月8日（周三）至14日（周二）\n场次：2027年9月9日",)},
         [("set", "dates[s].date", "2027-09-09", True), ("set", "dates[trip].date", "2027-09-08/2027-09-14", True)]),
        ("ko", {"dates": ("2027. 9. 6.(월) ~ 9. 13.(월)\n세션: 2027. 9. 7.(화)",)},
         [("set", "dates[trip].date", "2027-09-06/2027-09-13", True)]),
        ("en", {"main_themes": ("Digital service",)}, [("set", "themes[t].text.en", "Digital service", True)]),
        ("zh-Hans", {"main_themes": ("数字化资源的服务\n古籍保护",)},
         [("add", "themes", {"level": "main theme", "text": {"zh-Hans": "古籍保护"}}, True)]),
        # The mark that it is in Japanese alone is gone: this is what it is in Chinese.
        ("zh-Hans", {"sub_themes": ("版权处理",)}, [("set", "themes[u].text.zh-Hans", "版权处理", True)]),
        ("zh-Hans", {"places": ("东京",)}, [("remove", "places[q]", None, False)]),
        ("ja", {"host": ("中国国家図書館",)}, [("set", "hosts", [NLC], True)]),
        ("zh-Hans", {"languages": ("日文、中文、韩文、de",)},
         [("set", "languages", ["ja", "zh-Hans", "ko", "de"], True)]),
        ("zh-Hans", {"open": ("主题（已定）",)}, [("set", "open[o].note.zh-Hans", "已定", True)]),
        ("zh-Hans", {"open": ("",)}, [("remove", "open[o]", None, False)]),
        ("ja", {"size": ("",)}, [("set", "planned_size", None, False)]),
    ],
)  # fmt: skip
def test_a_value_that_was_changed_is_read_as_what_it_says(
    lang: str, edits: dict[str, Any], expected: list[Any]
) -> None:
    assert said(back(lang, **edits)) == expected


@pytest.mark.parametrize(
    ("lang", "edits", "reason"),
    [
        ("ja", {"size": ("数名",)}, "“数名” is not a number; it is left as it was."),
        ("ja", {"form": ("なにか",)}, "“なにか” is none of the forms of an exchange; it is left as it was."),
        ("ja", {"dates": ("未定\nセッション：2027年9月7日（火）",)},
         "“未定” is not a date that is understood; it is left as it was."),
        ("ja", {"host": ("どこか",)},
         "“どこか” is not the name of an institution of this exchange; it is left as it was."),
        ("ja", {"languages": ("日本語、クリンゴン語",)},
         "“クリンゴン語” is not a language that is known here; it is left as it was."),
        ("ja", {"open": ("主題（サブテーマ2を決める）",)}, "This cannot be taken over; put it in by hand."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_shown_and_left_as_it_was(lang: str, edits: dict[str, Any], reason: str) -> None:
    (change,) = back(lang, **edits).changes
    assert (change.act, str(change.reason), change.is_taken) == ("", reason, False)


def test_what_was_changed_here_since_is_shown_and_not_ticked() -> None:
    now = {**PLAN, "planned_size": 4}
    (change,) = back("ja", now=now, size=("6名",)).changes
    assert (change.was, change.came, change.now, change.disputed, change.is_taken) == ("5名", "6名", "4名", True, False)
    # Both sides have come to the same.
    assert back("ja", now=now, size=("4名",)).changes == ()
    # The file says nothing of it.
    assert back("ja", now=now).changes == ()


def test_quotation_marks_and_widths_alone_are_not_ticked() -> None:
    (change,) = back("zh-Hans", exchange=("第３７次中日业务交流",)).changes
    assert (change.typography, change.is_taken) == (True, False)


def test_two_languages_say_one_thing_once_and_two_things_not_at_all() -> None:
    (change,) = back("zh-Hans", "ja", size=("6人", "6名")).changes
    assert (change.langs, change.value) == (("zh-Hans", "ja"), 6)
    (change,) = back("zh-Hans", "ja", size=("6人", "7名")).changes
    assert (change.act, str(change.reason)) == ("", "The two languages say different things.")
    (change,) = back(
        "zh-Hans", "ja", main_themes=("数字化资源的服务\n古籍", "骨直誤：デジタル化資料の提供\n古籍の保存")
    ).changes
    assert change.value == {"level": "main theme", "text": {"zh-Hans": "古籍", "ja": "古籍の保存", "source": "zh-Hans"}}


def test_a_row_that_is_gone_is_said_and_takes_nothing_away() -> None:
    found = back("ja", size=(None,))
    assert (found.changes, found.missing) == ((), ("派遣人数",))


def test_what_is_taken_goes_in_and_all_else_stays_as_it_is() -> None:
    sent = plan_of(PLAN, "zh-Hans")
    edits = {
        "size": ("6人",),
        "sub-themes": ("版权处理",),
        "main themes": ("数字化资源的服务\n古籍保护",),
        "places": ("东京",),
        "dates": ("2027年9月8日至14日\n场次：2027年9月9日",),
    }
    changes = plan_changes(sent, came_of(sent, edits), sent, NAMES).changes
    taken = with_changes_taken(PLAN, changes, seed="s")
    expected = deepcopy(PLAN)
    expected["planned_size"] = 6
    expected["themes"][1]["text"] = {"ja": "著作権処理", "source": "ja", "zh-Hans": "版权处理"}
    expected["themes"].append({"id": taken["themes"][2]["id"], "level": "main theme", "text": {"zh-Hans": "古籍保护"}})
    del expected["places"][1]
    expected["dates"][0]["date"], expected["dates"][1]["date"] = "2027-09-08/2027-09-14", "2027-09-09"
    assert taken == expected
    # The same file read again begins the same item.
    assert with_changes_taken(PLAN, changes, seed="s") == taken
    assert with_changes_taken(PLAN, [], seed="s") == PLAN
