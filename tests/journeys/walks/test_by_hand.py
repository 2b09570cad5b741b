"""A visit of twenty years ago put on record by hand, from one page of a newsletter: all of it, counted and compared."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.journeys.by_hand import (
    Recorder,
    Visit,
    begins,
    earlier_visits,
    english,
    exchange_facts,
    inside,
    plans,
    public,
    short,
)
from tests.journeys.conftest import SitsDown
from tests.journeys.typist import PASSPORT, PASTES
from tests.shipped import shipped
from tests.site import Site

PRINTED: Final[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "the_24th.yaml").read_text("utf-8"))
VISIT: Final = Visit(
    number=PRINTED["number"],
    year=PRINTED["from"].year,
    dates="8-17 November 2004",
    place=PRINTED["place"],
    size=PRINTED["size"],
    themes=((PRINTED["main_theme"], "main theme"), *((theme, "sub-theme") for theme in PRINTED["sub_themes"])),
    source=f"{PRINTED['source']['title']} ({PRINTED['source']['in']})",
    issued=PRINTED["source"]["issued"],
)
NAME: Final = VISIT.name
MOST_PAGES, MOST_ACTS, MOST_MINUTES, MOST_MINUTES_PASTED = 10, 170, 12, 6


@pytest.fixture
def desk(founded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server for each story: both put the same visit on record."""
    home = tmp_path_factory.mktemp("by-hand") / "home"
    bodies = {"society": "China Society for Library Science"}
    with earlier_visits(founded_home, home, number=VISIT.number, year=VISIT.year, bodies=bodies) as site:
        yield site


def visitors(sato: Recorder) -> None:
    """The list of Beijing, column by column."""
    members = PRINTED["delegation"]
    theirs = "#of-nlc"
    sato.comes("people/?lang=en")
    sato.down(theirs, "name:en", [member["name"] for member in members])
    sato.down(theirs, "post:en", [member["post"] for member in members])
    sato.down(theirs, "unit:en", [member.get("unit", "") for member in members])
    sato.down(theirs, "roles", [member.get("role", "") for member in members])
    for place, member in enumerate(members):
        if "body" in member:
            cells = sato.person.page.locator(f"{theirs} table.rows tbody tr[data-row] [name$='/body']")
            sato.picks_found(cells.nth(place), member["body"])
    sato.saved("#of-nlc")


def hosts(sato: Recorder) -> None:
    """Of our own, who spoke."""
    speakers = [paper for paper in PRINTED["papers"] if paper["institution"] == "ndl"]
    ours = "#of-ndl"
    sato.down(ours, "name:en", [paper["speaker"] for paper in speakers])
    sato.down(ours, "post:en", [paper["post"] for paper in speakers])
    sato.down(ours, "roles", ["speaker" for _paper in speakers])
    sato.saved("#of-ndl")


def papers(sato: Recorder) -> None:
    sato.comes("papers/?lang=en")
    for paper in PRINTED["papers"]:
        section = f"#of-{paper['institution']}"
        table = section
        sato.down(table, "title:en", [paper["title"]])
        sato.down(table, "speakers", [f"{paper['speaker']} ({paper['post']})"])
        sato.kinds_down(table, "type", ["keynote"])
        sato.saved(section)


def timetable(sato: Recorder) -> None:
    """The sessions, as far as they are told: of all but the first the day is not known."""
    sessions, table = PRINTED["sessions"], "#of-1"
    sato.comes("timetable/?lang=en")
    # The first word is enough for a browser to choose it.
    sato.kinds_down(table, "type", [session["type"].partition(" ")[0] for session in sessions])
    sato.down(table, "day", [str(session["date"].day) if "date" in session else "" for session in sessions])
    sato.down(table, "venue:en", as_above(sessions, "venue"))
    sato.down(table, "themes:en", [session.get("theme", "") for session in sessions])
    sato.down(table, "remark:en", as_above(sessions, "joined_from"))
    titles = "; ".join(paper["title"] for paper in PRINTED["papers"])
    sato.down(table, "papers", [titles if "keynotes" in session else "" for session in sessions])
    sato.saved("#of-1")


def as_above(sessions: list[dict[str, str]], what: str) -> list[str]:
    """What is said of each session; one key where it is what the one above says."""
    said = [session.get(what, "") for session in sessions]
    return [text if text != before else text and '"' for text, before in zip(said, ["", *said], strict=False)]


