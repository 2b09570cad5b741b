"""Agreements in every situation in which it is asked when they run out: one table, for the rule and for its doors.

`before` is what the to-do page, the register and the notices answered while each had a rule of its own: every row was
put on record and looked at then, without the fields `lasts` and `exchanges`, which no record had.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from koryu.records.kinds import document_of
from koryu.records.listed_values import Summary

BASE: Final = "tag:example.org,2026:"
TODAY: Final = date(2026, 11, 29)
A, B, C = (f"{BASE}agreement/{name}" for name in "abc")
NDL, NLC, NAL = (f"{BASE}institution/{name}" for name in ("ndl", "nlc", "nal"))
PROGRAMME = f"{BASE}programme/p"
WORK = f"{BASE}work/page"
EXTENSION: Final = {"type": "extension", "extends": A}
AUTOMATIC: Final = "renews automatically"

Content = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Agreements (and exchanges held under them), and how that of the first stands on a day."""

    rule: str
    agreements: Mapping[str, Content]
    exchanges: Mapping[str, Content] = field(default_factory=dict)
    programmes: Mapping[str, Content] = field(default_factory=dict)
    today: date = TODAY
    state: str
    until: str = ""
    reckoned: bool = False
    count: tuple[int, int] | None = None
    step: int | None = None
    alike: tuple[str, ...] = ()
    parts: tuple[str, ...] = (A,)

    @property
    def before(self) -> tuple[str, str, bool]:
        """What the to-do page and the register said, and whether a notice was written."""
        return BEFORE.get(self.rule, ("", "", False))

    def contents(self) -> dict[str, dict[str, Any]]:
        """Every record there is of it, by URI."""
        return {
            **{uri: agreement(**more) for uri, more in self.agreements.items()},
            **{f"{BASE}programme/{name}": programme(**more) for name, more in self.programmes.items()},
            **{f"{BASE}exchange/{name}": exchange(**more) for name, more in self.exchanges.items()},
        }

    def known(self, kind: str) -> dict[str, Summary]:
        """What lists know of its records of a kind."""
        contents = self.contents().items()
        return {uri: document_of(content).summary() for uri, content in contents if content["kind"] == kind}


def agreement(**more: Any) -> dict[str, Any]:
    return {
        "kind": "agreement",
        "type": "memorandum of understanding",
        "title": {"en": "Memorandum"},
        "institutions": [NDL, NLC],
        "sources": [{"id": "page", "work": WORK}],
        **more,
    }


def exchange(**more: Any) -> dict[str, Any]:
    dated = {"dates": [{"id": "d", "scope": "exchange", "date": more.pop("on")}]} if "on" in more else {}
    state = more.pop("state", "held")
    return {
        "kind": "exchange",
        "form": "visit",
        "title": {"en": "Visit"},
        "event": {"state": state},
        "institutions": [NDL, NLC],
        "sources": [{"id": "page", "work": WORK}],
        **dated,
        **more,
    }


def programme(**more: Any) -> dict[str, Any]:
    return {
        "kind": "programme",
        "type": "mutual visit programme",
        "title": {"en": "Programme"},
        "institutions": [{"id": "ndl", "institution": NDL}, {"id": "nlc", "institution": NLC}],
        "sources": [{"id": "page", "work": WORK}],
        **more,
    }


def term(start: str = "", end: str = "", **more: Any) -> Content:
    """A content with nothing but a term."""
    ends = {name: value for name, value in (("start", start), ("end", end)) if value}
    return {"term": {**ends, **more}}


def extends(what: str = A, start: str = "", end: str = "", **more: Any) -> Content:
    """An extension, and until when."""
    return {"type": "extension", "extends": what, **(term(start, end, **more) if start or end or more else {})}


def change(amends_by: str, start: str = "", end: str = "", **more: Any) -> Content:
    """An amendment of the first that says how it amends."""
    return {"type": "amendment", "amends_by": amends_by, "extends": A, **term(start, end, **more)}


