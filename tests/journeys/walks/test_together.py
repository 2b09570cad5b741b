"""Two libraries and three, each with its head's approval."""

import re

from tests.journeys.conftest import SitsDown
from tests.journeys.people import Person
from tests.journeys.typist import Typist, cell
from tests.site import LANGUAGES, Site

AMENDMENT = "Amendment on the length of visits"
SEMINAR = "Seminar on conservation"
WHY_NOT = "In May our reading rooms are being rebuilt."
TWO = ("National Diet Library", "National Library of Korea")
REPORT = "Two libraries spoke; the third listened."


def test_two_libraries_agree_on_an_amendment_after_one_counter_proposal(sits_down: SitsDown) -> None:
    """A memorandum stands between the NDL and the NLC. Ito drafts an amendment: visits of ten days. Sato sends it.

    In Beijing, Lin answers with a draft of seven days and why; Gao approves that, which says in one act that ten days
    are not taken up. Sato sees both beside each other, accepts seven, and the amendment stands.
    """
    ito = sits_down("ito", second="zh-hans")
    ito.drafts_agreement("ndl-nlc-length", title=AMENDMENT, kind="amendment", with_whom="National Library of China")
    ito.follows("Change the draft")
    ito.chooses("What it changes", "change of content")
    ito.page.get_by_role("group", name="Main provisions").get_by_label("English", exact=True).fill("Ten days.")
    ito.finds("Extends", "Memorandum on mutual visits")
    ito.presses("Save and read the draft")
    ito.presses("Submit for approval")
    sato = sits_down("sato", second="zh-hans")
    sato.takes_up(AMENDMENT)
    sato.presses("Approve and send this text")

    lin = sits_down("lin", second="zh-hans")
    lin.takes_up(AMENDMENT)
    lin.presses("Send a counter-proposal")
    lin.page.get_by_label(re.compile("^Reason")).fill("Our staff cannot be away so long.")
    lin.presses("Send a counter-proposal")
    assert lin.told() == "A draft was made from the proposed text. Nothing has been sent."
    lin.follows("Change the draft")
    lin.page.get_by_role("group", name="Main provisions").get_by_label("English", exact=True).fill("Seven days.")
    lin.presses("Save and read the draft")
    lin.presses("Submit for approval")
    gao = sits_down("gao", second="zh-hans")
    gao.takes_up(AMENDMENT, "Submitted for approval by 林静")
    gao.presses("Approve and send this text")

    sato.takes_up(AMENDMENT)
    assert "Your institution needs to reply." in sato.reads()
    assert "Our staff cannot be away so long." in sato.reads()
    sato.follows("Compare the two texts")
    assert re.search("Ten days.*Seven days", sato.reads())
    sato.follows("The record")
    sato.presses("Accept this text")
    assert "Seven days." in sato.reads()
    sato.presses("Accept this text")
    assert sato.told() == "Accepted, exactly as it was shown."
    assert "Agreed" in sato.reads()
    sato.follows("History")
    told = sato.reads()
    assert "Our staff cannot be away so long." in told
    assert told.index("did not accept") < told.index("it became the current version")


