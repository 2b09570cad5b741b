"""A session that ends while somebody types, two who type at once, a keyboard alone, and no script at all."""

import re
from dataclasses import replace
from urllib.parse import quote

from tests.journeys.conftest import SitsDown
from tests.journeys.founding import PASSWORD
from tests.journeys.people import Person

KOREA, CHINA = "National Library of Korea", "National Library of China"


def test_a_session_that_ends_while_somebody_types_costs_nothing(sits_down: SitsDown) -> None:
    """Ito types a long title; his session has ended meanwhile. He is told so where he types, and where his text is.

    He presses Save all the same, and is told once more. He signs in in another window, comes back, and saves it.
    """
    ito = sits_down("ito", second="zh-hans")
    ito.drafts_agreement("maps", title="On maps", kind="Letter of Intent", with_whom=KOREA)
    ito.follows("Change the draft")
    ito.page.context.clear_cookies(name="koryu-session")
    ito.says_title("On maps, atlases and globes")
    ito.page.get_by_text("You are signed out.").wait_for()
    ito.main().locator(".saving").get_by_role("button", name="Save", exact=True).click()
    ito.page.get_by_text("Not sent: you are signed out. What you typed is still here.").wait_for()
    with ito.page.context.expect_page() as window:
        ito.main().get_by_role("link", name="Sign in", exact=True).click()
    there = replace(ito, page=window.value)
    there.fills("User name", "ito")
    there.fills("Password", PASSWORD)
    there.presses("Sign in")
    window.value.close()
    ito.presses("Save", within="main .saving")
    assert ito.told() == "The draft was saved."
    ito.follows("Read the draft")
    assert "On maps, atlases and globes" in ito.reads()


def test_two_who_type_into_one_draft_lose_nothing(sits_down: SitsDown) -> None:
    """Ito and Sato have one draft open. Sato changes the title and saves; then Ito saves, who had changed the kind.

    He is shown hers and his beside each other, with his still in the form. He goes on from hers, and changes the kind.
    """
    ito, sato = sits_down("ito", second="zh-hans"), sits_down("sato", second="zh-hans")
    ito.drafts_agreement("scores", title="On scores", kind="Letter of Intent", with_whom=KOREA)
    ito.follows("Change the draft")
    sato.goes(ito.page.url.partition("/desk/")[2])
    sato.says_title("On musical scores")
    sato.presses("Save", within="main .saving")
    ito.page.get_by_label(re.compile("^Kind ")).select_option(label="memorandum of understanding")
    ito.presses("Save", within="main .saving")
    theirs_and_yours = ito.main().get_by_role("region", name="Theirs and yours").inner_text()
    assert "On musical scores" in theirs_and_yours
    assert "memorandum of understanding" in theirs_and_yours
    ito.follows("Discard my text and continue with theirs")
    ito.page.get_by_label(re.compile("^Kind ")).select_option(label="memorandum of understanding")
    ito.presses("Save and read the draft")
    assert re.search("On musical scores.*memorandum of understanding", ito.reads())


def test_what_is_saved_on_the_page_of_a_partner_is_said_of_the_partner(sits_down: SitsDown) -> None:
    """Ito enters the country of the NLC on its calendar, which has the address of his own with a question behind it."""
    ito = sits_down("ito", second="ko")
    ito.goes(f"calendar/?of={quote('tag:127.0.0.1,2026:institution/nlc')}")
    ito.page.locator("#country").select_option("CN")
    ito.presses("Save", within="section[aria-labelledby=country-heading]")
    assert "?of=" in ito.page.url
    assert ito.page.locator("#country").input_value() == "CN"
    ito.goes("calendar/")
    assert ito.page.locator("#country").input_value() == ""


