"""The search follows what stands: what was put on record is found at once, what was erased is gone at once."""

from pathlib import Path
from typing import Any

import pytest

from koryu.archive import actions as search
from koryu.archive import queries
from koryu.archive.queries import EVERYBODY
from koryu.consent import actions
from koryu.records.kinds import document_of
from koryu.search import index_process
from koryu.search.entries import Filters, LedgerMark
from koryu.search.index import Index
from koryu.search.store import Busy
from tests.world import AT, COMPILER, EXCHANGE, NDL, NLC, WORK, House, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
SOURCES = [{"id": "page", "work": WORK}]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def found(query: str, *, asking: str = EVERYBODY, **more: Any) -> list[str]:
    search.catch_up()
    return [hit.uri for hit in queries.found(query, reader="ja", asking=asking, **more).hits]


def record(name: str, **content: Any) -> None:
    document = document_of({"sources": SOURCES, **content})
    actions.record(institution=COMPILER, by="head", at=AT, record=uri(name), document=document)


def an_exchange() -> None:
    record("exchange/e", **exchange(NDL, NLC).content())


def paper(name: str, title: str, readings: dict[str, str] | None = None) -> None:
    record(
        f"paper/{name}",
        kind="paper",
        title={"ja": title, **(readings or {}), **({"source": "ja"} if readings else {})},
        exchange=EXCHANGE,
        institution=NDL,
        type="keynote",
    )


def files(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted((home / "search").rglob("*")) if file.is_file())


def test_the_question_after_a_write_finds_what_was_written() -> None:
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    assert found("ndl") == [NDL]
    record(
        "person/chen", kind="person", title={"ko": "천잉", "ko-Hani": "陳櫻", "source": "ko"}, kept_by=NLC, names=CHEN
    )
    # Nothing public names this person yet: those whose record it is find it.
    assert found("천잉") == []
    assert [found(query, asking=NLC) for query in ("천잉", "陈樱", "진앵", "Ying Chen")] == [[uri("person/chen")]] * 4
    assert search.index().reached.number > 0


CHEN = [
    {"id": "ko", "lang": "ko", "written": "천잉", "order": "family first"},
    {"id": "hani", "lang": "ko-Hani", "written": "陳櫻", "order": "family first"},
    {"id": "latin", "lang": "zh-Latn-pinyin", "written": "Chen Ying", "order": "family first"},
]


def test_a_title_may_bring_its_own_reading_which_takes_the_place_of_the_automatic_one() -> None:
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    an_exchange()
    paper("read", "長尾真の構想", {"ja-Hira": "ながおまことのこうそう"})
    paper("unread", "長尾真の講演")
    assert found("nagaomakoto") == [uri("paper/read")]
    assert found("nagao shin") == [uri("paper/unread")]
    (match, *_) = queries.found("nagaomakoto", reader="ja", asking=EVERYBODY).hits[0].matches
    assert (match.form.text, str(match.why)) == (
        "長尾真の構想",
        "nagaomakoto matches 長尾真の構想: read ながおまことのこうそう",
    )


def test_what_an_exchange_says_narrows_down_what_belongs_to_it() -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)
    an_exchange()
    first = House(NDL).propose(exchange(NDL, NLC, dates=[{"id": "t", "scope": "trip", "date": "2006-05"}]))
    House(NLC).accept(first)
    paper("one", "電子図書館の現状")
    assert found("denshi toshokan", filters=Filters(years=(2006, 2006))) == [uri("paper/one")]
    second = House(NLC).propose(
        exchange(NDL, NLC, dates=[{"id": "t", "scope": "trip", "date": "2007-01"}]), replaces=first
    )
    House(NDL).accept(second)
    assert found("denshi toshokan", filters=Filters(years=(2006, 2006))) == []
    assert found("denshi toshokan", filters=Filters(years=(2007, 2007), form=("visit",))) == [uri("paper/one")]