def _days(days: int) -> date:
    return TODAY + timedelta(days=days)


RUNS, RUNS_OUT, FULFILLED = "runs", "runs out within 12 months", "fulfilled"
RENEWS, RAN_OUT, NOT_KNOWN = "renews", "has run out", "end not known"
UNDER = {"programmes": [{"id": "p", "programme": PROGRAMME}]}
FOUR = {A: term("2020", exchanges=4)}
HALF_A_YEAR = "P6M"

SITUATIONS: Final = (
    # The root, and what prolongs it
    Situation(
        rule="an end far ahead", agreements={A: term("2020-01-01", "2030-01-01")}, state=RUNS, until="2030-01-01"
    ),
    Situation(
        rule="an extension by its type prolongs",
        agreements={A: term("2015-01-01", "2020-01-01"), B: extends(A, "2020-01-01", "2030-01-01")},
        state=RUNS,
        until="2030-01-01",
        parts=(A, B),
    ),
    Situation(
        rule="an extension by what it amends prolongs, whatever its type",
        agreements={
            A: term("2015-01-01", "2020-01-01"),
            B: change("extension of term", "2020-01-01", "2027-02-01"),
        },
        state=RUNS_OUT,
        until="2027-02-01",
        step=183,
        parts=(A, B),
    ),
    Situation(
        rule="a correction does not prolong, though it says an end",
        agreements={A: term("2015-01-01", "2020-01-01"), B: change("correction", "2015-01-01", "2030-01-01")},
        state=RAN_OUT,
        until="2020-01-01",
        parts=(A, B),
    ),
    Situation(
        rule="a change of content does not prolong",
        agreements={A: term("2015-01-01", "2020-01-01"), B: change("change of content", "2019-01-01", "2030-01-01")},
        state=RAN_OUT,
        until="2020-01-01",
        parts=(A, B),
    ),
    Situation(
        rule="a correction of the type extension does not prolong",
        agreements={
            A: term("2015-01-01", "2020-01-01"),
            B: {**extends(A, "2020-01-01", "2030-01-01"), "amends_by": "correction"},
        },
        state=RAN_OUT,
        until="2020-01-01",
        parts=(A, B),
    ),
    Situation(
        rule="an amendment that does not say how it amends does not prolong",
        agreements={
            A: term("2015-01-01", "2020-01-01"),
            B: {"type": "amendment", "extends": A, **term("2020-01-01", "2030-01-01")},
        },
        state=RAN_OUT,
        until="2020-01-01",
        parts=(A, B),
    ),
    Situation(
        rule="an extension of an extension prolongs the first",
        agreements={
            A: term("2010-01-01", "2015-01-01"),
            B: extends(A, "2015-01-01", "2020-01-01"),
            C: extends(B, "2020-01-01", "2030-01-01"),
        },
        state=RUNS,
        until="2030-01-01",
        parts=(A, B, C),
    ),
    Situation(
        rule="a correction of an extension does not end the extension",
        agreements={
            A: term("2010-01-01", "2015-01-01"),
            B: extends(A, "2015-01-01", "2030-01-01"),
            C: {**change("correction"), "extends": B},
        },
        state=RUNS,
        until="2030-01-01",
        parts=(A, B, C),
    ),
    Situation(
        rule="a shorter extension shortens nothing",
        agreements={A: term("2015-01-01", "2030-01-01"), B: extends(A, "2020-01-01", "2022-01-01")},
        state=RUNS,
        until="2030-01-01",
        parts=(A, B),
    ),
    Situation(
        rule="an extension of what is not on record begins by itself",
        agreements={A: extends(C, "2007-01-01", "2009-01-01")},
        state=RAN_OUT,
        until="2009-01-01",
    ),
    Situation(
        rule="a loop is cut: each begins by itself",
        agreements={A: extends(B, "2010-01-01", "2020-01-01"), B: extends(A, "2020-01-01", "2030-01-01")},
        state=RAN_OUT,
        until="2020-01-01",
        alike=(B,),
    ),
    Situation(
        rule="what leads into a loop begins by itself",
        agreements={A: extends(B, "2010-01-01", "2020-01-01"), B: extends(C), C: extends(B)},
        state=RAN_OUT,
        until="2020-01-01",
    ),
    Situation(
        rule="what extends itself begins by itself",
        agreements={A: extends(A, "2010-01-01", "2020-01-01")},
        state=RAN_OUT,
        until="2020-01-01",
    ),
    # Ends stated and reckoned
    Situation(
        rule="an end is reckoned from the beginning",
        agreements={A: term("2024-01-19", lasts="P3Y")},
        state=RUNS_OUT,
        until="2027-01-19",
        reckoned=True,
        step=183,
    ),
    Situation(
        rule="an end is reckoned from the day it was done where no beginning is stated",
        agreements={A: {"done": {"on": "2022-09-21"}, **term(lasts="P3Y")}},
        state=RAN_OUT,
        until="2025-09-21",
        reckoned=True,
    ),
    Situation(
        rule="the beginning counts before the day it was done",
        agreements={A: {"done": {"on": "2020-01-01"}, **term("2025-01-01", lasts="P5Y")}},
        state=RUNS,
        until="2030-01-01",
        reckoned=True,
    ),
    Situation(
        rule="an end that is stated counts before one that would be reckoned",
        agreements={A: term("2020-01-01", "2030-01-01", lasts="P4Y")},
        state=RUNS,
        until="2030-01-01",
    ),
    Situation(
        rule="how long it lasts without a beginning gives no end",
        agreements={A: term(lasts="P4Y")},
        state=NOT_KNOWN,
    ),
    Situation(
        rule="an extension with a length is reckoned from its own beginning",
        agreements={A: term("2020-01-01", "2025-01-01"), B: extends(A, "2025-01-01", lasts="P5Y")},
        state=RUNS,
        until="2030-01-01",
        reckoned=True,
        parts=(A, B),
    ),
    Situation(
        rule="an extension that says neither end nor length: end not known",
        agreements={A: term("2010-01-01", "2015-01-01"), B: extends(A, "2015-01-01")},
        state=NOT_KNOWN,
        parts=(A, B),
    ),
    Situation(
        rule="an extension of what says no end gives the end",
        agreements={A: {}, B: extends(A, "2015-01-01", "2020-01-01")},
        state=RAN_OUT,
        until="2020-01-01",
        parts=(A, B),
    ),
    Situation(
        rule="what begins on the last of February ends on the last of February",
        agreements={A: term("2024-02-29", lasts="P3Y")},
        state=RUNS_OUT,
        until="2027-02-28",
        reckoned=True,
        step=183,
    ),
    Situation(
        rule="what begins on the 31st ends on the last day of a shorter month",
        agreements={A: term("2026-08-31", lasts=HALF_A_YEAR)},
        state=RUNS_OUT,
        until="2027-02-28",
        reckoned=True,
        step=183,
    ),
    Situation(
        rule="weeks and days are days",
        agreements={A: term("2026-11-01", lasts="P4W1D")},
        state=RUNS_OUT,
        until="2026-11-30",
        reckoned=True,
        step=31,
    ),
    Situation(
        rule="a beginning known to the month gives an end known to the month",
        agreements={A: term("2021-06", lasts="P5Y")},
        state=RAN_OUT,
        until="2026-06",
        reckoned=True,
    ),
    Situation(
        rule="a beginning known to the year gives an end known to the year",
        agreements={A: term("2022", lasts="P4Y")},
        state=RUNS_OUT,
        until="2026",
        reckoned=True,
        step=31,
    ),
    Situation(
        rule="half a year after some day of a year is a day of the next, or of the same",
        agreements={A: term("2026", lasts=HALF_A_YEAR)},
        state=RUNS_OUT,
        until="2026-07/2027-06",
        reckoned=True,
        step=31,
    ),
    Situation(
        rule="a reckoned end is as uncertain as the beginning",
        agreements={A: term("2020-05~", lasts="P5Y")},
        state=RAN_OUT,
        until="2025-05~",
        reckoned=True,
    ),
    Situation(
        rule="no calendar has the end of ten thousand years",
        agreements={A: term("2020", lasts="P9999Y")},
        state=NOT_KNOWN,
    ),
    # Renewing by itself
    Situation(
        rule="what renews by itself goes on by its length",
        agreements={A: term("2014-12-15", lasts="P4Y", renewal=AUTOMATIC)},
        state=RENEWS,
        until="2026-12-15",
        reckoned=True,
        step=31,
    ),
    Situation(
        rule="what renews by itself goes on by its first term, its last day included",
        agreements={A: term("2011-06-01", "2016-05-31", renewal=AUTOMATIC)},
        state=RENEWS,
        until="2031-05-31",
        reckoned=True,
    ),
    Situation(
        rule="what renews by itself goes on by its first term, from day to day",
        agreements={A: term("2014-01-01", "2017-01-01", renewal=AUTOMATIC)},
        state=RENEWS,
        until="2029-01-01",
        reckoned=True,
    ),
    Situation(
        rule="what renews by itself and is known to the year goes on by whole years, the last included",
        agreements={A: term("2016", "2020", renewal=AUTOMATIC)},
        state=RENEWS,
        until="2030",
        reckoned=True,
    ),
    Situation(
        rule="what renews by itself has not lapsed where how far it goes on is not known",
        agreements={A: term("", "2020-01-01", renewal=AUTOMATIC)},
        state=RENEWS,
    ),
    Situation(
        rule="what renews by itself and says no end has no sentence",
        agreements={A: {"done": {"on": "2014-01-15"}, **term(renewal=AUTOMATIC)}},
        state=RENEWS,
    ),
    Situation(
        rule="on its last day it has not gone on yet",
        agreements={A: term("2021-11-29", lasts="P5Y", renewal=AUTOMATIC)},
        state=RENEWS,
        until="2026-11-29",
        reckoned=True,
        step=31,
    ),
    Situation(
        rule="the day after its last it has gone on",
        agreements={A: term("2021-11-28", lasts="P5Y", renewal=AUTOMATIC)},
        state=RENEWS,
        until="2031-11-28",
        reckoned=True,
    ),
    Situation(
        rule="a month that renews never drifts from its day",
        agreements={A: term("2025-12-31", lasts="P1M", renewal=AUTOMATIC)},
        state=RENEWS,
        until="2026-11-30",
        reckoned=True,
        step=31,
    ),
    Situation(
        rule="the latest part that says decides: an extension ends the renewing",
        agreements={
            A: term("2010-01-01", "2015-01-01", renewal=AUTOMATIC),
            B: extends(A, "2015-01-01", "2020-01-01", renewal="not renewed"),
        },
        state=RAN_OUT,
        until="2020-01-01",
        parts=(A, B),
    ),
    Situation(
        rule="the latest part that says decides: an extension that says nothing of it changes nothing",
        agreements={
            A: term("2010-01-01", "2015-01-01", renewal=AUTOMATIC),
            B: extends(A, "2015-01-01", "2020-01-01"),
        },
        state=RENEWS,
        until="2030-01-01",
        reckoned=True,
        parts=(A, B),
    ),
    Situation(
        rule="the length of the latest extension is how far it goes on",
        agreements={
            A: term("2010-01-01", lasts="P5Y", renewal=AUTOMATIC),
            B: extends(A, "2015-01-01", lasts="P3Y"),
        },
        state=RENEWS,
        until="2027-01-01",
        reckoned=True,
        step=183,
        parts=(A, B),
    ),
    Situation(
        rule="what is renewed by agreement has run out",
        agreements={A: term("2015", "2020", renewal="renewed by agreement")},
        state=RAN_OUT,
        until="2020",
    ),
    # Ends known to the year, to the month, not quite, or not at all
    Situation(
        rule="an end known to the year may come on its first day: a year before that",
        agreements={A: term("2020", "2027")},
        today=date(2026, 1, 1),
        state=RUNS_OUT,
        until="2027",
        step=365,
    ),
    Situation(
        rule="an end known to the year: a day earlier nothing is said",
        agreements={A: term("2020", "2027")},
        today=date(2025, 12, 31),
        state=RUNS,
        until="2027",
    ),
    Situation(
        rule="an end known to the year has not come on its last day",
        agreements={A: term("2020", "2025")},
        today=date(2025, 12, 31),
        state=RUNS_OUT,
        until="2025",
        step=31,
    ),
    Situation(
        rule="an end known to the year has come the day after",
        agreements={A: term("2020", "2025")},
        today=date(2026, 1, 1),
        state=RAN_OUT,
        until="2025",
    ),
    Situation(
        rule="an end known to the month has not come on its last day",
        agreements={A: term("2020", "2024-02")},
        today=date(2024, 2, 29),
        state=RUNS_OUT,
        until="2024-02",
        step=31,
    ),
    Situation(
        rule="an end known to the month has come the day after",
        agreements={A: term("2020", "2024-02")},
        today=date(2024, 3, 1),
        state=RAN_OUT,
        until="2024-02",
    ),
    Situation(
        rule="an approximate end is taken as written",
        agreements={A: term("2020", "2026~")},
        state=RUNS_OUT,
        until="2026~",
        step=31,
    ),
    Situation(
        rule="an uncertain end is taken as written",
        agreements={A: term("2020", "2025-06?")},
        state=RAN_OUT,
        until="2025-06?",
    ),
    Situation(
        rule="of two ends the later last day counts",
        agreements={A: term("2020", "2026"), B: extends(A, "2025", "2026-05-31")},
        state=RUNS_OUT,
        until="2026",
        step=31,
        parts=(A, B),
    ),
    Situation(rule="an open end is no end", agreements={A: term("2020", "2024/..")}, state=NOT_KNOWN),
    Situation(rule="a beginning alone is no end", agreements={A: term("2020-01-01")}, state=NOT_KNOWN),
    Situation(rule="no term at all", agreements={A: {}}, state=NOT_KNOWN),
    Situation(
        rule="what has not begun runs",
        agreements={A: term("2028-01-01", "2030-01-01")},
        state=RUNS,
        until="2030-01-01",
    ),
    # The days on which something is said
    *(
        Situation(
            rule=f"{days} days before its end",
            agreements={A: term("2020-01-01", _days(days).isoformat())},
            state=state,
            until=_days(days).isoformat(),
            step=step,
        )
        for days, state, step in (
            (366, RUNS, None),
            (365, RUNS_OUT, 365),
            (184, RUNS_OUT, 365),
            (183, RUNS_OUT, 183),
            (32, RUNS_OUT, 183),
            (31, RUNS_OUT, 31),
            (0, RUNS_OUT, 31),
            (-1, RAN_OUT, None),
        )
    ),
    # Exchanges counted
    Situation(
        rule="those held that cite it are counted",
        agreements=FOUR,
        exchanges={
            "1": {"on": "2021", "agreements": [A]},
            "2": {"on": "2022", "agreements": [A]},
            "3": {"on": "2027", "agreements": [A], "state": "planned"},
            "4": {"on": "2023", "agreements": [A], "state": "cancelled"},
            "5": {"on": "2023", "agreements": [A], "state": "postponed"},
            "6": {"on": "2023"},
        },
        state=NOT_KNOWN,
        count=(2, 4),
    ),
    Situation(
        rule="those held under a programme that rests on it are counted, from its beginning",
        agreements=FOUR,
        programmes={"p": {"basis": [{"id": "a", "agreement": A}]}},
        exchanges={
            "1": {"on": "2019-12-31", **UNDER},
            "2": {"on": "2020-01-01", **UNDER},
            "3": {"on": "2022", **UNDER, "agreements": [A]},
            "4": dict(UNDER),
        },
        state=NOT_KNOWN,
        count=(2, 4),
    ),
    Situation(
        rule="all of them held: fulfilled, though its end has not come",
        agreements={A: term("2020", "2030", exchanges=2)},
        exchanges={"1": {"on": "2021", "agreements": [A]}, "2": {"on": "2022", "agreements": [A]}},
        state=FULFILLED,
        until="2030",
        count=(2, 2),
    ),
    Situation(
        rule="all of them held: fulfilled, though its end has passed",
        agreements={A: term("2020", "2024", exchanges=1)},
        exchanges={"1": {"on": "2021", "agreements": [A]}},
        state=FULFILLED,
        until="2024",
        count=(1, 1),
    ),
    Situation(
        rule="more than were agreed: fulfilled",
        agreements={A: term("2020", exchanges=1)},
        exchanges={"1": {"on": "2021", "agreements": [A]}, "2": {"on": "2022", "agreements": [A]}},
        state=FULFILLED,
        count=(2, 1),
    ),
    Situation(
        rule="not all held when it ran out: it has run out",
        agreements={A: term("2020", "2024", exchanges=2)},
        exchanges={"1": {"on": "2021", "agreements": [A]}},
        state=RAN_OUT,
        until="2024",
        count=(1, 2),
    ),
    Situation(
        rule="what extends it adds the exchanges it was made for, and those that cite it",
        agreements={A: term("2020", "2024", exchanges=2), B: extends(A, "2024", "2030", exchanges=2)},
        exchanges={
            "1": {"on": "2021", "agreements": [A]},
            "2": {"on": "2022", "agreements": [A]},
            "3": {"on": "2025", "agreements": [B]},
        },
        state=RUNS,
        until="2030",
        count=(3, 4),
        parts=(A, B),
    ),
    Situation(
        rule="an exchange of others is not counted, whatever it cites",
        agreements=FOUR,
        exchanges={"1": {"on": "2021", "agreements": [A], "institutions": [NAL]}},
        state=NOT_KNOWN,
        count=(0, 4),
    ),
    Situation(
        rule="without a beginning the programme's own word says from when it rests on it",
        agreements={A: term(exchanges=4)},
        programmes={"p": {"basis": [{"id": "a", "agreement": A, "since": "2021"}]}},
        exchanges={"1": {"on": "2020", **UNDER}, "2": {"on": "2021-03", **UNDER}},
        state=NOT_KNOWN,
        count=(1, 4),
    ),
    # Not linked, but alike
    Situation(
        rule="another of these institutions begins as it ends",
        agreements={A: term("2016", "2020"), B: term("2021", "2030")},
        state=RAN_OUT,
        until="2020",
        alike=(B,),
    ),
    Situation(
        rule="another begins within the year before its end",
        agreements={A: term("2016-01-01", "2021-01-01"), B: term("2020-01-01", "2030-01-01")},
        state=RAN_OUT,
        until="2021-01-01",
        alike=(B,),
    ),
    Situation(
        rule="another begins just a year after its end",
        agreements={A: term("2016-01-01", "2021-01-01"), B: term("2022-01-01", "2030-01-01")},
        state=RAN_OUT,
        until="2021-01-01",
        alike=(B,),
    ),
    Situation(
        rule="another begins more than a year after its end",
        agreements={A: term("2016-01-01", "2021-01-01"), B: term("2022-01-02", "2030-01-01")},
        state=RAN_OUT,
        until="2021-01-01",
    ),
    Situation(
        rule="another of other institutions is not alike",
        agreements={A: term("2016", "2020"), B: {**term("2021", "2030"), "institutions": [NDL, NLC, NAL]}},
        state=RAN_OUT,
        until="2020",
    ),
    Situation(
        rule="another of another type is not alike",
        agreements={A: term("2016", "2020"), B: {**term("2021", "2030"), "type": "Letter of Intent"}},
        state=RAN_OUT,
        until="2020",
    ),
    Situation(
        rule="what is linked is no question",
        agreements={A: term("2016", "2020"), B: {**term("2021", "2030"), "extends": A}},
        state=RAN_OUT,
        until="2020",
        parts=(A, B),
    ),
    Situation(
        rule="one that began before is not the next, though it is near",
        agreements={A: term("2020-07-01", "2020-12-31"), B: term("2020-01-01", "2020-06-30")},
        state=RAN_OUT,
        until="2020-12-31",
    ),
)

