"""What changes while somebody looks at it: nothing is approved or accepted that was not shown."""

from tests.journeys.conftest import SitsDown

FIRST, SECOND = "Letter of Intent on training", "Letter of Intent on training of conservators"
THIRD = "Letter of Intent on training at both libraries"


def test_an_officer_changes_a_draft_the_head_has_already_seen(sits_down: SitsDown) -> None:
    """Sato has a draft open that Ito laid before her. Meanwhile Ito changes its title: what she presses sends nothing.

    He lays it before her and she opens it; he changes it once more and lays it before her anew. Now her button shows
    her the text as it is, and says that nothing was sent. She approves that one, and it is what is sent.
    """
    ito = sits_down("ito", second="ko")
    ito.drafts_agreement("training", title=FIRST, kind="Letter of Intent", with_whom="National Library of Korea")
    ito.presses("Submit for approval")
    sato = sits_down("sato", second="ko")
    sato.takes_up(FIRST)
    ito.follows("Change the draft")
    ito.says_title(SECOND)
    ito.presses("Save and read the draft")
    sato.presses("Approve and send this text")
    assert "This draft is no longer waiting for approval: it was changed or returned. Submit it again." in sato.reads()

    ito.presses("Submit for approval")
    sato.takes_up(SECOND, "Submitted for approval by 伊藤 健")
    ito.follows("Change the draft")
    ito.says_title(THIRD)
    ito.presses("Save and read the draft")
    ito.presses("Submit for approval")
    sato.presses("Approve and send this text")
    assert "Read it as it is now; nothing was sent." in sato.reads()
    assert sato.main().get_by_role("heading", level=1).inner_text() == THIRD
    sato.presses("Approve and send this text")
    assert sato.told() == "The draft was approved and sent."
    sato.follows("Open the record")
    assert sato.main().get_by_role("heading", level=1).inner_text() == THIRD


def test_a_stale_tab_accepts_nothing(sits_down: SitsDown) -> None:
    """Han has a proposed text open, ready to accept it, when Sato withdraws it. His button accepts nothing and says so.

    Sato sends it anew, and again Han has it open when she takes it back and sends it with another title. This time his
    button shows him what is there now, beside what he was shown; nothing was said for his library.
    """
    sato = sits_down("sato", second="ko")
    sato.drafts_agreement("papers", title=FIRST, kind="Letter of Intent", with_whom="National Library of Korea")
    sato.presses("Send this text")
    sato.follows("Open the record")
    han = sits_down("han", second="ko")
    han.takes_up(FIRST)
    han.presses("Accept this text")
    sato.presses("Withdraw this text")
    sato.presses("Withdraw this text")
    han.presses("Accept this text")
    assert "Nothing was sent." in han.reads()

    sato.presses("Start a new draft from this text")
    sato.says_title(SECOND)
    sato.presses("Save and read the draft")
    sato.presses("Send this text")
    han.follows("Cancel and return to the record")
    assert han.main().get_by_role("heading", level=1).inner_text() == SECOND
    han.presses("Accept this text")
    sato.follows("Open the record")
    sato.presses("Withdraw this text")
    sato.presses("Withdraw this text")
    sato.presses("Start a new draft from this text")
    sato.says_title(THIRD)
    sato.presses("Save and read the draft")
    sato.presses("Send this text")
    han.presses("Accept this text")
    beside = han.main().get_by_role("region", name="The current text, beside what you were shown")
    assert THIRD in beside.inner_text()
    assert "Nothing was sent." in han.reads()
    han.follows("Cancel and return to the record")
    assert "Your institution needs to reply." in han.reads()