def test_what_only_one_side_may_see_is_neither_found_nor_suggested_nor_counted() -> None:
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    an_exchange()
    for name, shown_to in (("seen", "public"), ("unseen", "own")):
        record(
            f"report/{name}",
            kind="report",
            title={"ja": "交流の報告書", "en": f"Report {name}", "source": "ja"},
            exchange=EXCHANGE,
            institution=NDL,
            shown_to=shown_to,
        )
    search.catch_up()
    answer = queries.found("報告書", reader="ja", asking=EVERYBODY)
    assert ([hit.uri for hit in answer.hits], answer.total) == ([uri("report/seen")], 1)
    assert answer.counts["kind"] == {"report": 1}
    assert [one.uri for one in queries.suggested("report uns", reader="en", asking=EVERYBODY)] == []
    assert queries.found("unsean", reader="en", asking=EVERYBODY).near == ()
    assert sorted(found("報告書", asking=NDL)) == [uri("report/seen"), uri("report/unseen")]


def test_nothing_of_what_was_erased_is_left_in_the_files(home: Path) -> None:
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    an_exchange()
    paper("kept", "Zwieback and other papers")
    paper("gone", "Quagmire remembered")
    assert found("quagmire") == [uri("paper/gone")]
    assert b"Quagmire" in files(home)
    actions.erase(institution=COMPILER, record=uri("paper/gone"), by="head", at=AT)
    assert b"Zwieback" in files(home)
    assert b"uagmire" not in files(home)
    assert found("quagmire") == []
    assert queries.found("quagmyre", reader="en", asking=EVERYBODY).near == ()


def test_asking_writes_nothing(home: Path) -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    with pytest.raises(Busy):
        queries.found("ndl", reader="en", asking=EVERYBODY)
    assert not (home / "search").exists()
    search.catch_up()
    before = files(home)
    put_on_record(NLC)
    for asked in ("ndl", "nlc"):
        queries.found(asked, reader="en", asking=EVERYBODY)
        queries.suggested(asked, reader="en", asking=EVERYBODY)
    assert files(home) == before


@pytest.mark.django_db(transaction=True)
def test_what_stands_is_found_as_soon_as_the_act_is_done() -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    search.catch_up()
    put_on_record(NLC)
    assert [hit.uri for hit in queries.found("nlc", reader="en", asking=EVERYBODY).hits] == [NLC]


def test_an_index_of_another_ledger_is_made_anew(home: Path) -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    search.catch_up()
    index_process.rebuild(home / "search", [], to=LedgerMark(search.index().reached.number, "sha256:of-another"))
    assert found("ndl") == [NDL]
    index_process.rebuild(home / "search", [], to=LedgerMark(10_000, "sha256:of-another"))
    assert found("ndl") == [NDL]


def test_a_spoilt_index_is_made_anew(home: Path) -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    assert found("ndl") == [NDL]
    (home / "search" / "current").write_text("generation-gone", "ascii")
    assert found("ndl") == [NDL]


def test_every_process_sees_what_another_let_the_index_reach(home: Path) -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    assert found("ndl") == [NDL]
    other = Index(home / "search")
    put_on_record(NLC)
    assert found("nlc") == [NLC]
    assert [hit.uri for hit in other.find("nlc").hits] == [NLC]


def test_replaying_the_ledger_makes_the_index_anew(home: Path) -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    before = found("ndl")
    generation = (home / "search" / "current").read_text("ascii")
    actions.rebuild()
    assert (home / "search" / "current").read_text("ascii") != generation
    assert found("ndl") == before


def test_a_name_without_a_reading_has_an_automatic_one() -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    named = [
        {"id": "ja", "lang": "ja", "written": "国会図書館"},
        {"id": "read", "lang": "ja", "written": "北京図書館", "reading": "ぺきんとしょかん"},
        {"id": "ko", "lang": "ko", "written": "국립도서관"},
    ]
    record(
        "institution/x", kind="institution", type="national library", title={"en": "X"}, kept_by=COMPILER, names=named
    )
    search.catch_up()
    read = queries.automatic_readings(uri("institution/x"), kind="institution")
    assert {name: (one.lang, one.text) for name, one in read.items()} == {
        ("ja", "国会図書館"): ("ja-Kana", "こっかいとしょかん"),
        ("ko", "국립도서관"): ("ko-Latn", "gungnipdoseogwan"),
    }


