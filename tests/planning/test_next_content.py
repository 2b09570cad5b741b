"""The next exchange's title is composed anew: of its programme, number, year and place, never out of the last title."""

from typing import Any, Final

import pytest

from koryu.planning.rules.next_content import ChosenNext, Following, following

A, B = "tag:example.org,2026:institution/a", "tag:example.org,2026:institution/b"
P = "tag:example.org,2026:programme/p"
PROGRAMME: Final = {
    "kind": "programme",
    "title": {"en": "Business exchange", "ja": "業務交流", "zh-Hans": "业务交流", "ko": "업무교류", "source": "en"},
    "hosting_order": [A, B],
    "institutions": [{"id": "a", "institution": A}, {"id": "b", "institution": B}],
}
SEATS: Final = {B: {"en": "Beijing", "ja": "北京", "zh-Hans": "北京", "ko": "베이징", "source": "zh-Hans"}}

# What the last title was like, the title, the number and the year; the next title in English, Japanese and Korean now,
# and what was made of the last title before.
ROWS: Final = [
    (
        "number and year",
        {"en": "The 22nd exchange, 2003"},
        "22",
        "2003",
        (
            "23rd Business exchange (2004, Beijing)",
            "第23回業務交流（2004年、北京）",
            "제23회 업무교류(2004년, 베이징)",
        ),
        {"en": "The 23rd exchange, 2004"},
    ),
    (
        "a date in the title",
        {"en": "22nd exchange, 22 November 2003"},
        "22",
        "2003",
        (
            "23rd Business exchange (2004, Beijing)",
            "第23回業務交流（2004年、北京）",
            "제23회 업무교류(2004년, 베이징)",
        ),
        {"en": "23rd exchange, 23 November 2004"},
    ),
    (
        "a date whose day is the number",
        {"ja": "第9回業務交流（2005年9月9日～15日）"},
        "9",
        "2005",
        (
            "10th Business exchange (2006, Beijing)",
            "第10回業務交流（2006年、北京）",
            "제10회 업무교류(2006년, 베이징)",
        ),
        {"ja": "第10回業務交流（2006年10月10日～15日）"},
    ),
    (
        "an era year equal to the number",
        {"ja": "平成9年第9回業務交流"},
        "9",
        "1997",
        (
            "10th Business exchange (1998, Beijing)",
            "第10回業務交流（1998年、北京）",
            "제10회 업무교류(1998년, 베이징)",
        ),
        {"ja": "平成10年第10回業務交流"},
    ),
    (
        "an era year",
        {"ja": "第12回業務交流（平成12年）"},
        "12",
        "2000",
        (
            "13th Business exchange (2001, Beijing)",
            "第13回業務交流（2001年、北京）",
            "제13회 업무교류(2001년, 베이징)",
        ),
        {"ja": "第13回業務交流（平成13年）"},
    ),
    (
        "an ordinal in words",
        {"en": "The Ninth Mutual Visit Programme, 2005"},
        "9",
        "2005",
        (
            "10th Business exchange (2006, Beijing)",
            "第10回業務交流（2006年、北京）",
            "제10회 업무교류(2006년, 베이징)",
        ),
        {"en": "The Ninth Mutual Visit Programme, 2006"},
    ),
    (
        "an ordinal in Han numerals",
        {"ja": "第九回日韓業務交流"},
        "9",
        "2005",
        (
            "10th Business exchange (2006, Beijing)",
            "第10回業務交流（2006年、北京）",
            "제10회 업무교류(2006년, 베이징)",
        ),
        {"ja": "第九回日韓業務交流"},
    ),
    (
        "Han numerals in Chinese",
        {"zh-Hans": "第二十二次业务交流（二〇〇三年）"},
        "22",
        "2003",
        (
            "23rd Business exchange (2004, Beijing)",
            "第23回業務交流（2004年、北京）",
            "제23회 업무교류(2004년, 베이징)",
        ),
        {"zh-Hans": "第二十二次业务交流（二〇〇三年）"},
    ),
    (
        "a number equal to a part of the year",
        {"en": "20th exchange, 2020"},
        "20",
        "2020",
        (
            "21st Business exchange (2021, Beijing)",
            "第21回業務交流（2021年、北京）",
            "제21회 업무교류(2021년, 베이징)",
        ),
        {"en": "21st exchange, 2021"},
    ),
    (
        "a number equal to a month",
        {"ko": "제9회 업무교류(2005. 9. 9.)"},
        "9",
        "2005",
        (
            "10th Business exchange (2006, Beijing)",
            "第10回業務交流（2006年、北京）",
            "제10회 업무교류(2006년, 베이징)",
        ),
        {"ko": "제10회 업무교류(2006. 10. 10.)"},
    ),
    (
        "a law's number",
        {"en": "9th exchange on Act No. 9 of 1949"},
        "9",
        "2005",
        (
            "10th Business exchange (2006, Beijing)",
            "第10回業務交流（2006年、北京）",
            "제10회 업무교류(2006년, 베이징)",
        ),
        {"en": "10th exchange on Act No. 10 of 1949"},
    ),
    (
        "a room",
        {"ja": "第3回 国会図書館3階会議室"},
        "3",
        "2011",
        (
            "4th Business exchange (2012, Beijing)",
            "第4回業務交流（2012年、北京）",
            "제4회 업무교류(2012년, 베이징)",
        ),
        {"ja": "第4回 国会図書館4階会議室"},
    ),
    (
        "an anniversary",
        {"en": "30th exchange and 30th anniversary, 2011"},
        "30",
        "2011",
        (
            "31st Business exchange (2012, Beijing)",
            "第31回業務交流（2012年、北京）",
            "제31회 업무교류(2012년, 베이징)",
        ),
        {"en": "31st exchange and 31st anniversary, 2012"},
    ),
    (
        "a span of years",
        {"en": "The 5th exchange, 2003–2004"},
        "5",
        "2003",
        (
            "6th Business exchange (2004, Beijing)",
            "第6回業務交流（2004年、北京）",
            "제6회 업무교류(2004년, 베이징)",
        ),
        {"en": "The 6th exchange, 2004–2004"},
    ),
    (
        "two exchanges at once",
        {"ja": "第17回・第18回業務交流"},
        "17",
        "2014",
        (
            "18th Business exchange (2015, Beijing)",
            "第18回業務交流（2015年、北京）",
            "제18회 업무교류(2015년, 베이징)",
        ),
        {"ja": "第18回・第18回業務交流"},
    ),
    (
        "Roman numerals",
        {"en": "Seminar IX, 2005"},
        "9",
        "2005",
        (
            "10th Business exchange (2006, Beijing)",
            "第10回業務交流（2006年、北京）",
            "제10회 업무교류(2006년, 베이징)",
        ),
        {"en": "Seminar IX, 2006"},
    ),
    (
        "full-width digits",
        {"ja": "第９回業務交流（２００５年）"},
        "9",
        "2005",
        (
            "10th Business exchange (2006, Beijing)",
            "第10回業務交流（2006年、北京）",
            "제10회 업무교류(2006년, 베이징)",
        ),
        {"ja": "第９回業務交流（２００５年）"},
    ),
    (
        "the year of its report",
        {"en": "9th exchange (2005), report of 2006"},
        "9",
        "2005",
        (
            "10th Business exchange (2006, Beijing)",
            "第10回業務交流（2006年、北京）",
            "제10회 업무교류(2006년, 베이징)",
        ),
        {"en": "10th exchange (2006), report of 2006"},
    ),
    (
        "11th, 12th, 13th",
        {"en": "The 11th exchange, 1991"},
        "11",
        "1991",
        (
            "12th Business exchange (1992, Beijing)",
            "第12回業務交流（1992年、北京）",
            "제12회 업무교류(1992년, 베이징)",
        ),
        {"en": "The 12th exchange, 1992"},
    ),
    (
        "21st",
        {"en": "The 20th exchange, 2000"},
        "20",
        "2000",
        (
            "21st Business exchange (2001, Beijing)",
            "第21回業務交流（2001年、北京）",
            "제21회 업무교류(2001년, 베이징)",
        ),
        {"en": "The 21st exchange, 2001"},
    ),
    (
        "no number",
        {"en": "Exchange of the NLK and the NLC, 1998"},
        None,
        "1998",
        ("Business exchange (1999, Beijing)", "業務交流（1999年、北京）", "업무교류(1999년, 베이징)"),
        {"en": "Exchange of the NLK and the NLC, 1999"},
    ),
    (
        "no year",
        {"en": "The 5th Mutual Visit Program"},
        "5",
        None,
        ("6th Business exchange (Beijing)", "第6回業務交流（北京）", "제6회 업무교류(베이징)"),
        {"en": "The 6th Mutual Visit Program"},
    ),
    ("neither", {"en": "A visit in May 2003"}, None, None, None, {"en": "A visit in May 2003"}),
    (
        "a number that is none",
        {"en": "Sessions I and II, 2003"},
        "I and II",
        "2003",
        ("Business exchange (2004, Beijing)", "業務交流（2004年、北京）", "업무교류(2004년, 베이징)"),
        {"en": "Sessions I and II, 2004"},
    ),
]


