"""Text typed at the desk while the line is cut, at every moment: it is saved, or still there, and what is said is true.

Each situation was thought up before anything was mended; `before` says what became of the text then.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from tests.journeys.conftest import WIDE
from tests.journeys.founding import PASSWORD, VISITS
from tests.journeys.line import Cut, Line, line
from tests.site import Site

# 200 KB of Japanese, as UTF-8 counts them.
LONG: Final = "業務交流の記録。" * (200 * 1024 // 24)
TITLE, NOTES = "title.en", "notes.ja"
OFFERED: Final = ".offer"
# Seconds until what should be there is given up; a machine that is busy with other tests is slow.
PATIENCE: Final = 20


@dataclass
class Desk:
    """One person's browser, at a desk whose line can be cut."""

    site: Site
    line: Line
    context: BrowserContext
    number: int = 0
    page: Page = field(init=False, repr=False)
    asked: list[str] = field(default_factory=list)

    def opens(self, path: str = "") -> Page:
        """Another window on a page of the desk; that of the draft where none is named."""
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.page.on("dialog", self._answers)
        self.page.clock.install()
        self.page.goto(f"{self.line.address}/desk/{path or f'draft/{self.number}/edit/'}")
        return self.page

    def _answers(self, dialog: Dialog) -> None:
        self.asked.append(dialog.type)
        dialog.accept()

    def types(self, text: str, into: str = TITLE) -> None:
        """Type, as somebody does who sits there: a page that nobody has touched asks nothing on leaving."""
        box = self.page.locator(f"main [name='{into}']:not([type=hidden])").first
        box.evaluate(
            "box => { for (let at = box; at; at = at.parentElement) if (at.matches('details')) at.open = true }"
        )
        box.click()
        box.press("Control+a")
        self.page.keyboard.insert_text(text)

    def rests(self, seconds: float = 2) -> None:
        """Let time pass for the page."""
        self.page.clock.run_for(int(seconds * 1000))

    def sees(self, words: str, within: str = "main") -> None:
        self.page.locator(within).get_by_text(words).first.wait_for()

    def presses(self, button: str) -> None:
        self.page.locator("main").get_by_role("button", name=button, exact=True).last.click()

    def leaves(self) -> None:
        """Go somewhere else, whatever the page says to it."""
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)

    def box(self, name: str = TITLE) -> str:
        return self.page.locator(f"main [name='{name}']:not([type=hidden])").first.input_value()

    def offline(self) -> None:
        self.context.set_offline(True)

    def online(self) -> None:
        self.context.set_offline(False)

    def signs_in(self, username: str = "ito") -> None:
        """In another window, as one does whose session has ended."""
        self.context.clear_cookies(name="koryu-session")
        there = self.context.new_page()
        there.goto(f"{self.line.address}/desk/account/login/")
        there.get_by_label("User name").fill(username)
        there.get_by_label("Password").fill(PASSWORD)
        with there.expect_navigation():
            there.get_by_role("button", name="Sign in", exact=True).click()
        there.close()

    def signed_out(self) -> None:
        """The session ends, and nobody tells the page."""
        self.ask("DELETE FROM django_session")

    def comes_back(self) -> None:
        """Look at this window again."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def ask(self, sql: str, *values: Any) -> list[Any]:
        """Ask the server's database."""
        with sqlite3.connect(self.site.home / "koryu.sqlite3", timeout=10) as connection:
            found = connection.execute(sql, values).fetchall()
        connection.close()
        return found

    def saved(self) -> tuple[dict[str, Any], int]:
        """What the server has of the draft, and how often it was changed."""
        [(content, edition)] = self.ask("SELECT content, edition FROM consent_draft WHERE id = ?", self.number)
        return json.loads(content), edition

    def has_saved(self, text: str, *, of: tuple[str, str] = ("title", "en"), edition: int | None = None) -> None:
        """Wait for the server to have exactly this."""
        until = time.monotonic() + PATIENCE
        while (found := self.saved())[0].get(of[0], {}).get(of[1]) != text or found[1] != (edition or found[1]):
            assert time.monotonic() < until, f"saved is {str(found)[:200]}"
            self.page.wait_for_timeout(20)

    def has_tried(self, times: int) -> None:
        """Let time pass for the page, until it has sent its form so often since the line was cut."""
        until = time.monotonic() + PATIENCE
        while len(self.line.sent) < times:
            assert time.monotonic() < until, self.line.sent
            self.rests(1)
            self.page.wait_for_timeout(20)

    def colleague_saves(self, text: str) -> None:
        content, edition = self.saved()
        content["title"] = {"en": text}
        self.ask(
            "UPDATE consent_draft SET content = ?, edition = ?, changed_by = 'sato' WHERE id = ?",
            json.dumps(content),
            edition + 1,
            self.number,
        )

    def comments(self) -> list[str]:
        return [text for (text,) in self.ask("SELECT text FROM consent_comment WHERE draft_id = ?", self.number)]

    def kept(self) -> list[Any]:
        """What this browser keeps."""
        return [json.loads(one) for one in self.context.pages[0].evaluate("Object.values(localStorage)")]

    def keeps(self, text: str) -> None:
        """Wait until another window finds this kept: what a window has left is there for others a moment later."""
        there = self.context.new_page()
        there.goto(f"{self.line.address}/static/koryu/page.css")
        there.wait_for_function(
            "text => Object.values(localStorage).some(kept => kept.includes(text))",
            arg=json.dumps(text, ensure_ascii=False)[1:-1],
            timeout=PATIENCE * 1000,
        )
        there.close()

    def keeps_nothing(self) -> None:
        """Wait for the browser to keep nothing any more."""
        until = time.monotonic() + PATIENCE
        while self.kept():
            assert time.monotonic() < until, self.kept()
            time.sleep(0.02)


