"""Contents that cannot be so are refused at the door with a sentence that says what is wrong and what to do."""

from typing import Any, Final

import pytest
from pydantic import ValidationError

from koryu.records.agreement import AgreementType as Kind
from koryu.records.kinds import document_of
from koryu.records.timetable import SessionType as SType
from koryu.values.frozen import complaints

Content = dict[str, Any]
HOUSE = "tag:example.org,2026:institution/"
A, B, C = HOUSE + "a", HOUSE + "b", HOUSE + "c"
X = "tag:example.org,2026:exchange/x"
T = {"en": "Title"}


def agreement(**more: Any) -> Content:
    return {"kind": "agreement", "title": T, "type": str(Kind.MEMORANDUM), "institutions": [A, B], **more}


def institution(**more: Any) -> Content:
    return {"kind": "institution", "title": T, "type": "museum", "kept_by": A, **more}


def person(**name: Any) -> Content:
    return {
        "kind": "person",
        "title": T,
        "kept_by": A,
        "names": [{"id": "n", "lang": "ja", "order": "family first", **name}],
    }


def timetable(**more: Any) -> Content:
    return {"kind": "timetable", "title": T, "exchange": X, "arranged_by": A, **more}


def session(**more: Any) -> Content:
    return timetable(sessions=[{"id": "s", "type": str(SType.SESSION), **more}])


def wording(*ws: Content) -> Content:
    return agreement(
        texts_in=[{"id": f"w{n}", "lang": "en", "authentic": True, "text": "We agree.", **w} for n, w in enumerate(ws)]
    )


def work(**more: Any) -> Content:
    return {"kind": "work", "title": T, "type": "webpage", "kept_by": A, **more}


def exchange(**more: Any) -> Content:
    return {"kind": "exchange", "title": T, "form": "visit", "event": {"state": "held"}, "institutions": [A, B], **more}


def programme(**more: Any) -> Content:
    return {
        "kind": "programme",
        "title": T,
        "type": "mutual visit programme",
        "institutions": [{"id": "a", "institution": A}],
        **more,
    }


def service(**more: Any) -> Content:
    return {"kind": "service", "title": T, "type": "reference service", "providers": [A], **more}