def last(title: dict[str, str], number: str | None, year: str | None) -> dict[str, Any]:
    held = {"id": "p", "programme": P, **({"number": number} if number else {})}
    dated = {"programme_year": year} if year else {}
    shared = {"kind": "exchange", "form": "visit", "event": {"state": "held"}, "institutions": [A, B], "hosts": [A]}
    return {**shared, "title": title, "programmes": [held], **dated}


def made_of(
    title: dict[str, str], number: str | None, year: str | None, *, under: dict[str, Any] | None = None, **more: Any
) -> Following:
    """The next one of A, as it is chosen where the number and the year go on by one and B hosts."""
    counted = number is not None and number.isdecimal()
    chosen = ChosenNext(
        programme=P,
        number=str(int(number) + 1) if counted and number else "",
        year=str(int(year) + 1) if year else "",
        hosts=(B,),
        **more,
    )
    return following(chosen, last=last(title, number, year), programme=under or PROGRAMME, seats=SEATS)


@pytest.mark.parametrize(("what", "title", "number", "year", "now", "before"), ROWS)
def test_the_next_title_says_programme_number_year_and_place(
    what: str, title: dict[str, str], number: str | None, year: str | None, now: tuple[str, ...] | None, before: object
) -> None:
    made = made_of(title, number, year)
    if now is None:
        assert "title" in made.cleared
        return
    assert tuple(made.content["title"][tag] for tag in ("en", "ja", "ko")) == now
    assert made.content["title"]["source"] == "en"