def test_of_three_libraries_one_does_not_take_it_up(desk: Site, sits_down: SitsDown) -> None:
    """Yun of the NLK drafts a seminar of three libraries in May. Sato accepts; Gao does not take it up, and says why.

    The three read the reason; the public sees nothing at all. Yun proposes October instead, from the text that came to
    nothing, and says that everybody may read it, and all three agree: now it is there for everybody, and the reason
    still is not.

    In October the NLC speaks in no session. Han sends what was held; Sato accepts, Gao says nothing: what stands stays
    as it was. The report of the NLK is its own to make public, and is there.
    """
    yun = sits_down("yun", second="ko")
    yun.goes("begin/")
    yun.chooses("Kind of record", "exchange")
    yun.fills("Short name (part of the web address)", "seminar-2027")
    yun.presses("Create the draft")
    yun.says_title(SEMINAR)
    yun.page.get_by_label(re.compile("^Form ")).select_option(label="seminar")
    yun.page.get_by_role("group", name="State").get_by_label(re.compile("^State")).select_option(label="planned")
    yun.finds("Participating institutions 2", "National Diet Library")
    yun.finds("Participating institutions 3", "National Library of China")
    yun.finds("Host 1", "National Library of Korea")
    yun.page.get_by_role("button", name="Add: Dates", exact=True).click()
    dates = yun.page.get_by_role("group", name="Dates 1")
    dates.get_by_label(re.compile("^Scope|^What")).select_option(label="seminar dates")
    dates.get_by_label(re.compile("^Date")).fill("May 2027")
    yun.presses("Save and read the draft")
    yun.presses("Submit for approval")
    han = sits_down("han", second="ko")
    han.takes_up(SEMINAR)
    han.presses("Approve and send this text")
    sato = sits_down("sato", second="ko")
    sato.takes_up(SEMINAR)
    sato.presses("Accept this text")
    sato.presses("Accept this text")

    gao = sits_down("gao", second="ko")
    gao.takes_up(SEMINAR)
    gao.presses("Do not accept this text")
    gao.presses("Do not accept this text")
    assert "Nothing was sent." in gao.reads()
    gao.page.get_by_label(re.compile("^Reason")).fill(WHY_NOT)
    gao.presses("Do not accept this text")
    for person in (gao, sato, yun):
        person.goes(f"record/{gao.page.url.partition('/record/')[2]}")
        assert WHY_NOT in person.reads()
    assert "Not accepted by National Library of China" in yun.reads()
    assert desk.get("/en/exchange/seminar-2027/").status == 404
    assert SEMINAR not in desk.get("/en/exchange/").body

    yun.presses("Send a counter-proposal")
    yun.page.get_by_role("group", name="Dates 1").get_by_label(re.compile("^Date")).fill("October 2027")
    yun.page.get_by_label(re.compile("^Shown to")).select_option(value="public")
    yun.presses("Save and read the draft")
    yun.presses("Submit for approval")
    han.takes_up(SEMINAR, "Submitted for approval by 윤서진")
    han.presses("Approve and send this text")
    for head in (sato, gao):
        head.takes_up(SEMINAR)
        head.presses("Accept this text")
        head.presses("Accept this text")
    for language in LANGUAGES:
        public = desk.get(f"/{language}/exchange/seminar-2027/")
        assert (public.status, WHY_NOT in public.body, "2027" in public.body) == (200, False, True)
    assert WHY_NOT not in desk.get("/en/exchange/seminar-2027/history/").body
    held_and_answered_by_two(desk, yun, han, sato)


def held_and_answered_by_two(desk: Site, yun: Person, han: Person, sato: Person) -> None:
    """What was held is sent by one, accepted by another, and answered by the third with nothing."""
    yun.goes("exchange/seminar-2027/timetable/?lang=en")
    typist = Typist(yun)
    typist.presses("Begin the timetable")
    yun.goes("exchange/seminar-2027/timetable/?lang=en")
    typist.down("#of-1", "day", ["12 October 2027", ""])
    typist.down("#of-1", "hours", ["10-12", "14-16"])
    typist.down("#of-1", "who", [f"{TWO[0]}, {TWO[1]}", TWO[0]])
    for row in range(2):
        cell(yun.page, "#of-1", row, "type").select_option(label="working session")
    typist.saves("#of-1")
    yun.goes("exchange/seminar-2027/send/")
    yun.presses("Approve and send what is ticked")
    assert "1 text was sent." in yun.told()

    han.goes("exchange/seminar-2027/plan/")
    han.presses("Draft a new version")
    han.page.get_by_role("group", name="State").get_by_label(re.compile("^State")).first.select_option(label="held")
    han.page.get_by_label(re.compile("^Date ")).fill("12-13 October 2027")
    han.presses("Save", within="main .saving")
    han.goes("exchange/seminar-2027/send/")
    han.presses("Approve and send what is ticked")
    sato.takes_up(SEMINAR)
    sato.presses("Accept this text")
    sato.presses("Accept this text")
    yun.goes("exchange/seminar-2027/")
    assert "to reply: National Library of China" in yun.reads()
    assert "12–13 October" not in desk.get("/en/exchange/seminar-2027/").body

    yun.presses("own report", within="main")
    yun.page.get_by_label(re.compile("^Shown to")).select_option(value="public")
    yun.page.get_by_role("group", name=re.compile("^Text")).get_by_label("English", exact=True).fill(REPORT)
    yun.presses("Save and read the draft")
    yun.presses("Send this text")
    page = desk.get("/en/exchange/seminar-2027/").body
    assert "12–13 October" not in page
    report = re.findall(r'href="(/en/report/[^"]+)"', page)[0]
    assert REPORT in desk.get(report).body