def as_printed() -> dict[str, Any]:
    """What the newsletter tells, as the records have it: without names of people and records, ids and titles of ours.

    People are known by their posts; who gave a paper and where a session was given, by places in the lists.
    """
    members = [
        {
            "post": member["post"],
            "unit": member.get("unit", ""),
            "body": "society" if "body" in member else "",
            "roles": [member.get("role", "member")],
        }
        for member in PRINTED["delegation"]
    ]
    speaker = next(paper for paper in PRINTED["papers"] if paper["institution"] == "ndl")
    hosts = [{"post": speaker["post"], "unit": "", "body": "", "roles": ["speaker"]}]
    return {
        "exchange": {
            "form": "visit",
            "state": "held",
            "number": str(PRINTED["number"]),
            "institutions": ["ndl", "nlc"],
            "hosts": ["ndl"],
            "dates": f"{PRINTED['from']}/{PRINTED['until']}",
            "cities": [PRINTED["place"]],
            "themes": list(VISIT.themes),
            "size": PRINTED["size"],
        },
        "people": {"nlc": ("visiting", members), "ndl": ("hosting", hosts)},
        "papers": {paper["institution"]: (paper["title"], "keynote", [paper["post"]]) for paper in PRINTED["papers"]},
        "timetable": [
            {
                "type": session["type"],
                "date": str(session.get("date", "")),
                "venue": session.get("venue", ""),
                "joined from": session.get("joined_from", ""),
                "themes": [session["theme"]] if "theme" in session else [],
                "papers": [paper["title"] for paper in PRINTED["papers"]] if "keynotes" in session else [],
            }
            for session in PRINTED["sessions"]
        ],
    }