def test_no_reading_is_guessed_for_a_person_on_any_page_though_people_are_found_by_it() -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    names = {"ja": "長尾真", "zh-Hans": "何毅", "ko": "왕홍레이"}
    planted = ("nagao", "ながお", "heyi", "he yi", "wanghong")
    for lang, written in names.items():
        record(
            f"person/{lang.lower()}",
            kind="person",
            title={lang: written},
            kept_by=COMPILER,
            names=[{"id": "n", "lang": lang, "written": written, "order": "family first"}],
        )
        record(
            f"work/{lang.lower()}",
            kind="work",
            type="report",
            title={"en": "Report"},
            kept_by=COMPILER,
            authors=[{"id": "a", "lang": lang, "literal": written}],
        )
    search.catch_up()
    for lang, typed in (("ja", "nagao"), ("ja", "ながお"), ("zh-Hans", "he yi"), ("ko", "wanghongrei")):
        hits = queries.found(typed, reader="en", asking=COMPILER).hits
        assert f"person/{lang.lower()}" in [hit.uri.removeprefix(uri("")) for hit in hits]
        shown = " ".join(str(match.why).replace(typed, "") for hit in hits for match in hit.matches)
        assert [guess for guess in planted if guess in shown] == []
    for lang in names:
        assert queries.automatic_readings(uri(f"person/{lang.lower()}"), kind="person") == {}


NUMBER_AND_PARTNER = [
    "第4回 清水",
    "第4回清水",
    "第四次 清水",
    "第四回 清水館",
    "제4회 칭수이",
    "4th Qingshui",
    "Qingshui 4th",
    "4th QSL",
    "第四",
]


def test_an_exchange_is_found_by_its_number_and_the_partner_in_any_script() -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    named = {"en": "Qingshui Library", "ja": "清水館", "zh-Hans": "清水馆", "ko": "칭수이 도서관", "source": "zh-Hans"}
    record(
        "institution/qingshui",
        kind="institution",
        type="national library",
        title=named,
        kept_by=COMPILER,
        names=[{"id": "s", "lang": "en", "written": "QSL", "use": "short name"}],
    )
    pair = [{"id": str(at), "institution": each} for at, each in enumerate((NDL, uri("institution/qingshui")))]
    record("programme/q", kind="programme", type="mutual visit programme", title={"en": "P"}, institutions=pair)
    for name, number in (("e", "4"), ("f", "5"), ("g", "14")):
        held = [{"id": "p", "programme": uri("programme/q"), "number": number}]
        content = exchange(NDL, uri("institution/qingshui"), title=f"Rare books {name}", programmes=held).content()
        record(f"exchange/{name}", **content)
    answers = {
        query: (found(query), [each.uri for each in queries.suggested(query, reader="en", asking=EVERYBODY)])
        for query in NUMBER_AND_PARTNER
    }
    assert answers == dict.fromkeys(NUMBER_AND_PARTNER, ([EXCHANGE], [EXCHANGE]))


def test_a_partner_that_is_called_otherwise_is_found_by_its_new_name_at_once() -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    partner = {"kind": "institution", "type": "national library", "kept_by": COMPILER}
    record("institution/q", title={"en": "Beijing Library"}, **partner)
    record("exchange/e", **exchange(NDL, uri("institution/q"), title="Visit").content())
    for number in range(5):
        record(f"work/{number}", kind="work", type="report", title={"en": "Report"}, kept_by=COMPILER)
    assert EXCHANGE in found("Beijing")
    record("institution/q", title={"en": "National Library of China"}, **partner)
    assert (EXCHANGE in found("China"), EXCHANGE in found("Beijing")) == (True, False)
