"""Translations, closing and handover with 1,000 exchanges on record, at one with forty papers, twelve sessions and ten
people in three languages."""

from datetime import date
from typing import Any

from koryu.consent import actions
from koryu.correspondence import actions as correspondence
from koryu.correspondence.rules.contacts_typed import TypedContact
from koryu.ingest.actions import load
from koryu.institutions import actions as people
from koryu.planning import actions as planning
from koryu.planning.rules.translations import TranslationPlace
from koryu.values.text import Text
from tests.bench.bench_desk import AT, OURS, THEIRS, _goings_on, _measured, _papers, _signed_in
from tests.made_up import BASE, data_set

EXCHANGE = f"{BASE}exchange/0-20"
PAGES = {
    "forty papers, twelve sessions in three languages, every text": "/desk/exchange/0-20/translations/"
    "?lang=en&lang=ja&lang=zh-Hans",
    "of these what is missing": "/desk/exchange/0-20/translations/?for=owed&lang=en&lang=ja&lang=zh-Hans&lang=ko",
    "closing it": "/desk/exchange/0-20/closing/",
    "a programme handed on": "/desk/programme/0/handover/",
    "a partner handed on": "/desk/partner/xyz/handover/",
}


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised) for each page; makes its records in the database that is set up."""
    load([data_set(programmes=10, exchanges=100, institutions=20)], at=AT)
    _goings_on()
    people.appoint(username="translator", name="Translator", institution=OURS, role="translator")
    _papers(EXCHANGE)
    _sessions()
    _asked()
    for number in range(12):
        _contact(number)
        planning.add_custom(
            institution=OURS, relation=f"{BASE}programme/0", text=f"Custom {number}", by="officer", at=AT
        )
    rows = [_measured(name, path, _signed_in("officer")) for name, path in PAGES.items()]
    return [*rows, _measured("a translator's day", "/desk/translations/", _signed_in("translator"))]


def _sessions() -> None:
    sessions = [
        {
            "id": f"s{number}",
            "type": "working session",
            "date": f"2027-11-{number + 1:02}",
            "start": "10:00",
            "title": {"ja": f"第{number}部会", "en": f"Session {number}", "source": "ja"},
            "venue": {"ja": "本館六階"},
        }
        for number in range(12)
    ]
    members = [
        {
            "id": f"m{number}",
            "printed": {"ja": f"森健{number}"},
            "posts": [{"id": "post", "post": {"ja": "課長"}, "unit": {"ja": "企画課"}}],
        }
        for number in range(10)
    ]
    common = {"exchange": EXCHANGE, "title": {"en": "Title", "ja": "題", "source": "ja"}, "shown_to": "institutions"}
    contents: list[dict[str, Any]] = [
        {"kind": "timetable", "arranged_by": OURS, "sessions": sessions, **common},
        {"kind": "participation", "institution": OURS, "side": "hosting", "members": members, **common},
    ]
    for content in contents:
        record = f"{OURS}/{content['kind']}/0-20-x"
        actions.draft(institution=OURS, record=record, content=content, replaces=None, by="officer", at=AT)


def _asked() -> None:
    """Chinese and Korean of every paper, asked of the translator by a day."""
    places = [
        TranslationPlace(record=f"{OURS}/paper/0-20-{OURS.rpartition('/')[2]}-{number:04x}", path="title", language=tag)
        for number in range(40)
        for tag in ("zh-Hans", "ko")
    ]
    planning.ask_translations(
        institution=OURS,
        exchange=EXCHANGE,
        places=places,
        person="translator",
        due="2027-10-10",
        today=date(2026, 11, 22),
        by="officer",
        at=AT,
    )


def _contact(number: int) -> None:
    contact = TypedContact(
        of=THEIRS,
        unit=Text.of(en=f"Unit {number}"),
        post=Text.of(en="Officer"),
        email=f"n{number}@example.org",
        languages=("en",),
    )
    correspondence.keep_contact(institution=OURS, contact=contact, by="officer", at=AT)