END = "is before the beginning"
# The kind of contradiction, which one, a content with it, what is said of it now, what became of it before.
ROWS: Final = [
    ("an end before its start", "a term", agreement(term={"start": "2004-01-01", "end": "2003-12-31"}), END, "taken"),
    ("an end before its start", "a term by its years", agreement(term={"start": "2004", "end": "1999"}), END, "taken"),
    (
        "an end before its start",
        "a term known to the month",
        agreement(term={"start": "2004-05", "end": "2004-04"}),
        END,
        "taken",
    ),
    ("an end before its start", "an institution", institution(founded="1949", ended="1945"), END, "taken"),
    (
        "an end before its start",
        "an institution to the day",
        institution(founded="1945-10-15", ended="1945-10-14"),
        END,
        "taken",
    ),
    (
        "an end before its start",
        "an institution about some year",
        institution(founded="1949~", ended="1948~"),
        END,
        "taken",
    ),
    ("an end before its start", "a session by its hours", session(start="16:00", end="14:00"), END, "taken"),
    ("an end before its start", "a session by its minutes", session(start="09:30", end="09:15"), END, "taken"),
    (
        "an end before its start",
        "a session until a day before",
        session(date="2027-11-09", start="23:30", end="00:30", until="2027-11-08"),
        "is not later than its day",
        "taken",
    ),
    (
        "a time that is none",
        "one that a change of clocks skips",
        timetable(
            time_zone="Europe/Berlin", sessions=[{"id": "s", "type": "meeting", "date": "2027-03-28", "start": "02:30"}]
        ),
        "02:30 does not exist in Berlin on 2027-03-28",
        "taken",
    ),
    ("an end before its start", "a programme", programme(since="2003", until="1997"), END, "taken"),
    (
        "an end before its start",
        "a member of a programme",
        programme(institutions=[{"id": "a", "institution": A, "joined": "2009", "left": "2003"}]),
        END,
        "taken",
    ),
    ("an end before its start", "a service", service(since="2003-01", until="2002"), END, "taken"),
    (
        "an end before its start",
        "a term that begins with a span",
        agreement(term={"start": "2004/2005", "end": "2003"}),
        END,
        "taken",
    ),
    (
        "an end before its start",
        "a text settled after it was signed, proposed later",
        agreement(proposed="2006", done={"on": "1999-05"}),
        "before it was proposed",
        "taken",
    ),
    (
        "an end before its start",
        "an exchange postponed into its past",
        exchange(
            event={"state": "postponed", "postponed_to": "2019"},
            dates=[{"id": "d", "scope": "exchange", "date": "2020-05"}],
        ),
        "postponed",
        "taken",
    ),
    (
        "more than there are",
        "12 of 11",
        timetable(known=[{"id": "k", "what": "sessions", "known": 12, "of": 11}]),
        "more than there were",
        "taken",
    ),
    (
        "more than there are",
        "1 of 0",
        timetable(known=[{"id": "k", "what": "days", "known": 1, "of": 0}]),
        "more than there were",
        "taken",
    ),
    (
        "more than there are",
        "as text",
        timetable(known=[{"id": "k", "what": "visits", "known": "4", "of": "3"}]),
        "more than there were",
        "taken",
    ),
    (
        "more than there are",
        "the second of two",
        timetable(
            known=[{"id": "k", "what": "days", "known": 1, "of": 2}, {"id": "l", "what": "papers", "known": 9, "of": 8}]
        ),
        "more than there were",
        "taken",
    ),
    (
        "more than there are",
        "complete with 3 of 11",
        timetable(complete=True, known=[{"id": "k", "what": "sessions", "known": 3, "of": 11}]),
        "complete",
        "taken",
    ),
    ("two authentic texts", "in English", wording({}, {}), "authentic", "taken"),
    (
        "two authentic texts",
        "in Chinese, third",
        wording({}, {"lang": "zh-Hans"}, {"lang": "zh-Hans"}),
        "authentic",
        "taken",
    ),
    (
        "two authentic texts",
        "one as a file",
        wording({"lang": "ko"}, {"lang": "ko", "text": "다른 글"}),
        "authentic",
        "taken",
    ),
    (
        "nothing in it",
        "a wording of an agreement",
        agreement(texts_in=[{"id": "w", "lang": "en", "authentic": True}]),
        "text or a file",
        "taken",
    ),
    (
        "nothing in it",
        "one that is not authentic",
        agreement(texts_in=[{"id": "w", "lang": "ja", "authentic": False}]),
        "text or a file",
        "taken",
    ),
    ("nothing in it", "a second one", wording({}, {"lang": "ja", "text": None}), "text or a file", "taken"),
    (
        "takes no part",
        "a signatory",
        agreement(done={"by": [{"id": "s", "institution": C}]}),
        "not among the institutions",
        "taken",
    ),
    (
        "takes no part",
        "the second signatory",
        agreement(done={"by": [{"id": "s", "institution": A}, {"id": "t", "institution": C}]}),
        "not among the institutions",
        "taken",
    ),
    (
        "takes no part",
        "who proposed it",
        agreement(proposed_by=[{"id": "s", "institution": C}]),
        "not among the institutions",
        "taken",
    ),
    (
        "takes no part",
        "a member listed twice in a programme",
        programme(institutions=[{"id": "a", "institution": A}, {"id": "b", "institution": A}]),
        "twice",
        "taken",
    ),
    ("takes no part", "an institution listed twice in an exchange", exchange(institutions=[A, A]), "twice", "taken"),
    (
        "takes no part",
        "an institution listed twice in an agreement",
        agreement(institutions=[A, B, A]),
        "twice",
        "taken",
    ),
    ("takes no part", "who hosts in turn", programme(hosting_order=[A, C]), "not a member", "taken"),
    (
        "takes no part",
        "a side with a stranger",
        programme(sides=[{"id": "s", "institutions": [A, C]}]),
        "hosts with others but is not a member",
        "taken",
    ),
    (
        "takes no part",
        "one that stands in two sides",
        programme(sides=[{"id": "s", "institutions": [A]}, {"id": "t", "institutions": [A, B]}]),
        "hosts with two others",
        "taken",
    ),
    *(
        ("no step", f"every {every}", programme(every=every), "at least one month", "taken")
        for every in ("P0D", "P2W", "P30D", "P0Y0M")
    ),
    (
        "the order of a name",
        "given first, said family first",
        person(written="Makoto Nagao", family="Nagao", given="Makoto"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "family first, said given first",
        person(written="長尾真", family="長尾", given="真", order="given first"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "with a comma",
        person(written="Nagao, Makoto", family="Nagao", given="Makoto", order="given first"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "family and given changed about",
        person(written="長尾真", family="真", given="長尾"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "a family name that is not in it",
        person(written="長尾真", family="永尾", given="真"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "a given name that is not in it",
        person(written="김철수", family="김", given="철호"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "a Western name said family first",
        person(written="Ismail Serageldin", family="Serageldin", given="Ismail"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "in Latin letters",
        person(lang="ko-Latn", written="Chul-soo Kim", family="Kim", given="Chul-soo"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "a family name alone, not in it",
        person(written="長尾真", family="永尾"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "in katakana",
        person(written="マコト・ナガオ", family="ナガオ", given="マコト"),
        "order",
        "taken",
    ),
    (
        "the order of a name",
        "only a part of it",
        person(written="長尾真一", family="長尾", given="真", order="given first"),
        "order",
        "taken",
    ),
    ("no such language", "kr for Korean", {"kind": "theme", "kept_by": A, "title": {"kr": "한글"}}, "ko", "taken"),
    ("no such language", "jp for Japanese", {"kind": "theme", "kept_by": A, "title": {"jp": "仮名"}}, "ja", "refused"),
    (
        "no such language",
        "cn for Chinese",
        {"kind": "theme", "kept_by": A, "title": {"cn": "汉字"}},
        "zh-Hans",
        "refused",
    ),
    (
        "no such language",
        "kr with a script",
        {"kind": "theme", "kept_by": A, "title": {"kr-Latn": "hangul"}},
        "ko",
        "taken",
    ),
    (
        "no such language",
        "tw for Chinese",
        {"kind": "theme", "kept_by": A, "title": {"tw": "漢字"}},
        "zh-Hant",
        "taken",
    ),
    (
        "no such language",
        "ch for Chinese",
        {"kind": "theme", "kept_by": A, "title": {"ch": "汉字"}},
        "zh-Hans",
        "taken",
    ),
    ("no such language", "kp for Korean", {"kind": "theme", "kept_by": A, "title": {"kp": "한글"}}, "ko", "refused"),
    ("no such language", "kor", {"kind": "theme", "kept_by": A, "title": {"kor": "한글"}}, "ko", "taken"),
    ("no such language", "in a name", person(lang="kr", written="김철수", order="as written"), "ko", "taken"),
    (
        "no such language",
        "of a reading",
        person(written="長尾真", order="as written", reading="ながお まこと", reading_lang="jp-Kana"),
        "ja",
        "refused",
    ),
    ("no such language", "of a work", work(language="jp"), "ja", "refused"),
    ("no such language", "of a wording", wording({"lang": "kr"}), "ko", "taken"),
    ("no such language", "an unknown one", {"kind": "theme", "kept_by": A, "title": {"und": "?"}}, "und", "taken"),
    ("no such zone", "localtime", timetable(time_zone="localtime"), "time zone", "taken"),
    ("no such zone", "posixrules", timetable(time_zone="posixrules"), "time zone", "refused"),
    ("no such zone", "Factory", timetable(time_zone="Factory"), "time zone", "taken"),
    ("no such zone", "Japan", timetable(time_zone="Japan"), "time zone", "taken"),
    ("no such zone", "ROK", timetable(time_zone="ROK"), "time zone", "taken"),
    ("no such zone", "EST", timetable(time_zone="EST"), "time zone", "taken"),
    ("no such zone", "GMT+9", timetable(time_zone="GMT+9"), "time zone", "refused"),
    ("no such zone", "Etc/GMT-9", timetable(time_zone="Etc/GMT-9"), "time zone", "taken"),
    ("no such zone", "Asia/tokyo", timetable(time_zone="Asia/tokyo"), "time zone", "refused"),
    ("no such zone", "a path", timetable(time_zone="../Asia/Tokyo"), "time zone", "refused"),
    ("no such zone", "JST", timetable(time_zone="JST"), "time zone", "refused"),
    (
        "no such zone",
        "of a place",
        institution(places=[{"id": "p", "name": T, "time_zone": "localtime"}]),
        "time zone",
        "taken",
    ),
    ("no such zone", "a posix one", timetable(time_zone="posix/Asia/Tokyo"), "time zone", "refused"),
    ("no address", "javascript", work(address="javascript:alert(1)"), "https", "refused"),
    ("no address", "ftp", work(address="ftp://example.org/a.pdf"), "https", "refused"),
    ("no address", "a file", work(address="file:///etc/passwd"), "https", "refused"),
    ("no address", "data", work(copy_at="data:text/html,hello"), "https", "refused"),
    ("no address", "mailto", work(address="mailto:a@example.org"), "https", "refused"),
    ("no address", "without a scheme", work(address="www.example.org"), "https", "refused"),
    ("no address", "without a host", work(address="https:///path"), "https", "taken"),
    ("no address", "a host of nothing but a port", work(address="http://:80/"), "https", "taken"),
    (
        "no address",
        "with a user who looks like the host",
        work(address="https://www.ndl.go.jp@example.org/"),
        "https",
        "taken",
    ),
    (
        "no address",
        "of an institution",
        institution(identifiers=[{"id": "i", "scheme": "web", "value": "javascript:alert(1)"}]),
        "https",
        "taken",
    ),
    (
        "no address",
        "of an institution, without a scheme",
        institution(identifiers=[{"id": "i", "scheme": "web", "value": "www.ndl.go.jp"}]),
        "https",
        "taken",
    ),
    (
        "no address",
        "of an institution, ftp",
        institution(identifiers=[{"id": "i", "scheme": "web", "value": "ftp://ndl.go.jp"}]),
        "https",
        "taken",
    ),
    (
        "no address",
        "with a mark of direction",
        work(address="https://example.org/\u202efdp.a"),
        "cannot be seen",
        "taken",
    ),
    ("no address", "in capitals", work(address="JAVASCRIPT:alert(1)"), "https", "refused"),
]
GOOD: Final = [
    ("a term that begins and ends in one year", agreement(term={"start": "2004", "end": "2004"})),
    ("a term that ends in its month", agreement(term={"start": "2004-05-21", "end": "2004-05"})),
    ("an institution founded and ended about one year", institution(founded="1949~", ended="1949")),
    ("a session of one moment", session(start="14:00", end="14:00")),
    ("11 of 11", timetable(known=[{"id": "k", "what": "sessions", "known": 11, "of": 11}])),
    ("three, of which nobody knows how many", timetable(known=[{"id": "k", "what": "sessions", "known": 3}])),
    ("authentic in two languages", wording({}, {"lang": "ja"})),
    ("a translation beside an authentic text", wording({}, {"authentic": False, "text": "Translation"})),
    ("a name in its order", person(written="長尾真", family="長尾", given="真")),
    ("a name with a space", person(lang="ja-Latn", written="NAGAO Makoto", family="Nagao", given="Makoto")),
    (
        "a name given first with a middle name",
        person(lang="en", written="John Q. Public", family="Public", given="John", order="given first"),
    ),
    ("a name with a comma, family first", person(lang="en", written="Nagao, Makoto", family="Nagao", given="Makoto")),
    ("a name as written", person(written="長尾真", order="as written")),
    ("a name in compatibility ideographs", person(written="神田", family="神", given="田")),
    ("Korean", {"kind": "theme", "kept_by": A, "title": {"ko": "한글"}}),
    ("a zone", timetable(time_zone="Asia/Shanghai")),
    ("a zone in two steps", timetable(time_zone="America/Argentina/Buenos_Aires")),
    ("UTC", timetable(time_zone="UTC")),
    ("an address", work(address="https://www.ndl.go.jp/en/")),
    ("an address in another script", work(address="https://例え.jp/図書館")),
]


@pytest.mark.parametrize(("kind", "what", "content", "said", "before"), ROWS)
def test_a_contradiction_is_refused_at_the_door(kind: str, what: str, content: Content, said: str, before: str) -> None:
    with pytest.raises(ValidationError) as refused:
        document_of(content)
    assert said in " / ".join(str(reason) for _, reason in complaints(refused.value))


@pytest.mark.parametrize(("what", "content"), GOOD)
def test_what_hangs_together_is_taken_as_it_is(what: str, content: Content) -> None:
    assert document_of(content).content() == document_of(content, kept=True).content()


@pytest.mark.parametrize(
    ("what", "content"), [(f"{kind}: {what}", content) for kind, what, content, _, before in ROWS if before == "taken"]
)
def test_what_was_kept_is_not_asked_again(what: str, content: Content) -> None:
    assert document_of(content, kept=True).kind == content["kind"]