Situation = Callable[[Desk], None]
SITUATIONS: dict[str, tuple[str, Situation]] = {}


def situation(before: str) -> Callable[[Situation], Situation]:
    """One line of the table: what became of the text before, and what is to become of it."""

    def enter(one: Situation) -> Situation:
        SITUATIONS[one.__name__] = (before, one)
        return one

    return enter


# Typing into a draft.


@situation("kept on the page alone; closing it asked nothing, and the text was gone")
def typed_offline_and_the_page_closed(at: Desk) -> None:
    at.opens()
    at.offline()
    at.types("Typed without a line")
    at.rests()
    at.sees("No connection. What you typed is kept in this browser, and is sent when the connection is back.")
    at.leaves()
    assert at.asked == ["beforeunload"]
    at.online()
    at.keeps("Typed without a line")
    at.opens()
    at.sees("is not saved on the server", OFFERED)
    assert at.box() == "Exchange"
    at.presses("Restore it")
    at.has_saved("Typed without a line")
    at.page.wait_for_selector(OFFERED, state="detached")
    assert (at.box(), at.kept()) == ("Typed without a line", [])


@situation("nothing was sent until something more was typed")
def the_line_gone_and_back(at: Desk) -> None:
    at.opens()
    at.offline()
    at.types("Typed meanwhile")
    at.rests()
    at.sees("No connection.")
    at.online()
    at.has_saved("Typed meanwhile")
    at.sees("Saved on", "#saved")
    assert at.kept() == []


@situation("“the server does not answer”, and nothing was sent until something more was typed")
def cut_before_the_request(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.BEFORE, Cut.BEFORE)
    at.types("Sent three times")
    at.rests()
    at.sees("No connection.")
    at.has_tried(3)
    at.has_saved("Sent three times", edition=2)
    at.sees("Saved on", "#saved")


@situation("the same")
def cut_in_the_middle_of_200_kb(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.IN_THE_BODY)
    at.types(LONG, NOTES)
    at.rests()
    at.sees("No connection.")
    assert "notes" not in at.saved()[0]
    at.rests(2.1)
    at.has_saved(LONG, of=("notes", "ja"), edition=2)


@situation("“You have changed this draft meanwhile yourself, perhaps in another window”; saving stopped for good")
def answer_lost_and_typed_on(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.BEFORE_THE_ANSWER)
    at.types("First words")
    at.rests()
    at.sees("No connection.")
    at.has_saved("First words", edition=2)
    at.types("First words, and more")
    at.rests(4)
    at.has_saved("First words, and more", edition=3)
    at.sees("Saved on", "#saved")
    assert at.page.locator(".overtaken").count() == 0


