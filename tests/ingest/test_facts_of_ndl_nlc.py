"""The untidy past of the exchanges with the National Library of China, and of the sister programmes, as it is held."""

import pytest

from koryu.records.agreement import Agreement
from koryu.records.document import Document
from koryu.records.exchange import Exchange
from koryu.records.institution import Institution, NameUse
from koryu.records.outcome import Outcome
from koryu.records.paper import Paper
from koryu.records.participation import Member, Participation
from koryu.records.person import Person
from koryu.records.programme import Programme
from koryu.records.timetable import Timetable
from koryu.values.edtf import Edtf
from koryu.values.text import Text
from tests.shipped import BASE, Record, shipped, the


@pytest.fixture(scope="module")
def record() -> Record:
    return shipped()


def dates(exchange: Exchange) -> dict[str, str]:
    return {str(dated.scope): str(dated.date) for dated in exchange.dates}


def number(exchange: Exchange) -> str | None:
    return exchange.programmes[0].number


def words(text: Text | None) -> str | None:
    return text.shown("en").text if text else None


def posts(member: Member) -> list[tuple[str | None, str | None]]:
    return [(words(post.post), post.institution) for post in member.posts]


def variants(document: Document) -> list[tuple[str, str, str]]:
    return [
        (
            one.field,
            str(one.value) if isinstance(one.value, Edtf) else one.value.shown("en").text,
            one.source.removeprefix(BASE),
        )
        for one in document.variants
    ]


def test_a_number_that_no_year_explains_is_kept_as_printed(record: Record) -> None:
    held = {
        number(exchange): exchange.dates[0].date[:4]
        for exchange in record.values()
        if isinstance(exchange, Exchange)
        and exchange.programmes
        and exchange.programmes[0].programme == BASE + "programme/ndl-nlc"
    }
    assert {printed: year for printed, year in held.items() if printed} == {
        "22": "2002", "23": "2003", "24": "2004", "25": "2005", "31": "2012", "36": "2017",
    }  # fmt: skip


def test_an_exchange_whose_number_is_not_printed_bears_none(record: Record) -> None:
    unnumbered = ("ndl-nlc-1981", "ndl-nlc-2009-11", "ndl-nlc-2023-11", "nlk-nlc-1997", "nlk-nlc-1998")
    assert [number(the(Exchange, f"exchange/{one}", record)) for one in unnumbered] == [None] * 5


def test_an_exchange_postponed_from_2020_to_2023_keeps_its_number(record: Record) -> None:
    exchange = the(Exchange, "exchange/nlk-nlc-23", record)
    assert (number(exchange), exchange.event.state, exchange.event.postponed_to) == ("23", "held", "2023-09")
    assert words(exchange.event.remark) == "Planned for 2020, put off repeatedly; kept its number."


def test_a_trip_a_seminar_and_its_sessions_have_spans_of_their_own(record: Record) -> None:
    exchange = the(Exchange, "exchange/nlk-nlc-23", record)
    timetable = the(Timetable, "timetable/nlk-nlc-23", record)
    assert dates(exchange) == {"trip": "2023-09-18/2023-09-25", "seminar dates": "2023-09-19/2023-09-20"}
    assert [one.date for one in timetable.sessions if one.papers] == ["2023-09-19", "2023-09-19", "2023-09-20"]


def test_three_of_eleven_visits_are_known(record: Record) -> None:
    timetable = the(Timetable, "timetable/nlk-nlc-23", record)
    visits = [one.id for one in timetable.sessions if one.type == "site visit"]
    assert visits == ["nal", "seoul-library", "nlk-sejong"]
    assert [(one.known, one.of) for one in timetable.known if one.what == "visits"] == [(3, 11)]


def test_days_of_some_month_of_2018_keep_the_month_unsaid(record: Record) -> None:
    exchange = the(Exchange, "exchange/nlk-nlc-21", record)
    assert dates(exchange) == {"trip": "2018-XX-05/2018-XX-12"}
    assert [one.field for one in exchange.derived] == ["dates[trip].date"]