def test_a_keyboard_alone_drafts_and_accepts(sits_down: SitsDown) -> None:
    """Sato uses no mouse: she signs in, begins a draft, fills it in and sends it. So does Gao, who accepts it."""
    sato = sits_down()
    signs_in_by_keyboard(sato, "sato")
    tabs_to(sato, "Drafts")
    enters(sato)
    tabs_to(sato, "New draft")
    enters(sato)
    tabs_to(sato, "Kind of record")
    sato.page.keyboard.type("agreement")
    tabs_to(sato, "Short name (part of the web address)")
    sato.page.keyboard.type("by-keyboard")
    tabs_to(sato, "Create the draft")
    enters(sato)
    tabs_to(sato, "Skip to main content")
    sato.page.keyboard.press("Enter")
    tabs_to(sato, "English")
    sato.page.keyboard.type("On braille")
    tabs_to(sato, "Kind (needed)")
    sato.page.keyboard.type("Letter")
    tabs_to(sato, "Participating institutions 2")
    sato.page.keyboard.type("国家图书馆")
    sato.page.locator("[role=option]").first.wait_for()
    sato.page.keyboard.press("ArrowDown")
    sato.page.keyboard.press("Enter")
    sato.page.get_by_label("Participating institutions 3").wait_for()
    tabs_to(sato, "Save and read the draft")
    enters(sato)
    assert CHINA in sato.reads()
    tabs_to(sato, "Send this text")
    enters(sato)
    assert sato.told() == "The draft was sent."

    gao = sits_down()
    signs_in_by_keyboard(gao, "gao")
    tabs_to(gao, "Accept, or send a counter-proposal")
    enters(gao)
    tabs_to(gao, "Accept this text")
    enters(gao)
    tabs_to(gao, "Accept this text")
    enters(gao)
    assert gao.told() == "Accepted, exactly as it was shown."


def test_everything_is_done_without_script(sits_down: SitsDown) -> None:
    """Where the house allows no script, Ito drafts, Sato sends it back with a remark and approves it the next time.

    Gao does not take it up; Sato proposes otherwise, and Gao accepts.
    """
    ito, sato, gao = (sits_down(who, script=False) for who in ("ito", "sato", "gao"))
    ito.drafts_agreement("no-script", title="On newspapers", kind="Letter of Intent", with_whom=CHINA)
    ito.presses("Submit for approval")
    sato.takes_up("On newspapers")
    sato.fills("Remark for the person who drafted it", "Say that it is about old ones.")
    sato.presses("Return it with this remark")
    ito.goes("")
    assert "Say that it is about old ones." in ito.reads()
    ito.takes_up("On newspapers")
    ito.follows("Change the draft")
    ito.says_title("On old newspapers")
    ito.presses("Save and read the draft")
    ito.presses("Submit for approval")
    sato.takes_up("On old newspapers")
    sato.presses("Approve and send this text")
    gao.takes_up("On old newspapers")
    gao.presses("Do not accept this text")
    gao.page.get_by_label(re.compile("^Reason")).fill("Ours are in another library.")
    gao.presses("Do not accept this text")
    sato.takes_up("On old newspapers")
    sato.presses("Send a counter-proposal")
    sato.says_title("On old magazines")
    sato.presses("Save and read the draft")
    sato.presses("Send this text")
    gao.takes_up("On old magazines")
    gao.presses("Accept this text")
    gao.presses("Accept this text")
    assert gao.told() == "Accepted, exactly as it was shown."


def signs_in_by_keyboard(person: Person, username: str) -> None:
    person.goes("")
    tabs_to(person, "User name")
    person.page.keyboard.type(username)
    tabs_to(person, "Password")
    person.page.keyboard.type(PASSWORD)
    enters(person)


def tabs_to(person: Person, name: str) -> None:
    """Press Tab until what is so called has the focus, and can be seen to have it."""
    for _ in range(120):
        person.page.keyboard.press("Tab")
        if person.page.evaluate(CALLED) == name:
            outline = person.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{name} does not show that it has the focus"
            return
    raise AssertionError(f"{name} was not reached from the keyboard at {person.page.url}")


def enters(person: Person) -> None:
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.looks()


# What a control is called: by its label, or by its own words.
CALLED = """() => {
  const it = document.activeElement;
  const words = it.getAttribute("aria-label") ?? it.labels?.[0]?.innerText ?? it.innerText ?? "";
  return words.replace(/\\s+/g, " ").trim();
}"""
