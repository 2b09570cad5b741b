"""A library's head changes."""

import base64
import hmac
import re
import struct
import time

from tests.journeys.conftest import SitsDown

EARLIER, LATER = "Letter of Intent on exhibitions", "Letter of Intent on maps"
OF_HER_OWN = "the room above the lake"


def code_for(key: str, at: float) -> str:
    """What an application for one-time codes shows at a moment (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(key), struct.pack(">Q", int(at) // 30), "sha1")
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def test_a_new_head_takes_over(sits_down: SitsDown) -> None:
    """Sato retires. She has approved one letter of intent and leaves another, laid before her, to Ogawa.

    She enters Ogawa as head and hands her the password for the first time. Ogawa chooses her own, uses a second factor
    from now on, takes Sato's role away and approves what lies there. What Sato approved stays as it was, in her name;
    Sato still signs in, and finds that she has no role any more.
    """
    ito = sits_down("ito", second="ja")
    ito.drafts_agreement("exhibitions", title=EARLIER, kind="Letter of Intent", with_whom="National Library of Korea")
    ito.presses("Submit for approval")
    sato = sits_down("sato", second="ja")
    sato.takes_up(EARLIER)
    sato.presses("Approve and send this text")
    ito.drafts_agreement("maps", title=LATER, kind="Letter of Intent", with_whom="National Library of Korea")
    ito.presses("Submit for approval")

    sato.follows("People and roles")
    sato.fills("Name, as it is written", "小川 恵")
    sato.fills("User name: small letters, digits, dots and hyphens", "ogawa")
    new = sato.main().get_by_role("region", name="New person")
    new.get_by_label("Role", exact=True).select_option(label="head")
    sato.presses("Add this person")
    first = sato.page.get_by_role("status").locator("code").last.inner_text()

    ogawa = sits_down(second="ja")
    ogawa.signs_in("ogawa", first)
    ogawa.fills("Current password", first)
    ogawa.fills("New password, at least 12 characters", OF_HER_OWN)
    ogawa.fills("Repeat the new password", OF_HER_OWN)
    ogawa.presses("Change the password")
    assert LATER in ogawa.reads()
    ogawa.follows("My account")
    ogawa.follows("Turn on two-step verification")
    if ogawa.page.get_by_label("Password", exact=True).count():
        ogawa.fills("Password", OF_HER_OWN)
        with ogawa.page.expect_navigation():
            ogawa.page.locator("main button.commits").click()
    key = ogawa.page.get_by_label("The key in letters").input_value()
    ogawa.fills("Code", code_for(key, time.time()))
    ogawa.presses("Turn on two-step verification")

    ogawa.goes("people/")
    row = ogawa.page.get_by_role("row", name=re.compile("佐藤"))
    with ogawa.page.expect_navigation():
        row.get_by_role("button", name="Remove this role").click()
    assert ogawa.told() == "佐藤 由美 has no role at your institution any more. What they recorded is kept."
    ogawa.takes_up(LATER)
    ogawa.presses("Approve and send this text")
    ogawa.follows("Open the record")
    ogawa.follows("History")
    assert "through 小川 恵" in ogawa.reads()
    ogawa.takes_up(EARLIER)
    ogawa.follows("History")
    assert "through 佐藤 由美" in ogawa.reads()
    sato.goes("")
    assert "You have no role at an institution." in sato.reads()