def test_one_trip_serves_two_partners(record: Record) -> None:
    trip = the(Exchange, "exchange/nlk-nlc-21", record).dates[0].date
    memorandum = the(Agreement, "agreement/nal-nlc-2018", record)
    head = the(Participation, "participation/nlk-nlc-21-nlc", record).members[0]
    signed = memorandum.when()
    assert signed
    assert trip.earliest <= signed.earliest <= trip.latest
    assert head.person
    names = the(Person, head.person.removeprefix(BASE), record).names
    assert memorandum.done
    assert memorandum.done.by[1].name
    assert memorandum.done.by[1].name.shown("ko").text == names[0].written


def test_a_paper_of_which_neither_title_nor_speaker_is_known_is_on_record(record: Record) -> None:
    paper = the(Paper, "paper/ndl-nlc-2009-11-nlc", record)
    assert (paper.title_given, paper.speakers, paper.corporate_author) == (False, (), None)


def test_a_paper_may_have_a_corporate_author_and_no_speaker(record: Record) -> None:
    paper = the(Paper, "paper/ndl-nlc-31-theme-2-nlc", record)
    assert (paper.label, paper.speakers) == ("テーマ報告2", ())
    assert words(paper.corporate_author) == "業務管理処"


def test_one_paper_may_have_two_speakers(record: Record) -> None:
    paper = the(Paper, "paper/ndl-nlc-36-2-ndl", record)
    assert [one.id for one in paper.speakers] == ["abe-kentaro", "harada-hisayoshi"]


def test_a_session_that_is_not_known_still_holds_its_topic(record: Record) -> None:
    timetable = the(Timetable, "timetable/ndl-nlc-36", record)
    unplaced = [one for one in timetable.sessions if one.type == "session not known"]
    assert [[words(theme.text) for theme in one.themes] for one in unplaced] == [
        ["The NLC Science and Technology Innovation Services"]
    ]


def test_three_members_of_whom_none_is_named_are_a_size_and_no_more(record: Record) -> None:
    participation = the(Participation, "participation/nlk-nlc-1997-nlc", record)
    assert (participation.size_stated, participation.members, participation.complete) == (3, (), False)


def test_a_head_of_delegation_may_be_known_by_post_alone(record: Record) -> None:
    head = the(Participation, "participation/ndl-nlc-1981-ndl", record).members[0]
    assert (head.person, posts(head), head.roles) == (None, [("Deputy Librarian", None)], ("head of delegation",))


def test_an_interpreter_may_hold_a_post_that_differs_from_one_exchange_to_the_next(record: Record) -> None:
    def units(name: str) -> list[str | None]:
        members = the(Participation, name, record).members
        held = [post for one in members if "interpreter" in one.roles for post in one.posts]
        return [words(post.unit) for post in held]

    assert units("participation/ndl-nlc-23-ndl") == ["Planning and Cooperation Division"]
    assert units("participation/ndl-nlc-25-ndl") == ["Branch Libraries and Cooperation Division"]


def test_a_member_may_hold_a_post_in_another_body_too(record: Record) -> None:
    head = the(Participation, "participation/ndl-nlc-36-nlc", record).members[0]
    museum = BASE + "institution/national-museum-of-classic-books"
    assert posts(head) == [("Deputy Director", None), ("Executive Deputy Director", museum)]


def test_staff_who_were_there_already_are_not_counted(record: Record) -> None:
    participation = the(Participation, "participation/nal-shanghai-2011-12-nal", record)
    assert participation.size_stated == 4
    assert [(one.id, one.counted) for one in participation.members] == [("yu-jae-il", True), ("exchange-staff", False)]


def test_bodies_that_are_no_libraries_take_part(record: Record) -> None:
    exchange = the(Exchange, "exchange/ndl-peru-2021-02", record)
    kinds = [the(Institution, one.removeprefix(BASE), record).type for one in exchange.institutions]
    assert kinds == ["national library", "national library", "government body", "government body"]


