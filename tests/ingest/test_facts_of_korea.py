"""The untidy past of the exchanges with the libraries of Korea, as it is held."""

import pytest

from koryu.records.agreement import Agreement
from koryu.records.document import Document
from koryu.records.exchange import EventState, Exchange
from koryu.records.institution import Institution
from koryu.records.paper import Paper
from koryu.records.participation import DelegationRole, Member, Participation
from koryu.records.programme import Programme
from koryu.records.timetable import Counted, Timetable
from koryu.records.work import Work
from koryu.values.edtf import Edtf
from koryu.values.text import Text
from tests.shipped import BASE, Record, shipped, the


@pytest.fixture(scope="module")
def record() -> Record:
    return shipped()


def held_under(programme: str, record: Record) -> list[tuple[str | None, str]]:
    """(number as printed, date) of the exchanges of a programme, by date."""
    found = [
        (held.number, str(document.when()))
        for document in record.values()
        if isinstance(document, Exchange)
        for held in document.programmes
        if held.programme == BASE + programme
    ]
    return sorted(found, key=lambda one: Edtf(one[1]).earliest)


def short(uris: tuple[str, ...]) -> list[str]:
    return [uri.rpartition("/")[2] for uri in uris]


def printed(text: Text | None) -> dict[str, str] | None:
    return text.as_json() if text else None


def posts(member: Member) -> list[tuple[dict[str, str] | None, dict[str, str] | None]]:
    return [(printed(post.post), printed(post.unit)) for post in member.posts]


def variants(document: Document) -> list[tuple[str, str, str]]:
    """(field, value in its source language, work) of each account that differs."""
    return [
        (
            one.field,
            str(one.value) if isinstance(one.value, Edtf) else one.value.forms[one.value.source],
            one.source.rpartition("/")[2],
        )
        for one in document.variants
    ]


def test_numbers_that_were_not_found_are_skipped_and_none_is_made_up(record: Record) -> None:
    assert held_under("programme/ndl-nlk", record) == [
        ("1", "1997-11-09/1997-11-16"),
        ("5", "2001-05-21/2001-05-28"),
        ("6", "2002-09-09/2002-09-16"),
        ("7", "2003"),
        ("8", "2004-10-11/2004-10-18"),
        ("9", "2005-05-31/2005-06-07"),
        ("11", "2007"),
        ("17", "2014-07-08/2014-07-15"),
        ("20", "2017-09-18/2017-09-23"),
        (None, "2020-XX-28"),
        (None, "2021-10-28"),
        (None, "2022-09-21"),
    ]


def test_the_numbers_restart_at_one_when_a_third_institution_joins(record: Record) -> None:
    assert held_under("programme/ndl-nal", record)[:3] == [
        (None, "2003-12-01/2003-12-07"),
        ("2", "2004-12-13/2004-12-19"),
        ("4", "2007-01-29/2007-02-01"),
    ]
    assert held_under("programme/ndl-nal-nars", record)[0] == ("1", "2009-12-14/2009-12-20")
    assert the(Programme, "programme/ndl-nal-nars", record).continues == BASE + "programme/ndl-nal"


def test_two_exchanges_in_one_calendar_year(record: Record) -> None:
    of_2017 = [one for one in held_under("programme/ndl-nal-nars", record) if one[1].startswith("2017")]
    assert of_2017 == [(None, "2017-01-11/2017-01-12"), ("8", "2017-12")]


def test_the_2006_programme_was_held_in_2007(record: Record) -> None:
    fourth = the(Exchange, "exchange/ndl-nal-4", record)
    assert (fourth.programme_year, str(fourth.when())) == ("2006", "2007-01-29/2007-02-01")


def test_an_exchange_put_off_from_2020_to_2021_says_so(record: Record) -> None:
    event = the(Exchange, "exchange/ndl-nlk-2021", record).event
    assert event.state is EventState.HELD
    assert event.remark is not None
    assert event.remark.shown("en").text == "Due at the NDL in 2020; put off for a year because of COVID-19."


def test_one_institution_hosts_twice_running(record: Record) -> None:
    hosts = [short(the(Exchange, f"exchange/ndl-nlk-{year}", record).hosts) for year in (2021, 2022)]
    assert hosts == [["ndl"], ["ndl"]]


