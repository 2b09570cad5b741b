"""An officer alone, with a partner who never signs in."""

import re

from tests.journeys.conftest import SitsDown
from tests.site import LANGUAGES, Site

LETTER = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def test_an_officer_alone_brings_an_agreement_to_standing_by_letter(desk: Site, sits_down: SitsDown) -> None:
    """Ito of the NDL drafts a letter of intent with a library that has no sign-in here, and lays it before his head.

    Sato reads it and approves exactly what she was shown. The partner's answer will come on paper, and she lets her
    officers deal with agreements. Weeks later the letter lies on Ito's desk: he records it with a scan. The agreement
    stands, and everybody can read that it was agreed by letter, and who recorded that.
    """
    ito = sits_down("ito")
    ito.follows("Drafts")
    ito.follows("Begin a draft")
    ito.chooses("Kind of record", "agreement")
    ito.fills("Short name, for its address", "ndl-nal-2026")
    ito.presses("Begin the draft")
    title = ito.page.get_by_role("group", name=re.compile("^Title"))
    title.get_by_label("English", exact=True).fill("Letter of Intent on mutual visits")
    title.get_by_label("Japanese", exact=True).fill("相互訪問に関する意向書")
    ito.page.get_by_label(re.compile("^Kind of agreement|^Type")).select_option(label="Letter of Intent")
    ito.page.get_by_label(re.compile("Participating institution.* 2")).fill("국회도서관")
    ito.presses("Save", within="main .saving")
    ito.page.get_by_role("radio", name=re.compile("국회도서관|National Assembly Library")).check()
    ito.presses("Save and read the draft")
    print(ito.reads())
    ito.presses("Lay it before the head")
    assert "The head acts next." in ito.reads()

    sato = sits_down("sato")
    print(sato.reads())
    sato.follows("Letter of Intent on mutual visits")
    sato.presses("Approve and send this text")
    print(sato.reads())
    sato.follows("People")
    sato.page.get_by_label("Agreements", exact=True).check()
    sato.presses("Let officers send these")

    ito.goes("")
    print(ito.reads())
    ito.follows("Letter of Intent on mutual visits")
    print(ito.reads())
    ito.presses(re.compile("^Record an acceptance by letter"))
    ito.page.get_by_label("The letter or mail").set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": LETTER}
    )
    ito.presses("Record an acceptance by letter")
    print(ito.reads())
    for language in LANGUAGES:
        said = desk.get(f"/{language}/agreement/ndl-nal-2026/")
        assert said.status == 200
        print(re.sub(r"<[^>]+>|\s+", " ", said.body)[:1500])
    ito.follows("Certificate to print")
    print(ito.reads())
