"""Whose turn, which number, which year, which form: after each exchange of the shipped record, cell by cell."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.planning.rules.counting import CountedExchange, Estimate, MemberTerm, NextExchange, Rhythm, Sure, UnderWay
from koryu.planning.rules.turns import next_exchange
from koryu.records.exchange import Exchange
from koryu.records.programme import Programme
from koryu.values.edtf import Edtf
from tests.shipped import BASE, shipped, the

# Programme; the exchange on record after which it is asked; host and how sure; number; year; whether host and number
# came true in the next one on record. `A B` is one side of two institutions, `A | B` one or the other.
ROWS: Final = [
    ("ndl-nlc", "ndl-nlc-1981", "ndl recorded", None, "1982"),
    ("ndl-nlc", "ndl-nlc-22", "nlc recorded", 23, "2003"),
    ("ndl-nlc", "ndl-nlc-23", "ndl recorded", 24, "2004"),
    ("ndl-nlc", "ndl-nlc-24", "nlc inferred", 25, "2005"),
    ("ndl-nlc", "ndl-nlc-25", "ndl recorded", 26, "2006"),
    ("ndl-nlc", "ndl-nlc-2009-11", "ndl | nlc open", None, "2010"),
    ("ndl-nlc", "ndl-nlc-31", "ndl inferred", 32, "2013"),
    ("ndl-nlc", "ndl-nlc-36", "nlc recorded", 37, "2018"),
    ("ndl-nlc", "ndl-nlc-2023-11", "ndl recorded", None, "2024"),
    ("ndl-nlk", "ndl-nlk-1", "nlk recorded", 2, "1998"),
    ("ndl-nlk", "ndl-nlk-5", "nlk recorded", 6, "2002"),
    ("ndl-nlk", "ndl-nlk-6", "ndl recorded", 7, "2003"),
    ("ndl-nlk", "ndl-nlk-7", "nlk inferred", 8, "2004"),
    ("ndl-nlk", "ndl-nlk-8", "ndl recorded", 9, "2005"),
    ("ndl-nlk", "ndl-nlk-9", "nlk recorded", 10, "2006"),
    ("ndl-nlk", "ndl-nlk-11", "nlk inferred", 12, "2008"),
    ("ndl-nlk", "ndl-nlk-17", "nlk recorded", 18, "2015"),
    ("ndl-nlk", "ndl-nlk-20", "ndl recorded", 21, "2018"),
    ("ndl-nlk", "ndl-nlk-heads-2020", "ndl weak", 21, "2021"),
    ("ndl-nlk", "ndl-nlk-2021", "ndl weak, also nlk", None, "2022"),
    ("ndl-nlk", "ndl-nlk-2022", "ndl weak, also nlk", None, "2023"),
    ("nlk-nlc", "nlk-nlc-1997", "nlc recorded", None, "1998"),
    ("nlk-nlc", "nlk-nlc-2017-11", "nlk recorded", None, "2018"),
    ("nlk-nlc", "nlk-nlc-21", "nlc recorded", 22, "2019"),
    ("nlk-nlc", "nlk-nlc-23", "nlc recorded", 24, "2024"),
    ("nlk-nlc", "nlk-nlc-25", "nlc recorded", 26, "2026"),
    ("ndl-nal", "ndl-nal-2003", "nal recorded", None, "2004"),
    ("ndl-nal", "ndl-nal-2", "ndl recorded", 3, "2005"),
    ("ndl-nal", "ndl-nal-4", "ndl recorded", 5, "2007"),
    ("ndl-nal", "ndl-nal-2021-12", "ndl weak", None, "2022"),
    ("ndl-nal-nars", "ndl-nal-nars-1", "nal nars recorded", 2, "2010"),
    ("ndl-nal-nars", "ndl-nal-nars-2014-12", "nal nars recorded", None, "2015"),
    ("ndl-nal-nars", "ndl-nal-nars-2015-12", "ndl recorded", None, "2016"),
    ("ndl-nal-nars", "ndl-nal-nars-2017-01", "nal nars recorded", None, "2017, also 2018"),
    ("ndl-nal-nars", "ndl-nal-nars-8", "ndl inferred", 9, "2018"),
    ("cjkdli", "cjkdli-1", "ndl | nlk open", 2, "2012"),
    ("cjkdli", "cjkdli-2", "nlk recorded", 3, "2013"),
    ("cjkdli", "cjkdli-3", "nlc recorded", 4, "2014"),
    ("cjkdli", "cjkdli-4", "ndl recorded", 5, "2015"),
    ("cjkdli", "cjkdli-5", "nlk recorded", 6, "2016"),
    ("cjkdli", "cjkdli-6", "nlc recorded", 7, "2017"),
    ("nars-international-seminar", "nars-seminar-2024", "nars recorded", 14, "2025"),
    ("ndl-nal-training", "ndl-nal-training-2000", "nal | ndl open", None, "2001"),
    ("nlk-tunisia", "nlk-tunisia-2010", "national-library-of-tunisia | nlk open", None, "2011"),
]
# The number before which the next one is not, where exchanges without one came last.
LEAST: Final = {
    "ndl-nlc-1981": "2",
    "ndl-nlc-2009-11": "27",
    "ndl-nlc-2023-11": "38",
    "ndl-nlk-2021": "22",
    "ndl-nlk-2022": "23",
    "ndl-nal-2003": "2",
    "ndl-nal-2021-12": "6",
}


def rhythm_of(name: str, **more: Any) -> Rhythm:
    """A programme of the shipped record, as if its order of hosting had not been concluded from what is asked here."""
    programme = the(Programme, f"programme/{name}", shipped())
    members = tuple(
        MemberTerm(institution=each.institution, joined=each.joined, left=each.left) for each in programme.institutions
    )
    sides = tuple(side.institutions for side in programme.sides)
    return Rhythm(members=members, sides=sides, until=programme.until, **more)


def occasions(name: str, *, until: str = "") -> list[CountedExchange]:
    """What is on record under a programme by time, up to and with one of them."""
    under = f"{BASE}programme/{name}"
    held = sorted(
        (_occasion(short, document, under) for short, document in shipped().items() if isinstance(document, Exchange)),
        key=lambda each: (each.date.earliest if each.date else date.max, each.uri),
    )
    held = [each for each in held if each.uri in _under(under)]
    last = next((place for place, each in enumerate(held) if each.uri.endswith(f"/{until}")), len(held) - 1)
    return held[: last + 1]


def _under(programme: str) -> set[str]:
    documents = shipped().items()
    return {
        BASE + short
        for short, document in documents
        if isinstance(document, Exchange) and programme in [str(each.programme) for each in document.programmes]
    }


def _occasion(short: str, document: Exchange, programme: str) -> CountedExchange:
    return CountedExchange(
        uri=BASE + short,
        number=next((each.number or "" for each in document.programmes if each.programme == programme), ""),
        year=document.programme_year or "",
        date=document.when(),
        form=document.form,
        state=document.event.state,
        hosts=document.hosts,
        postponed_to=document.event.postponed_to,
        stands_in=document.stands_in_for is not None,
    )


def uri(name: str) -> str:
    return f"{BASE}institution/{name}"


def short(side: tuple[str, ...]) -> str:
    return " ".join(sorted(each.rpartition("/")[2] for each in side))


def host_in_words(answer: Estimate[tuple[str, ...]]) -> str:
    also = [short(side) for side, _why in answer.also]
    if answer.value is None:
        return f"{' | '.join(sorted(also))} {answer.sure}"
    return f"{short(answer.value)} {answer.sure}" + (f", also {' | '.join(also)}" if also else "")


def year_in_words(answer: Estimate[int]) -> str:
    return ", also ".join(str(year) for year in (answer.value, *(year for year, _why in answer.also)))


def asked_after(programme: str, last: str) -> NextExchange:
    history = occasions(programme, until=last)
    on = history[-1].date
    assert on is not None
    return next_exchange(rhythm_of(programme), history, today=on.latest)


@pytest.mark.parametrize(("programme", "last", "host", "number", "year"), ROWS, ids=[row[1] for row in ROWS])
def test_what_comes_after_each_exchange_of_the_record(
    programme: str, last: str, host: str, number: int | None, year: str
) -> None:
    made = asked_after(programme, last)
    assert (host_in_words(made.host), made.number.value, year_in_words(made.year)) == (host, number, year)
    assert made.refused is None
    if last in LEAST:
        assert made.number.because[0].values["least"] == LEAST[last]


def test_where_the_next_one_is_on_record_the_answer_came_true() -> None:
    """Of exchanges that followed in the year that was proposed, or with the number that was."""
    hosts, numbers = [], []
    for programme, last, _host, _number, _year in ROWS:
        made, all_of_it = asked_after(programme, last), occasions(programme)
        place = next(index for index, each in enumerate(all_of_it) if each.uri.endswith(f"/{last}"))
        for after in all_of_it[place + 1 : place + 2]:
            years = {made.year.value, *(year for year, _why in made.year.also)}
            in_its_year = after.date is not None and after.date.earliest.year in years
            if after.number.isdecimal() and made.number.value and in_its_year:
                numbers.append(after.number == str(made.number.value))
            if after.takes_a_turn and after.hosts and made.host.value and in_its_year:
                hosts.append(not set(after.hosts).isdisjoint(made.host.value))
    assert (hosts.count(False), numbers.count(False)) == (0, 0)
    assert (len(hosts), len(numbers)) == (13, 12)


def test_one_that_was_put_off_comes_next_itself_with_its_host_and_its_number() -> None:
    held = occasions("nlk-nlc", until="nlk-nlc-23")
    put_off = [*held[:-1], replace(held[-1], state="postponed", date=Edtf("2020-09"))]
    made = next_exchange(rhythm_of("nlk-nlc"), put_off, today=date(2021, 1, 1))
    assert made.awaited == put_off[-1].uri
    assert (host_in_words(made.host), made.number.value, made.year.value) == ("nlk recorded, also nlc", 23, 2023)
    assert [number for number, _why in made.number.also] == [24]
    assert str(made.number.because[0]) == "It was put off, and keeps its number."


def test_where_no_new_date_is_known_it_says_so() -> None:
    put_off = CountedExchange(uri="x", number="23", date=Edtf("2020-09"), hosts=(uri("a"),), state="postponed")
    made = next_exchange(PAIR, [put_off], today=date(2021, 1, 1))
    assert (made.year.value, str(made.year.because[0])) == (None, "No new date is on record.")


def test_a_programme_that_has_ended_has_no_next_exchange() -> None:
    made = asked_after("ndl-nal-training", "ndl-nal-training-2001")
    assert str(made.refused) == "This programme ended in 2001."


def test_from_nothing_nothing_is_counted() -> None:
    for programme in ("nlk-rsl", "nal-shanghai"):
        made = next_exchange(rhythm_of(programme), occasions(programme), today=date(2026, 11, 29))
        assert [str(reason) for reason in made.host.because] == ["Nothing to count from."]
        assert (made.host.value, made.number.value, made.year.value, made.form.value) == (None, None, None, None)


def test_where_the_other_hosts_after_two_that_were_online_the_next_one_follows() -> None:
    """The NLK was possible too, "if what was held online counts"; it hosted, and the turn that was used is recorded."""
    online = occasions("ndl-nlk", until="ndl-nlk-2022")
    hosts = (f"{BASE}institution/nlk",)
    rhythm = rhythm_of("ndl-nlk")
    for turn_of, follows in ((hosts, "ndl"), ((f"{BASE}institution/ndl",), "nlk")):
        chosen = CountedExchange(uri="chosen", date=Edtf("2023-11-06/2023-11-13"), hosts=hosts, turn_of=turn_of)
        made = next_exchange(rhythm, [*online, chosen], today=date(2023, 12, 1))
        assert (host_in_words(made.host), year_in_words(made.year)) == (f"{follows} recorded", "2024")


def test_the_form_is_that_of_most_of_the_last_three_in_person() -> None:
    made = asked_after("ndl-nlk", "ndl-nlk-2022")
    assert (made.form.value, str(made.form.because[0])) == ("visit", "The last two were held online.")
    assert asked_after("ndl-nlc", "ndl-nlc-36").form == Estimate(value="visit", sure=Sure.RECORDED)
    assert asked_after("cjkdli", "cjkdli-6").form.value == "meeting"


# Made up ------------------------------------------------------------------------------------------------------------

A, B, C = uri("a"), uri("b"), uri("c")
PAIR: Final = Rhythm(members=(MemberTerm(institution=A), MemberTerm(institution=B)))
THREE: Final = Rhythm(members=(MemberTerm(institution=A), MemberTerm(institution=B), MemberTerm(institution=C)))
TODAY: Final = date(2020, 6, 1)


def held(year: int, *hosts: str, number: str = "", month: int = 5, **more: Any) -> CountedExchange:
    when = Edtf(f"{year}-{month:02}")
    return CountedExchange(uri=f"{year}-{month:02}", date=when, hosts=hosts, number=number, **more)


@pytest.mark.parametrize(
    ("case", "rhythm", "history", "host", "number", "year"),
    [
        ("a swap of four: the one passed over is next", THREE,
         [held(2016, A), held(2017, B), held(2018, C), held(2019, B)],
         "a recorded", None, "2020"),
        ("and then the other two", THREE,
         [held(2017, B), held(2018, C), held(2019, B), held(2020, A)],
         "c recorded", None, "2021"),
        ("who came later is counted from that day",
         Rhythm(members=(*PAIR.members, MemberTerm(institution=C, joined=Edtf("2018-07")))),
         [held(2017, A), held(2018, B), held(2019, A)], "b recorded", None, "2020"),
        ("one that left in its turn", Rhythm(members=(*PAIR.members, MemberTerm(institution=C, left=Edtf("2019-12")))),
         [held(2017, C), held(2018, A), held(2019, B)], "a recorded", None, "2020"),
        ("two in one year", replace(PAIR, every="P6M"),
         [held(2019, A, month=11), held(2020, B, month=4)],
         "a recorded", None, "2020"),
        ("every two years", replace(PAIR, every="P2Y"), [held(2017, A), held(2019, B)], "a recorded", None, "2021"),
        ("cancelled after it was agreed", PAIR,
         [held(2018, A, number="3"), held(2019, B, number="4", state="cancelled")],
         "b recorded", 4, "2020"),
        ("it used up nobody's turn", PAIR,
         [held(2018, A), held(2019, B), held(2020, A, turn_of=(), month=2)],
         "a recorded", None, "2020, also 2021"),
        ("another hosted for them", PAIR, [held(2018, A), held(2019, A, turn_of=(B,))], "a recorded", None, "2020"),
        ("a number that is text", PAIR,
         [held(2018, A, number="1"), held(2019, B, number="I and II")],
         "a recorded", None, "2020"),
        ("numbers that run out", replace(PAIR, numbering="no numbers"),
         [held(2019, B, number="7")], "a recorded", None, "2020"),
        ("a pattern broken once begins anew", PAIR,
         [held(2013, A, number="1"), held(2014, B, number="2"), held(2015, B, number="3"), held(2017, number="5")],
         "a | b open", 6, "2020"),
        ("by number, after three that agree", PAIR,
         [held(2013, A, number="1"), held(2014, B, number="2"), held(2015, A, number="3"), held(2018, number="6")],
         "a inferred", 7, "2020"),
        ("a number taken in the series", replace(PAIR, taken=frozenset({9})),
         [held(2019, B, number="8")],
         "a recorded", 10, "2020"),
        ("two of different sides hosted", THREE,
         [held(2018, A), held(2019, B, C)], "a recorded", None, "2020"),
        ("nobody has hosted", PAIR, [held(2019, form="training")], "a | b open", None, "2020"),
        ("the order of the programme decides between equals", replace(THREE, order=(C, B, A)), [held(2019, C)],
         "b recorded", None, "2020"),
        ("online exchanges use a turn up where it is said so", replace(PAIR, online_turns="turn used"),
         [held(2018, A), held(2019, B, form="online exchange")], "a recorded", None, "2020"),
        ("the turn known lies long ago", PAIR, [held(2012, A), held(2019, form="online exchange")],
         "b weak", None, "2020"),
        ("a year that begins in April", replace(PAIR, year_begins=4),
         [held(2020, A, month=2)], "b recorded", None, "2020"),
        ("years that are over", PAIR, [held(2015, A)], "b weak", None, "2020"),
        ("one that is planned", PAIR,
         [held(2019, A, number="3"), held(2020, B, number="4", month=10, state="planned")],
         "a recorded", 5, "2021"),
    ],
)  # fmt: skip
def test_what_happened_elsewhere(
    case: str, rhythm: Rhythm, history: list[CountedExchange], host: str, number: int | None, year: str
) -> None:
    made = next_exchange(rhythm, history, today=TODAY)
    assert (host_in_words(made.host), made.number.value, year_in_words(made.year)) == (host, number, year), case


def test_the_order_of_the_shipped_record_says_who_hosts_first() -> None:
    order = the(Programme, "programme/cjkdli", shipped()).hosting_order
    first = occasions("cjkdli", until="cjkdli-1")
    made = next_exchange(rhythm_of("cjkdli", order=order), first, today=date(2011, 12, 1))
    assert host_in_words(made.host) == "ndl recorded"


def test_each_answer_says_why() -> None:
    """Institutions and exchanges stand in the reasons by their URIs, for the page to name."""
    after_two = next_exchange(PAIR, [held(2018, B), held(2019, B)], today=TODAY)
    assert [reason.message for reason in after_two.host.because] == [
        "%(side)s hosted last (%(when)s).",
        "%(side)s hosted twice running.",
    ]
    online = asked_after("ndl-nlk", "ndl-nlk-2022").host
    assert "Held online, the turn stayed with %(side)s." in [reason.message for reason in online.because]
    assert [str(why) for _side, why in online.also] == ["if what was held online counts"]
    by_turn = asked_after("ndl-nal-nars", "ndl-nal-nars-8").host
    assert by_turn.because[0].message == "%(exchange)s names no host; by turn it was %(side)s."
    by_number = asked_after("ndl-nlk", "ndl-nlk-7").host
    assert by_number.because[0].message == "%(exchange)s names no host; by its number it was %(side)s."


@pytest.mark.parametrize(
    ("history", "number", "also", "because"),
    [
        ([held(2019, A, number="36")], 37, [], []),
        ([held(2018, A, number="36"), held(2019, B, number="37", state="cancelled")], 37, [38], ["37"]),
        # One that came after it: the number was given again, or left out, and is asked about no more.
        ([held(2018, A, number="37", state="cancelled"), held(2019, B, number="37")], 38, [], []),
        ([held(2018, A, number="37", state="cancelled"), held(2019, B, number="38")], 39, [], []),
        ([held(2019, A, number="36"), held(2020, B, state="cancelled")], 37, [], []),
    ],
)
def test_the_number_of_a_cancelled_one_is_asked_about(
    history: list[CountedExchange], number: int, also: list[int], because: list[str]
) -> None:
    made = next_exchange(PAIR, history, today=TODAY).number
    assert (made.value, [value for value, _why in made.also]) == (number, also)
    cancelled = [why for why in made.because if "cancelled" in why.message]
    assert [why.values["number"] for why in cancelled] == because


def test_what_is_under_way_already_is_said() -> None:
    draft = UnderWay(uri="draft", number="37", since=date(2020, 6, 3))
    made = next_exchange(PAIR, [held(2019, A, number="36")], today=TODAY, under_way=[draft])
    assert made.awaited == "draft"
    assert str(made.number.because[-1]) == "Your institution has had a draft of number 37 since 2020-06-03."


@pytest.mark.parametrize("year", ["99999", "0000", "I", "２０１９", ""])
def test_a_year_that_is_none_is_passed_over(year: str) -> None:
    made = next_exchange(PAIR, [replace(held(2019, A), year=year)], today=TODAY)
    assert made.year.value == 2020


# Whatever was held ---------------------------------------------------------------------------------------------------

SOME: Final = st.lists(
    st.builds(
        held,
        st.integers(2008, 2020),
        month=st.integers(1, 5),
        number=st.sampled_from(["", "", "4", "5", "6", "7", "I and II"]),
        form=st.sampled_from(["visit", "visit", "visit", "meeting", "online exchange", "training"]),
        state=st.sampled_from(["held", "held", "held", "cancelled"]),
    ),
    min_size=1,
    max_size=7,
)
HOSTS: Final = st.sampled_from([(A,), (B,), (C,), (), (A, B)])
UNORDERED: Final = [THREE, PAIR, replace(PAIR, sides=((A,), (B,))), replace(PAIR, every="P2Y")]
RHYTHMS: Final = st.sampled_from([*UNORDERED, replace(THREE, order=(C, B, A))])


@st.composite
def histories(draw: st.DrawFn) -> list[CountedExchange]:
    """What was held, each with a name of its own; two may be on the same day."""
    return [replace(each, uri=f"e{place}", hosts=draw(HOSTS)) for place, each in enumerate(draw(SOME))]


@given(RHYTHMS, histories(), st.randoms(use_true_random=False))
def test_in_whatever_order_it_is_told_what_comes_next_is_the_same(
    rhythm: Rhythm, history: list[CountedExchange], chance: Random
) -> None:
    told = next_exchange(rhythm, history, today=TODAY)
    again = history.copy()
    chance.shuffle(again)
    assert next_exchange(rhythm, again, today=TODAY) == told


# Where the programme says its order, that decides between those of whom no turn is known: an older one may be theirs.
@given(st.sampled_from(UNORDERED), histories(), HOSTS, st.sampled_from(["", "1", "2"]))
def test_an_exchange_older_than_all_changes_no_answer_that_is_recorded(
    rhythm: Rhythm, history: list[CountedExchange], hosts: tuple[str, ...], number: str
) -> None:
    older = replace(held(2001, number=number), hosts=hosts)
    told, again = (next_exchange(rhythm, each, today=TODAY) for each in (history, [older, *history]))
    for name in ("host", "number", "year"):
        before, after = getattr(told, name), getattr(again, name)
        if before.sure is Sure.RECORDED and before.value is not None:
            assert (name, after.value) == (name, before.value)