def test_a_meeting_of_heads_stands_in_for_an_exchange_on_the_28th_of_some_month(record: Record) -> None:
    heads = the(Exchange, "exchange/ndl-nlk-heads-2020", record)
    assert str(heads.when()) == "2020-XX-28"
    assert heads.numbers() == ()
    assert heads.hosts == ()
    assert heads.stands_in_for is not None
    assert heads.stands_in_for.exchange is None
    assert heads.stands_in_for.described is not None
    meeting = the(Timetable, "timetable/ndl-nlk-heads-2020", record).sessions[0]
    assert (str(meeting.date), meeting.start, meeting.end) == ("2020-XX-28", "15:00", None)


def test_trip_programme_and_papers_have_dates_of_their_own_each_under_its_source(record: Record) -> None:
    sixth = the(Exchange, "exchange/ndl-nlk-6", record)
    assert variants(sixth) == [
        ("dates", "2002-09-10/2002-09-11", "ndl-newsletter-129-ndl-nlk-6"),
        ("dates", "2002-09-09/2002-09-16", "asia-bulletin-1-1-ndl-nlk-6"),
        ("dates", "2002-09-09/2002-09-16", "current-awareness-e016"),
        ("dates", "2002-09-10", "asia-bulletin-1-1-ndl-nlk-6"),
    ]
    assert [str(dated.scope) for dated in sixth.dates] == ["trip"]


def test_one_member_has_two_posts_in_two_languages_and_neither_is_preferred(record: Record) -> None:
    delegation = the(Participation, "participation/ndl-nlk-6-ndl", record)
    ito = next(member for member in delegation.members if member.id == "ito-yoshiko")
    assert [post for post, _ in posts(ito)] == [None]
    assert [value for _, value, _ in variants(delegation)] == ["Reference librarian", "主題情報部人文課人文第一係長"]


def test_papers_with_a_post_but_no_speaker(record: Record) -> None:
    keynote = the(Paper, "paper/ndl-nlk-2021-keynote-ndl", record)
    (speaker,) = keynote.speakers
    assert speaker.person is None
    assert [(printed(post.post), printed(post.unit)) for post in speaker.posts] == [
        ({"ko": "기획과장"}, {"ko": "총무부"})
    ]
    assert keynote.label == "기조보고"


def test_a_paper_with_neither_title_nor_speaker(record: Record) -> None:
    keynote = the(Paper, "paper/ndl-nlk-1-keynote-ndl", record)
    assert (keynote.title_given, keynote.speakers) == (False, ())


def test_a_seated_interpreter_without_a_name_is_not_counted(record: Record) -> None:
    delegation = the(Participation, "participation/ndl-nlk-9-nlk", record)
    interpreter = delegation.members[-1]
    assert (interpreter.person, interpreter.roles, interpreter.counted) == (None, (DelegationRole.INTERPRETER,), False)
    assert delegation.size_stated == sum(member.counted for member in delegation.members) == 3


def test_a_member_who_only_listens_is_not_counted(record: Record) -> None:
    auditor = the(Participation, "participation/ndl-nlk-1-nlk", record).members[-1]
    assert (auditor.roles, auditor.counted) == ((DelegationRole.AUDITOR,), False)


def test_three_members_of_whom_none_is_named(record: Record) -> None:
    delegation = the(Participation, "participation/ndl-nlk-8-ndl", record)
    assert (delegation.size_stated, delegation.members, delegation.complete) == (3, (), False)


def test_delegates_of_one_visit_come_from_two_bodies(record: Record) -> None:
    members = {
        name: len(the(Participation, f"participation/ndl-nal-nars-1-{name}", record).members)
        for name in ("nal", "nars")
    }
    assert members == {"nal": 1, "nars": 1}


def test_a_memorandum_of_two_that_the_programme_of_three_does_not_rest_on(record: Record) -> None:
    memorandum = the(Agreement, "agreement/ndl-nars-2014", record)
    assert sorted(short(memorandum.institutions)) == ["nars", "ndl"]
    programme = the(Programme, "programme/ndl-nal-nars", record)
    assert [short((basis.agreement,)) for basis in programme.basis] == [["ndl-nal-nars-four-years"]]
    visit = the(Exchange, "exchange/ndl-nal-nars-2015-12", record)
    assert [(one.field, one.record) for one in visit.variants] == [("programmes", BASE + "agreement/ndl-nars-2014")]