@situation("the same")
def cut_in_the_middle_of_the_answer(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.IN_THE_ANSWER)
    at.types("Half an answer")
    at.rests()
    at.sees("No connection.")
    at.types("Half an answer, and more")
    at.rests(4)
    at.has_saved("Half an answer, and more", edition=3)


@situation("saved; and said so by nobody")
def answer_lost_and_the_page_opened_anew(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.BEFORE_THE_ANSWER)
    at.types("It had arrived")
    at.rests()
    at.has_saved("It had arrived", edition=2)
    at.leaves()
    at.opens()
    at.keeps_nothing()
    assert (at.box(), at.page.locator(OFFERED).count(), at.saved()[1]) == ("It had arrived", 0, 2)


@situation("what was typed after the lost answer was gone")
def answer_lost_typed_on_and_the_page_closed(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.BEFORE_THE_ANSWER, Cut.BEFORE)
    at.types("It had arrived")
    at.rests()
    at.has_saved("It had arrived", edition=2)
    at.types("This had not")
    at.leaves()
    at.keeps("This had not")
    at.opens()
    at.sees("is not saved on the server", OFFERED)
    at.presses("Restore it")
    at.has_saved("This had not", edition=3)
    at.page.wait_for_selector(OFFERED, state="detached")
    assert at.page.locator(".overtaken").count() == 0


@situation("all of it gone: a browser sends 64 KB at most while it closes a page")
def left_at_once_with_200_kb(at: Desk) -> None:
    at.opens()
    at.offline()
    at.types(LONG, NOTES)
    at.leaves()
    assert at.asked == ["beforeunload"]
    at.online()
    at.keeps(LONG[:99])
    at.opens()
    at.presses("Restore it")
    at.has_saved(LONG, of=("notes", "ja"))


@situation("all of it gone")
def the_browser_ended_a_second_after_200_kb(at: Desk) -> None:
    at.opens()
    at.offline()
    at.types(LONG, NOTES)
    at.rests(1)
    # No event is told to a page whose browser is ended.
    assert [dict(one["fields"])[NOTES] == LONG for one in at.kept()] == [True]
    at.page.close()
    at.online()
    at.keeps(LONG[:99])
    at.opens()
    at.presses("Restore it")
    at.has_saved(LONG, of=("notes", "ja"))


@situation("gone; of what the colleague saved meanwhile nothing was lost")
def saved_by_a_colleague_meanwhile(at: Desk) -> None:
    at.opens()
    at.offline()
    at.types("Mine")
    at.leaves()
    at.online()
    at.colleague_saves("Theirs")
    at.keeps("Mine")
    at.opens()
    at.page.locator(OFFERED).get_by_text("What you typed, beside what is on this page now").click()
    row = at.page.locator(f"{OFFERED} tbody tr").filter(has_text="Mine")
    assert row.locator("td").nth(2).inner_text() == "Theirs"
    at.presses("Restore it")
    at.sees("Somebody else has changed this draft meanwhile.")
    assert (at.box(), at.saved()[0]["title"]["en"]) == ("Mine", "Theirs")
    at.presses("Replace it with my text")
    at.has_saved("Mine")


@situation("said, and the text stayed on the page; closing it lost it without a question")
def saved_by_a_colleague_while_typing(at: Desk) -> None:
    at.opens()
    at.colleague_saves("Theirs")
    at.types("Mine")
    at.rests()
    at.sees("Somebody else has changed this draft meanwhile. Nothing was saved.")
    at.presses("Save")
    at.sees("Theirs and yours")
    at.leaves()
    assert at.asked == ["beforeunload"]
    at.keeps("Mine")
    at.opens()
    at.sees("is not saved on the server", OFFERED)
    assert "Mine" in str(at.kept())


@situation("said to be kept; signing in in another window and coming back saved nothing")
def session_over_and_signed_in_in_another_window(at: Desk) -> None:
    at.opens()
    at.signed_out()
    at.types("Typed too late")
    at.rests()
    at.sees("Not saved: you are signed out.")
    at.signs_in()
    at.comes_back()
    at.has_saved("Typed too late")
    at.sees("Saved on", "#saved")


