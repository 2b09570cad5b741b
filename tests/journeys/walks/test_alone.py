"""An officer alone, with a partner who never signs in."""

import re

from playwright.sync_api import FilePayload

from tests.journeys.conftest import SitsDown
from tests.site import Site

LETTER = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
BY_LETTER = {
    "en": "Agreed by letter, recorded by National Diet Library.",
    "ja": "書面により合意（記録：国立国会図書館）。",
    "zh-hans": "已商定（对方以函件确认，日本国立国会图书馆录入）。",
    "ko": "서면 합의(일본국립국회도서관 기록).",
}


def test_an_officer_alone_brings_an_agreement_to_standing_by_letter(desk: Site, sits_down: SitsDown) -> None:
    """Ito of the NDL drafts a letter of intent with a library that has no sign-in here, and lays it before his head.

    Sato reads it and approves exactly what she was shown. The partner's answer will come on paper, and she lets her
    officers deal with agreements. When the letter lies on Ito's desk, he records it with a scan. The agreement stands,
    and everybody can read that it was agreed by letter, and who recorded that.
    """
    ito = sits_down("ito")
    ito.follows("Drafts")
    ito.follows("New draft")
    ito.drafts_agreement(
        "ndl-nal-2026",
        title="Letter of Intent on visits to Seoul",
        kind="Letter of Intent",
        with_whom="National Assembly Library",
    )
    ito.presses("Submit for approval")
    assert ito.told() == "The draft was submitted for approval."
    assert "The head decides next." in ito.reads()

    sato = sits_down("sato")
    sato.takes_up("Letter of Intent on visits to Seoul")
    sato.presses("Approve and send this text")
    assert sato.told() == "The draft was approved and sent."
    sato.follows("Open the record")
    assert "National Assembly Library is to reply." in sato.reads()
    sato.follows("People and roles")
    sato.page.get_by_label("Agreements", exact=True).check()
    sato.presses("Allow officers to send these")

    ito.goes("")
    assert "Reply of National Assembly Library" in ito.reads()
    ito.takes_up("Letter of Intent on visits to Seoul")
    ito.presses(re.compile("^Record an acceptance by letter"))
    letter = FilePayload(name="letter.pdf", mimeType="application/pdf", buffer=LETTER)
    ito.page.get_by_label("The letter or mail").set_input_files(letter)
    ito.presses("Record an acceptance by letter")
    assert ito.told() == "The acceptance by letter was recorded, with the letter."
    assert BY_LETTER["en"] in ito.reads()
    for language, sentence in BY_LETTER.items():
        assert sentence in re.sub(r"<[^>]+>", "", desk.get(f"/{language}/agreement/ndl-nal-2026/").body)
    ito.follows("Certificate to print")
    assert "National Assembly Library by letter, recorded by National Diet Library" in ito.reads()