def test_one_programme_in_three_descriptions(record: Record) -> None:
    assert variants(the(Programme, "programme/ndl-nal-nars", record)) == [
        ("institutions", "One exchange of three", "ndl-newsletter-217-ndl-nal-nars-8"),
        (
            "institutions",
            "Programme of the NARS and the NDL, under a memorandum of the two, in cooperation with the NAL",
            "nars-mutual-visit-program",
        ),
        ("institutions", "한·일 국회도서관 공동세미나", "nal-webzine-2022-01"),
    ]


def test_a_seminar_of_three_where_two_speak(record: Record) -> None:
    visit = the(Exchange, "exchange/ndl-nal-nars-2015-12", record)
    seminar = the(Timetable, "timetable/ndl-nal-nars-2015-12", record).sessions[-1]
    speaking = [the(Paper, paper.removeprefix(BASE), record).institution for paper in seminar.papers]
    assert sorted(short(visit.institutions)) == ["nal", "nars", "ndl"]
    assert sorted(short(tuple(speaking))) == ["nars", "ndl"]


def test_a_visit_under_no_programme(record: Record) -> None:
    visits = the(Exchange, "exchange/nars-study-visits", record)
    assert (visits.programmes, visits.dates) == ((), ())
    assert short(visits.hosts) == ["crs", "eprs", "ndl", "npc-legislative-affairs-commission"]


def test_a_session_numbered_one_and_two(record: Record) -> None:
    sessions = the(Timetable, "timetable/ndl-nlk-9", record).sessions
    assert [session.number for session in sessions] == [None, "I and II"]


def test_a_date_known_to_the_month(record: Record) -> None:
    assert str(the(Exchange, "exchange/ndl-nal-nars-2014-12", record).when()) == "2014-12"


def test_a_training_of_one_month_whose_place_two_readings_dispute(record: Record) -> None:
    training = the(Exchange, "exchange/ndl-nal-training-2000", record)
    assert (training.duration, training.places) == ("P1M", ())
    assert variants(training) == [("places", "National Library of Korea (NLK)", "ndl-exchange-activities")]


def test_what_is_inferred_is_no_number(record: Record) -> None:
    inferred = ["ndl-nal-2003", "ndl-nal-nars-2014-12", "ndl-nal-nars-2015-12", "ndl-nal-nars-2017-01"]
    assert [the(Exchange, f"exchange/{name}", record).numbers() for name in inferred] == [(), (), (), ()]


def test_a_year_taken_from_the_issue_is_marked_as_derived(record: Record) -> None:
    derived = {
        name: [one.field for one in the(Exchange, f"exchange/{name}", record).derived]
        for name in ("ndl-nlk-5", "ndl-nlk-7")
    }
    assert derived == {"ndl-nlk-5": ["dates[whole].date"], "ndl-nlk-7": ["dates[whole].date"]}


def test_an_exchange_of_which_one_paper_is_known_has_no_host(record: Record) -> None:
    seventh = the(Exchange, "exchange/ndl-nlk-7", record)
    known = {one.what: (one.known, one.of) for one in the(Timetable, "timetable/ndl-nlk-7", record).known}
    assert seventh.hosts == ()
    assert known == {Counted.SESSIONS: (1, None), Counted.PAPERS: (1, None)}


def test_one_text_gives_two_years_for_one_change_of_name(record: Record) -> None:
    assert variants(the(Institution, "institution/nlc", record))[:2] == [
        ("names", "1998-12-12", "nlc-korean-collection-history-en"),
        ("names", "1988-12-12", "nlc-korean-collection-history-ko"),
    ]


def test_a_page_bears_a_date_before_what_it_tells_of(record: Record) -> None:
    page = the(Work, "work/nars-mutual-visit-program", record)
    assert page.issued is None
    assert variants(page) == [("issued", "2012-10-15", "nars-mutual-visit-program")]


def test_one_agreement_has_two_dates_in_two_lists(record: Record) -> None:
    memorandum = the(Agreement, "agreement/nlcy-international-youth-library", record)
    assert memorandum.done is None
    assert [value for _, value, _ in variants(memorandum)] == ["2016-09", "2013-12-24", "2013-12-24"]


def test_a_name_printed_in_hangul_alone_gets_no_other_form(record: Record) -> None:
    assert record["person/uwabo-yoshie"].title.as_json() == {"ko": "우와보 요시에"}