@situation("the words of the one were saved under the name of the other")
def session_over_and_another_person_signs_in(at: Desk) -> None:
    at.opens()
    at.signed_out()
    at.types("Of Ito alone")
    at.rests()
    at.sees("Not saved: you are signed out.")
    at.signs_in("sato")
    at.comes_back()
    at.sees("Not saved: another person has signed in with this browser")
    assert at.saved()[0]["title"]["en"] == "Exchange"
    at.leaves()
    at.keeps("Of Ito alone")
    at.opens()
    assert (at.page.locator(OFFERED).count(), at.box(), "Of Ito alone" in str(at.kept())) == (0, "Exchange", True)


@situation("“Not saved yet: the server does not answer”, for good")
def an_old_mark_of_the_form(at: Desk) -> None:
    at.opens()
    at.context.add_cookies([{"name": "koryu-form", "value": "b" * 32, "url": f"{at.line.address}/desk/"}])
    at.types("On an old page")
    at.rests()
    at.has_saved("On an old page")
    at.sees("Saved on", "#saved")


@situation("“Not saved yet: the server does not answer”, until something more was typed")
def the_server_fails(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.INSTEAD, Cut.INSTEAD, instead="500 Internal Server Error")
    at.types("Tried again")
    at.rests()
    at.sees("The server cannot save this now.")
    at.has_tried(3)
    at.has_saved("Tried again", edition=2)


@situation("waited for ever; “Saved on” stood above it all the while")
def the_server_never_answers(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.SILENCE)
    at.types("Into silence")
    at.sees("Not saved yet.", "#saved")
    at.rests()
    at.rests(31)
    at.sees("The server does not answer.")
    at.rests(2.1)
    at.has_saved("Into silence", edition=2)


@situation("“Not saved yet: the server does not answer”")
def more_than_the_server_takes(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.INSTEAD, instead="413 Content Too Large")
    at.types("Too much")
    at.rests()
    at.sees("Not saved: this is too large for the server.")
    assert "Too much" in str(at.kept())


@situation("the browser's page of errors; back from it, the text was there or not, as the browser had it")
def save_and_read_pressed_offline(at: Desk) -> None:
    at.opens()
    at.types("Pressed offline")
    at.offline()
    at.presses("Save and read the draft")
    at.sees("Not sent: there is no connection.", "#saved")
    assert at.box() == "Pressed offline"
    at.online()
    at.presses("Save and read the draft")
    at.page.wait_for_url("**/draft/*/")
    at.has_saved("Pressed offline", edition=2)


@situation("the browser's page of errors")
def save_and_read_whose_answer_is_lost(at: Desk) -> None:
    at.opens()
    at.page.locator("main [name='title.en']").first.fill("Pressed once")
    at.has_saved("Exchange", edition=1)
    at.line.cut(Cut.BEFORE_THE_ANSWER)
    at.presses("Save and read the draft")
    at.has_saved("Pressed once", edition=2)
    at.sees("No answer came", "#saved")
    at.types("Pressed once, and more")
    at.presses("Save and read the draft")
    at.page.wait_for_url("**/draft/*/")
    at.has_saved("Pressed once, and more", edition=3)


@situation("the browser's page of errors; what was typed since the last saving was gone")
def an_item_added_offline(at: Desk) -> None:
    at.opens()
    at.types("Before adding")
    at.offline()
    at.presses("Add: Dates")
    at.sees("Not sent: there is no connection.", "#saved")
    assert at.box() == "Before adding"
    at.online()
    at.has_saved("Before adding")
    at.presses("Add: Dates")
    at.page.wait_for_selector("[name^='dates['][name$='.date']")


@situation("the page was sent once more and came back; where the line was cut again, the browser's page of errors")
def an_item_added_whose_answer_is_lost(at: Desk) -> None:
    at.opens()
    at.line.cut(Cut.BEFORE_THE_ANSWER)
    at.presses("Add: Dates")
    at.sees("No answer came", "#saved")
    at.types("After adding")
    at.rests(4)
    at.has_saved("After adding")
    at.presses("Add: Dates")
    at.page.wait_for_selector("[name^='dates['][name$='.date']")
    assert len(at.saved()[0]["dates"]) == 1