# By the rule. Of what is not listed nothing was said anywhere.
BEFORE: Final[Mapping[str, tuple[str, str, bool]]] = {
    "an end far ahead": ("", "Runs out: 2030-01-01.", False),
    "an extension by its type prolongs": ("", "Runs out: 2030-01-01.", False),
    "an extension by what it amends prolongs, whatever its type": ("", "Runs out: 2027-02-01.", False),
    "a correction does not prolong, though it says an end": ("", "Lapsed: its term ended 2020-01-01.", False),
    "a change of content does not prolong": ("", "Lapsed: its term ended 2020-01-01.", False),
    "a correction of the type extension does not prolong": ("", "Lapsed: its term ended 2020-01-01.", False),
    "an amendment that does not say how it amends does not prolong": ("", "Lapsed: its term ended 2020-01-01.", False),
    "an extension of an extension prolongs the first": ("", "Runs out: 2030-01-01.", False),
    "a correction of an extension does not end the extension": ("", "Runs out: 2030-01-01.", False),
    "a shorter extension shortens nothing": ("", "Runs out: 2030-01-01.", False),
    "an extension of what is not on record begins by itself": (
        "Ran out: 2009-01-01. No extension is on record.",
        "Lapsed: its term ended 2009-01-01.",
        False,
    ),
    "a loop is cut: each begins by itself": ("", "Lapsed: its term ended 2020-01-01.", False),
    "what leads into a loop begins by itself": (
        "Ran out: 2020-01-01. No extension is on record.",
        "Lapsed: its term ended 2020-01-01.",
        False,
    ),
    "what extends itself begins by itself": ("", "Lapsed: its term ended 2020-01-01.", False),
    "an end that is stated counts before one that would be reckoned": ("", "Runs out: 2030-01-01.", False),
    "an extension of what says no end gives the end": ("", "Lapsed: its term ended 2020-01-01.", False),
    "what renews by itself goes on by its first term, its last day included": (
        "",
        "Renews automatically; the term now stated ends 2016-05-31.",
        False,
    ),
    "what renews by itself goes on by its first term, from day to day": (
        "",
        "Renews automatically; the term now stated ends 2017-01-01.",
        False,
    ),
    "what renews by itself and is known to the year goes on by whole years, the last included": (
        "",
        "Renews automatically; the term now stated ends 2020.",
        False,
    ),
    "what renews by itself has not lapsed where how far it goes on is not known": (
        "",
        "Renews automatically; the term now stated ends 2020-01-01.",
        False,
    ),
    "the latest part that says decides: an extension ends the renewing": (
        "",
        "Renews automatically; the term now stated ends 2020-01-01.",
        False,
    ),
    "the latest part that says decides: an extension that says nothing of it changes nothing": (
        "",
        "Renews automatically; the term now stated ends 2020-01-01.",
        False,
    ),
    "what is renewed by agreement has run out": (
        "Ran out: 2020. No extension is on record.",
        "Lapsed: its term ended 2020.",
        False,
    ),
    "an end known to the year may come on its first day: a year before that": ("", "Runs out: 2027.", False),
    "an end known to the year: a day earlier nothing is said": ("", "Runs out: 2027.", False),
    "an end known to the year has not come on its last day": ("Runs out: 2025.", "Runs out: 2025.", True),
    "an end known to the year has come the day after": (
        "Ran out: 2025. No extension is on record.",
        "Lapsed: its term ended 2025.",
        False,
    ),
    "an end known to the month has not come on its last day": ("Runs out: 2024-02.", "Runs out: 2024-02.", True),
    "an end known to the month has come the day after": (
        "Ran out: 2024-02. No extension is on record.",
        "Lapsed: its term ended 2024-02.",
        False,
    ),
    "an approximate end is taken as written": ("Runs out: 2026~.", "Runs out: 2026~.", True),
    "an uncertain end is taken as written": (
        "Ran out: 2025-06?. No extension is on record.",
        "Lapsed: its term ended 2025-06?.",
        False,
    ),
    "of two ends the later last day counts": ("", "Runs out: 2026.", False),
    "what has not begun runs": ("", "Runs out: 2030-01-01.", False),
    "366 days before its end": ("", "Runs out: 2027-11-30.", False),
    "365 days before its end": ("Runs out: 2027-11-29.", "Runs out: 2027-11-29.", False),
    "184 days before its end": ("Runs out: 2027-06-01.", "Runs out: 2027-06-01.", False),
    "183 days before its end": ("Runs out: 2027-05-31.", "Runs out: 2027-05-31.", True),
    "32 days before its end": ("Runs out: 2026-12-31.", "Runs out: 2026-12-31.", True),
    "31 days before its end": ("Runs out: 2026-12-30.", "Runs out: 2026-12-30.", True),
    "0 days before its end": ("Runs out: 2026-11-29.", "Runs out: 2026-11-29.", True),
    "-1 days before its end": (
        "Ran out: 2026-11-28. No extension is on record.",
        "Lapsed: its term ended 2026-11-28.",
        False,
    ),
    "all of them held: fulfilled, though its end has not come": ("", "Runs out: 2030.", False),
    "all of them held: fulfilled, though its end has passed": (
        "Ran out: 2024. No extension is on record.",
        "Lapsed: its term ended 2024.",
        False,
    ),
    "not all held when it ran out: it has run out": (
        "Ran out: 2024. No extension is on record.",
        "Lapsed: its term ended 2024.",
        False,
    ),
    "what extends it adds the exchanges it was made for, and those that cite it": ("", "Runs out: 2030.", False),
    "another of these institutions begins as it ends": (
        "Ran out: 2020. No extension is on record.",
        "Lapsed: its term ended 2020.",
        False,
    ),
    "another begins within the year before its end": (
        "Ran out: 2021-01-01. No extension is on record.",
        "Lapsed: its term ended 2021-01-01.",
        False,
    ),
    "another begins just a year after its end": (
        "Ran out: 2021-01-01. No extension is on record.",
        "Lapsed: its term ended 2021-01-01.",
        False,
    ),
    "another begins more than a year after its end": (
        "Ran out: 2021-01-01. No extension is on record.",
        "Lapsed: its term ended 2021-01-01.",
        False,
    ),
    "another of another type is not alike": (
        "Ran out: 2020. No extension is on record.",
        "Lapsed: its term ended 2020.",
        False,
    ),
    "what is linked is no question": ("", "Lapsed: its term ended 2020.", False),
    "one that began before is not the next, though it is near": (
        "Ran out: 2020-12-31. No extension is on record.",
        "Lapsed: its term ended 2020-12-31.",
        False,
    ),
    "another of other institutions is not alike": (
        "Ran out: 2020. No extension is on record.",
        "Lapsed: its term ended 2020.",
        False,
    ),
}