def test_a_visit_may_be_under_no_programme(record: Record) -> None:
    visits = ("nlc-centenary-2009", "nlc-nippan-2017", "nlc-eisei-bunko-2019")
    assert [the(Exchange, f"exchange/{one}", record).programmes for one in visits] == [(), (), ()]


def test_a_partner_renamed_keeps_its_former_name(record: Record) -> None:
    names = the(Institution, "institution/nlc", record).names
    former = {str(one.lang): one.written for one in names if one.use == NameUse.FORMER}
    assert former == {"zh-Hans": "北京图书馆", "en": "Beijing Library", "ja": "北京図書館", "ko": "베이징도서관"}


def test_of_a_dispatch_the_three_months_count_and_not_the_span(record: Record) -> None:
    exchange = the(Exchange, "exchange/ndl-nlc-dispatch-1985", record)
    sides = [the(Participation, f"participation/ndl-nlc-dispatch-1985-{one}", record) for one in ("ndl", "nlc")]
    assert (dates(exchange), exchange.duration) == ({"exchange": "1985/1986"}, "P3M")
    assert [(one.size_stated, one.duration, one.host) for one in sides] == [
        (1, "P3M", BASE + "institution/nlc"),
        (1, "P3M", BASE + "institution/ndl"),
    ]


def test_a_date_known_to_the_month_stays_a_month(record: Record) -> None:
    months = [the(Exchange, f"exchange/{one}", record).when() for one in ("ndl-nlc-24", "ndl-nlc-2009-11")]
    assert [*months, the(Agreement, "agreement/ndl-nlc-1999", record).when()] == ["2004-11", "2009-11", "1999-05"]


def test_an_agreement_dated_differently_keeps_each_account(record: Record) -> None:
    agreement = the(Agreement, "agreement/cjkdli-2010", record)
    assert variants(agreement) == [
        ("done.on", "2010-08-10", "work/information-today-2010"),
        ("done.on", "2010-08", "work/current-awareness-e1526"),
        ("done.on", "2011", "work/kbs-world-61615"),
    ]


def test_a_letter_exchanged_to_one_and_signed_to_another_keeps_both_words(record: Record) -> None:
    agreement = the(Agreement, "agreement/ndl-nlc-1999", record)
    assert variants(agreement) == [
        ("act", "取り交わし", "work/ndl-exchange-activities-ja"),
        ("act", "signed", "work/ndl-newsletter-141"),
        ("act", "signed", "work/wei-mengmeng-2018"),
    ]


def test_each_side_calls_the_programme_by_its_own_name(record: Record) -> None:
    members = the(Programme, "programme/ndl-nlc", record).institutions
    assert [words(one.calls_it) for one in members] == ["Mutual Visit Programs", "business exchange"]


def test_an_exchange_read_as_one_of_the_programme_says_on_what_grounds(record: Record) -> None:
    inferred = [the(Exchange, f"exchange/{one}", record) for one in ("ndl-nlc-2023-11", "nlk-nlc-2017-11")]
    assert [[one.field for one in exchange.derived] for exchange in inferred] == [
        ["programmes[ndl-nlc].programme", "hosts"],
        ["programmes[nlk-nlc].programme", "hosts"],
    ]


def test_a_body_printed_under_an_unclear_name_keeps_that_name(record: Record) -> None:
    exchange = the(Exchange, "exchange/nal-shanghai-2011-12", record)
    assert variants(exchange) == [("institutions", "韓国国立図書館", "work/shanghai-library-2011-12-19")]
    assert [one.field for one in exchange.derived] == ["institutions"]


def test_following_the_example_of_the_ndl_is_the_ndls_own_statement(record: Record) -> None:
    outcome = the(Outcome, "outcome/nlc-branch-libraries", record)
    assert outcome.follows_example
    assert (outcome.stated_by, outcome.follows_example.institution) == (BASE + "institution/ndl",) * 2