def as_recorded(records: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The same of what readers see."""
    ours = {uri: content for uri, content in records.items() if uri.startswith("institution/ndl/")}

    def of(kind: str) -> list[dict[str, Any]]:
        return [content for content in ours.values() if content["kind"] == kind]

    (exchange,), (table,) = of("exchange"), of("timetable")
    titles = {uri: english(content["title"]) for uri, content in ours.items()}
    return {
        "exchange": exchange_facts(exchange),
        "people": {
            short(content["institution"]): (content["side"], [member_facts(member) for member in content["members"]])
            for content in of("participation")
        },
        "papers": {
            short(content["institution"]): (
                english(content["title"]),
                content["type"],
                [english(post["post"]) for speaker in content["speakers"] for post in speaker["posts"]],
            )
            for content in of("paper")
        },
        "timetable": [
            {
                "type": session["type"],
                "date": session.get("date", ""),
                "venue": english(session.get("venue")),
                "joined from": english(session.get("remark")),
                "themes": [english(theme["text"]) for theme in session.get("themes", ())],
                "papers": [titles[inside(uri)] for uri in session.get("papers", ())],
            }
            for session in table["sessions"]
        ],
    }


def member_facts(member: dict[str, Any]) -> dict[str, Any]:
    (post,) = member["posts"]
    return {
        "post": english(post["post"]),
        "unit": english(post.get("unit")),
        "body": short(post.get("institution", "")),
        "roles": member.get("roles", ["member"]),
    }


def test_the_24th_exchange_is_put_on_record_by_hand(desk: Site, sits_down: SitsDown) -> None:
    """Sato, the head, has the newsletter of February 2005 before her, and an hour.

    Of the programme, two earlier visits are on record. She begins the one after them as one that was held: the number
    and the host are suggested, and the newsletter is the source of all. She types the plan; five people from Beijing,
    one of another body, one an interpreter; the speaker of her own library; two keynotes; four sessions, of which three
    have no day. All of it goes out in one act, and reads as it is printed.
    """
    sato = Recorder(sits_down("sato"), name=NAME)
    begins(sato, VISIT)
    plans(sato, VISIT)
    visitors(sato)
    hosts(sato)
    papers(sato)
    timetable(sato)
    sato.comes("send/")
    sato.sends("Approve and send what is ticked")
    assert sato.person.told() == "6 texts were sent."
    assert "Held 8–17 November 2004. On record from published sources." in sato.person.reads()
    records = public(desk)
    assert as_recorded(records) == as_printed()
    sources = [content["sources"] for uri, content in records.items() if f"/{NAME}" in uri and "ndl/" in uri]
    assert [len({source["work"] for (source,) in sources}), len(sources)] == [1, 6]
    # The record that is shipped knows less of this one: what it says, this says too.
    known = exchange_facts(shipped()[f"exchange/{NAME}"].content())
    typed = exchange_facts(records[f"institution/ndl/exchange/{NAME}"])
    same = ("form", "state", "number", "institutions")
    assert {what: typed[what] for what in same} == {what: known[what] for what in same}
    assert typed["dates"].startswith(known["dates"])
    # Read with `pytest -s`.
    sys.stdout.write(sato.says())
    assert (sato.did.pages <= MOST_PAGES, sato.did.acts <= MOST_ACTS, sato.minutes() <= MOST_MINUTES) == (
        True,
        True,
        True,
    ), sato.says()


def as_chinese_list() -> list[list[str]]:
    """The delegation as a spreadsheet of a Chinese office has it, with the English of each cell."""
    roles = {"head of delegation": "团长", "interpreter": "翻译", "": "团员"}
    heads = ["序号", "姓名（英文）", "职务（英文）", "部门（英文）", "单位（英文）", "备注", "护照号"]
    return [
        heads,
        *(
            [
                str(place),
                member["name"],
                member["post"],
                member.get("unit", ""),
                member.get("body", ""),
                roles[member.get("role", "")],
                PASSPORT,
            ]
            for place, member in enumerate(PRINTED["delegation"], 1)
        ),
    ]


def as_chinese_table() -> list[list[str]]:
    """The timetable as a table of such an office."""
    kinds = {"opening session": "开幕式", "working session": "专题交流", "meeting": "会谈"}
    titles = "; ".join(paper["title"] for paper in PRINTED["papers"])
    return [
        ["日期", "类别", "地点（英文）", "主题（英文）", "报告", "备注（英文）"],
        *(
            [
                f"{session['date'].month}月{session['date'].day}日" if "date" in session else "",
                kinds[session["type"]],
                session.get("venue", ""),
                session.get("theme", ""),
                titles if "keynotes" in session else "",
                session.get("joined_from", ""),
            ]
            for session in PRINTED["sessions"]
        ),
    ]


def unknown_days(sato: Recorder) -> None:
    """An empty day of a table is that of the row above: where it is not known, it is emptied."""
    page = sato.person.page
    for place, session in enumerate(PRINTED["sessions"]):
        if "date" not in session:
            page.locator("#of-1 table.rows tbody tr[data-row] [name$='/day']").nth(place).focus()
            page.keyboard.press("Control+a")
            page.keyboard.press("Delete")
            sato.clicked()
            sato.did.keys += 2
    sato.saved("#of-1")


def pastes(sato: Recorder, section: str, rows: list[list[str]]) -> None:
    """Paste rows into the first cell of a list, look at what would be put in, and put it in."""
    page = sato.person.page
    first = "name:en" if section == "#of-nlc" else "title:en"
    page.locator(f"{section} table.rows tbody tr[data-row] [name$='/{first}']").first.evaluate(PASTES, rows)
    sato.clicked()
    sato.did.keys += 2
    panel = page.locator(f"{section} form.pasted")
    panel.wait_for()
    sato.person.looks()
    sato.clicks(panel.get_by_role("button", name=f"Put in {len(rows) - 1} rows"))
    page.locator(f"{section} .pasting").get_by_text("Saved on").wait_for()


def test_its_people_and_timetable_are_pasted_from_tables_of_a_chinese_office(desk: Site, sits_down: SitsDown) -> None:
    """Sato has the same in two tables that Beijing sent: a list with passport numbers, and a timetable.

    She pastes both, looks at what would become of each column, and puts it in; the body of one member she chooses, and
    days that are not known she empties. What stands is what she would have typed; the passport numbers are nowhere.
    """
    sato = Recorder(sits_down("sato", second="zh-hans"), name=NAME)
    begins(sato, VISIT)
    plans(sato, VISIT)
    sato.comes("people/?lang=en")
    pastes(sato, "#of-nlc", as_chinese_list())
    for place, member in enumerate(PRINTED["delegation"]):
        if "body" in member:
            # A record is chosen by a person, whatever was pasted.
            cell = sato.person.page.locator("#of-nlc table.rows tbody tr[data-row] [name$='/body']").nth(place)
            assert cell.input_value() == member["body"]
            cell.fill("")
            sato.picks_found(cell, member["body"])
            sato.saved("#of-nlc")
    hosts(sato)
    papers(sato)
    sato.comes("timetable/?lang=en")
    pastes(sato, "#of-1", as_chinese_table())
    unknown_days(sato)
    sato.comes("send/")
    sato.sends("Approve and send what is ticked")
    assert sato.person.told() == "6 texts were sent."
    assert as_recorded(public(desk)) == as_printed()
    kept = b"".join(path.read_bytes() for path in desk.home.rglob("*") if path.is_file())
    assert PASSPORT.encode() not in kept
    sys.stdout.write(sato.says())
    assert (sato.did.pages <= MOST_PAGES, sato.minutes() <= MOST_MINUTES_PASTED) == (True, True), sato.says()