@situation("what was typed in the last second and a half was gone, or saved, as it happened")
def a_link_followed_right_after_typing(at: Desk) -> None:
    at.opens()
    at.types("Then followed a link")
    at.page.get_by_role("link", name="Read the draft").click()
    at.page.wait_for_url("**/draft/*/")
    assert at.asked == []
    at.has_saved("Then followed a link")


@situation("the page was gone, and the text with it")
def the_draft_thrown_away_meanwhile(at: Desk) -> None:
    at.opens()
    at.ask("DELETE FROM consent_draft WHERE id = ?", at.number)
    at.types("Where to now")
    at.rests()
    at.sees("Not saved: this page is no longer there")
    at.leaves()
    at.keeps("Where to now")
    at.opens("?")
    row = at.page.locator(f"{OFFERED} tbody tr")
    assert row.locator("td").all_inner_texts() == ["English", "Where to now", ""]
    at.presses("Delete it")
    assert at.kept() == []


@situation("both gone")
def two_windows_on_one_page(at: Desk) -> None:
    first = at.opens()
    at.offline()
    at.types("In one window")
    at.rests(1)
    first.close()
    at.online()
    at.keeps("In one window")
    at.opens()
    at.offline()
    at.types("In another")
    at.leaves()
    at.online()
    at.keeps("In another")
    at.opens()
    at.page.locator(OFFERED).nth(1).wait_for()
    assert sorted(dict(one["fields"])[TITLE] for one in at.kept()) == ["In another", "In one window"]


@situation("gone with the session, and nobody asked")
def signing_out_with_something_unsaved(at: Desk) -> None:
    at.opens()
    at.colleague_saves("Theirs")
    at.types("Mine")
    at.rests()
    at.sees("Nothing was saved.")
    with at.page.expect_navigation():
        at.page.locator(".menu > summary").click()
        at.page.get_by_role("button", name="Sign out").click()
    at.page.get_by_label("User name").wait_for()
    assert (at.asked, at.kept()) == (["confirm"], [])
    at.signs_in()
    at.opens()
    assert at.page.locator(OFFERED).count() == 0


@situation("nothing was kept")
def kept_for_a_month(at: Desk) -> None:
    at.opens()
    at.offline()
    at.types("A month ago")
    at.leaves()
    at.online()
    at.keeps("A month ago")
    at.opens("drafts/")
    day = 24 * 60 * 60 * 1000
    older = (
        "days => Object.keys(localStorage).forEach(key => { const copy = JSON.parse(localStorage[key]);"
        f" copy.at -= days * {day}; localStorage[key] = JSON.stringify(copy) }})"
    )
    at.page.evaluate(older, 29)
    at.opens()
    at.page.locator(OFFERED).wait_for()
    at.page.evaluate(older, 2)
    at.opens()
    assert (at.page.locator(OFFERED).count(), at.kept()) == (0, [])


@situation("kept on the page alone")
def a_browser_that_keeps_nothing(at: Desk) -> None:
    at.opens()
    at.page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }")
    at.offline()
    at.types("Nowhere to keep it")
    at.rests()
    at.sees("Not saved, and this browser cannot keep what you typed")
    at.leaves()
    assert at.asked == ["beforeunload"]


# Other boxes, whose text is sent by a button.


