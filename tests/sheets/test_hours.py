"""What is typed into the time cell of a timetable, and how it is understood."""

import pytest

from koryu.sheets.rows.hours import hours_typed
from koryu.values.reason import Refused

_UNDERSTOOD = {
    "10-1130": "10:00–11:30",
    "10:00-11:30": "10:00–11:30",
    "9:30–10:15": "09:30–10:15",
    "930-1015": "09:30–10:15",
    "0930": "09:30–",
    "930": "09:30–",
    "9": "09:00–",
    "１０：００～１１：３０": "10:00–11:30",
    "10:00〜11:30": "10:00–11:30",
    "午前10時～11時半": "10:00–11:30",
    "午前１０時３０分から正午まで": "10:30–12:00",
    "午後2時～4時": "14:00–16:00",
    "午前11時～午後1時": "11:00–13:00",
    "10時から11時半まで": "10:00–11:30",
    "上午9:00-9:45": "09:00–09:45",
    "下午2:30—4:00": "14:30–16:00",
    "上午11:00-1:00": "11:00–13:00",
    "上午九": "",
    "9点半到11点": "09:30–11:00",
    "下午3點15分": "15:15–",
    "中午12:00-13:30": "12:00–13:30",
    "오후 2시": "14:00–",
    "오전 9시 30분 ~ 11시": "09:30–11:00",
    "오후 2시부터 4시까지": "14:00–16:00",
    "9시반": "09:30–",
    "10am-11:30am": "10:00–11:30",
    "10 a.m. to 2 p.m.": "10:00–14:00",
    "from 9:15 until 10": "09:15–10:00",
    "12:00 am": "00:00–",
    "12 pm - 1 pm": "12:00–13:00",
    "14:00 45'": "14:00–14:45",
    "14:00 90分": "14:00–15:30",
    "14:00 1.5h": "14:00–15:30",
    "14:00（45分钟）": "14:00–14:45",
    "14:00 2時間半": "14:00–16:30",
    "23:30 45'": "23:30–00:15 +1",
    "1400-": "14:00–",
    "14:00–": "14:00–",
    "2330-0030 +1": "23:30–00:30 +1",
    "23:30～翌日0:30": "23:30–00:30 +1",
    "22:00-24:00": "22:00–00:00 +1",
    "10.30-11.45": "10:30–11:45",
    "10-9": "10:00–09:00",
}
_WRITE = "is not understood as a time"
_REFUSED = {
    "上午九": _WRITE,
    "": _WRITE,
    "after lunch": _WRITE,
    "10:00-11:00-12:00": _WRITE,
    "=A1+B2": _WRITE,
    "10:5": _WRITE,
    "沈文远": _WRITE,
    "1234567": _WRITE,
    "9" * 10_000: _WRITE,
    "25:00": "There is no 25:00",
    "10:75": "There is no 10:75",
    "24:00": "There is no 24:00",
    "2460": "There is no 24:60",
    "上午12:00": "may be noon or midnight",
    "午前12時": "may be noon or midnight",
}


@pytest.mark.parametrize(("typed", "understood"), [(typed, hours) for typed, hours in _UNDERSTOOD.items() if hours])
def test_hours_are_understood_as_people_type_them(typed: str, understood: str) -> None:
    assert str(hours_typed(typed)) == understood


@pytest.mark.parametrize("understood", sorted(set(_UNDERSTOOD.values()) - {""}))
def test_hours_as_they_are_shown_are_read_back_as_the_same(understood: str) -> None:
    assert str(hours_typed(understood)) == understood


@pytest.mark.parametrize(("typed", "sentence"), _REFUSED.items())
def test_what_is_no_time_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        hours_typed(typed)
    assert sentence in str(refused.value.reason)


@pytest.mark.parametrize(
    ("typed", "backwards"), [("10-9", True), ("2330-0030 +1", False), ("10-10", False), ("9", False)]
)
def test_only_an_end_before_the_beginning_on_the_same_day_is_pointed_out(typed: str, backwards: bool) -> None:
    assert hours_typed(typed).ends_before_it_starts is backwards