def test_in_chinese_an_exchange_is_counted_in_times() -> None:
    assert made_of({"en": "x"}, "22", "2003").content["title"]["zh-Hans"] == "第23次业务交流（2004年，北京）"


def test_a_place_that_is_not_known_is_left_out() -> None:
    made = following(ChosenNext(programme=P, number="23", year="2004", hosts=(A,)), programme=PROGRAMME, seats=SEATS)
    assert made.content["title"]["ja"] == "第23回業務交流（2004年）"


def test_a_programme_with_one_name_gives_a_title_in_that_language() -> None:
    made = made_of({"en": "x"}, "22", "2003", under={**PROGRAMME, "title": {"ko": "업무교류"}})
    assert made.content["title"] == {"ko": "제23회 업무교류(2004년, 베이징)"}


def test_an_exchange_under_no_programme_is_called_something_anew() -> None:
    made = following(ChosenNext(hosts=(A,)), last=last({"en": "The 22nd exchange, 2003"}, "22", "2003"))
    assert ("title" in made.content, "title" in made.cleared, "programmes" in made.content) == (False, True, False)


def test_nothing_is_counted_but_what_was_chosen() -> None:
    made = following(ChosenNext(programme=P), last=last({"en": "x"}, "22", "2003"), programme=PROGRAMME)
    assert made.content["programmes"] == [{"id": "p", "programme": P}]
    assert not {"programme_year", "hosts", "title"} & made.content.keys()


def test_what_is_to_come_is_for_the_institutions_and_what_was_is_said_with_its_source() -> None:
    to_come = following(ChosenNext(programme=P), programme=PROGRAMME).content
    was = following(ChosenNext(programme=P, was_held=True, source="urn:w"), programme=PROGRAMME).content
    assert (to_come["event"], to_come["shown_to"], "sources" in to_come) == (
        {"state": "planned"},
        "institutions",
        False,
    )
    assert (was["event"], "shown_to" in was, was["sources"]) == (
        {"state": "held"},
        False,
        [{"id": "s1", "work": "urn:w"}],
    )


@pytest.mark.parametrize("ticked", [(), ("planned_size",), ("duration", "agreements")])
def test_of_the_last_one_goes_on_what_is_ticked(ticked: tuple[str, ...]) -> None:
    before = {**last({"en": "x"}, "22", "2003"), "planned_size": 5, "duration": "P1W", "agreements": ["urn:m"]}
    chosen = ChosenNext(programme=P, goes_on=frozenset(ticked))
    content = following(chosen, last={**before, "dates": [{"id": "d"}]}, programme=PROGRAMME).content
    assert {field for field in ("planned_size", "duration", "agreements", "dates") if field in content} == set(ticked)


def test_an_institution_that_left_the_programme_is_not_in_the_next_exchange() -> None:
    members = [{"id": "a", "institution": A}, {"id": "b", "institution": B, "left": "2020"}]
    made = following(ChosenNext(programme=P), last=last({"en": "x"}, "1", "2003"), programme={"institutions": members})
    assert made.content["institutions"] == [A]
    # Who is chosen to host takes part.
    invited = following(ChosenNext(programme=P, hosts=(B,)), programme={"institutions": members})
    assert invited.content["institutions"] == [A, B]