@situation("the browser's page of errors")
def a_comment_sent_offline(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types("A comment", "text")
    at.offline()
    at.presses("Add the comment")
    at.sees("Not sent: there is no connection.")
    assert at.box("text") == "A comment"
    at.online()
    at.presses("Add the comment")
    at.sees("Your comment was added to the draft.")
    assert (at.comments(), at.kept()) == (["A comment"], [])


@situation("the browser's page of errors; sent once more from there, the comment stood there twice")
def a_comment_whose_answer_is_lost(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types("Said once", "text")
    at.line.cut(Cut.BEFORE_THE_ANSWER)
    at.presses("Add the comment")
    at.sees("it is not known whether this was done")
    assert at.comments() == ["Said once"]
    at.leaves()
    at.keeps("Said once")
    at.opens(f"draft/{at.number}/")
    at.presses("Restore it")
    at.presses("Add the comment")
    at.sees("It was not done a second time")
    assert (at.comments(), at.kept()) == (["Said once"], [])


@situation("the browser's page of errors, and the comment not sent")
def a_comment_cut_in_the_middle(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types(LONG, "text")
    at.line.cut(Cut.IN_THE_BODY)
    at.presses("Add the comment")
    at.sees("it is not known whether this was done")
    at.presses("Add the comment")
    at.sees("Your comment was added to the draft.")
    assert at.comments() == [LONG]


@situation("gone")
def a_comment_typed_and_the_page_left(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types("Not sent yet", "text")
    at.sees("Not sent yet. What you typed is kept in this browser.")
    at.leaves()
    assert at.asked == ["beforeunload"]
    at.keeps("Not sent yet")
    at.opens(f"draft/{at.number}/")
    at.presses("Restore it")
    assert at.box("text") == "Not sent yet"
    at.presses("Add the comment")
    at.sees("Your comment was added to the draft.")
    assert (at.comments(), at.kept()) == (["Not sent yet"], [])


@situation("came along to the page to sign in on; with a provider to sign in at it was gone")
def a_comment_when_the_session_was_over(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types("Typed too late", "text")
    at.signed_out()
    at.presses("Add the comment")
    at.sees("Not sent: you are signed out.")
    at.signs_in()
    at.presses("Add the comment")
    at.sees("Your comment was added to the draft.")
    assert at.comments() == ["Typed too late"]


@situation("the comment of the one was said by the other")
def a_comment_when_another_person_signs_in(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types("Of Ito alone", "text")
    at.signed_out()
    at.signs_in("sato")
    at.presses("Add the comment")
    at.sees("Not sent: another person has signed in with this browser")
    assert at.comments() == []


@situation("“This form can no longer be sent”: go back and copy it")
def a_comment_with_an_old_mark(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types("On an old page", "text")
    at.context.add_cookies([{"name": "koryu-form", "value": "b" * 32, "url": f"{at.line.address}/desk/"}])
    at.presses("Add the comment")
    at.sees("Your comment was added to the draft.")
    assert at.comments() == ["On an old page"]


@situation("gone, with no word of it")
def a_comment_beside_a_button_that_does_something_else(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types("Half a comment", "text")
    at.presses("Share with partners for comment")
    at.sees("The draft is now shared with the partners named in it.")
    at.presses("Restore it")
    assert at.box("text") == "Half a comment"


@situation("the browser's page of errors")
def the_page_after_a_comment_does_not_come(at: Desk) -> None:
    at.opens(f"draft/{at.number}/")
    at.types("It was said", "text")
    at.page.route("**/desk/draft/*/", lambda route: route.abort())
    with at.page.expect_event("requestfailed"):
        at.presses("Add the comment")
    at.page.close()
    at.opens(f"draft/{at.number}/")
    assert (at.comments(), at.page.locator(OFFERED).count()) == (["It was said"], 0)


@situation("the browser's page of errors")
def a_reason_sent_offline(at: Desk) -> None:
    at.signs_in("sato")
    at.opens(visits(at))
    at.presses("Record that our account differs")
    at.page.locator("main [name='text-en']").wait_for()
    at.types("Two visits a year", "text-en")
    at.offline()
    at.presses("Record that our account differs")
    at.sees("Not sent: there is no connection.")
    at.online()
    at.line.cut(Cut.BEFORE_THE_ANSWER)
    at.presses("Record that our account differs")
    at.sees("it is not known whether this was done")
    at.presses("Record that our account differs")
    at.sees("It was not done a second time")
    assert len(at.ask("SELECT 1 FROM ledger_entry WHERE said = 'account differs'")) == 1


@situation("the browser's page of errors")
def somebody_new_entered_offline(at: Desk) -> None:
    at.signs_in("sato")
    at.opens("people/")
    at.types("神田 光", "name")
    at.page.locator("#new-handle").fill("kanda")
    at.offline()
    at.presses("Add this person")
    at.sees("Not sent: there is no connection.")
    at.leaves()
    at.online()
    at.keeps("神田 光")
    at.opens("people/")
    at.presses("Restore it")
    assert at.box("name") == "神田 光"
    at.presses("Add this person")
    at.sees("神田 光 was added.")
    assert at.kept() == []


@situation("the browser's page of errors; the draft was begun once all the same")
def a_draft_begun_whose_answer_is_lost(at: Desk) -> None:
    at.opens("begin/")
    at.types("line-cut", "name")
    at.line.cut(Cut.BEFORE_THE_ANSWER)
    at.presses("Create the draft")
    at.sees("it is not known whether this was done")
    at.presses("Create the draft")
    at.page.wait_for_url("**/edit/")
    assert len(at.ask("SELECT 1 FROM consent_draft WHERE record LIKE '%line-cut'")) == 1


@situation("the browser's page of errors")
def searching_and_choosing_a_language_offline(at: Desk) -> None:
    at.opens("begin/")
    at.types("half-typed", "name")
    at.offline()
    at.presses("Search")
    at.sees("Not sent: there is no connection.")
    at.page.locator(".menu > summary").click()
    at.page.get_by_role("button", name="日本語").click()
    at.page.locator("header .state").wait_for()
    assert at.box("name") == "half-typed"


def visits(at: Desk) -> str:
    [(record,)] = at.ask("SELECT DISTINCT record FROM ledger_entry WHERE record LIKE ?", f"%/{VISITS}")
    return f"record/{quote(record)}/"


@pytest.fixture(scope="module")
def cut_line(desk: Site) -> Iterator[Line]:
    with line("127.0.0.1", desk.port) as there:
        yield there


@pytest.fixture(scope="module")
def ito(desk: Site, cut_line: Line, browser: Browser) -> Iterator[Desk]:
    """Ito has signed in, once for all situations, and begun a draft."""
    context = browser.new_context(locale="en-GB", viewport=WIDE)
    ito = Desk(desk, cut_line, context)
    ito.signs_in()
    page = ito.opens("begin/")
    page.get_by_label("Kind of record").select_option("exchange")
    ito.presses("Create the draft")
    page.wait_for_url("**/edit/")
    # It stays open, to look into what the browser keeps.
    page.goto(f"{ito.line.address}/static/koryu/mark.svg")
    ito.ask("CREATE TABLE kept_sessions AS SELECT * FROM django_session")
    yield ito
    context.close()


@pytest.fixture
def at(ito: Desk) -> Iterator[Desk]:
    """Ito before a draft of his own, in a browser that keeps nothing yet; he speaks with nobody else's words."""
    cookies = ito.context.cookies()
    ito.line.cut()
    ito.online()
    ito.ask("INSERT OR REPLACE INTO django_session SELECT * FROM kept_sessions")
    yield replace(ito, number=begun(ito), asked=[])
    for page in ito.context.pages[1:]:
        page.close()
    ito.context.clear_cookies()
    ito.context.add_cookies(cookies)  # type: ignore[arg-type]  # -- what it gave it takes
    ito.page.evaluate("localStorage.clear()")


def begun(at: Desk) -> int:
    """The number of another draft, made after the first."""
    columns = [name for _, name, *_ in at.ask("PRAGMA table_info(consent_draft)") if name != "id"]
    [first] = at.ask(f"SELECT {', '.join(columns)} FROM consent_draft ORDER BY id LIMIT 1")
    title = {"title": {"en": "Exchange"}}
    made = dict(zip(columns, first, strict=True))
    number = at.ask("SELECT max(id) + 1 FROM consent_draft")[0][0]
    made |= {"id": number, "record": f"{made['record']}-{number}", "edition": 1}
    made["content"] = json.dumps(json.loads(made["content"]) | title)
    marks = ", ".join("?" * len(made))
    at.ask(f"INSERT INTO consent_draft ({', '.join(made)}) VALUES ({marks})", *made.values())
    return int(number)


@pytest.mark.parametrize("name", SITUATIONS)
def test_nothing_typed_is_lost(at: Desk, name: str) -> None:
    _before, happens = SITUATIONS[name]
    happens(at)
