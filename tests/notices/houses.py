"""People of two libraries with addresses and languages of their own, and what waits for them."""

from typing import Any

from koryu.institutions import actions as people
from koryu.institutions.models import Person
from koryu.notices import models
from tests.consent.houses import COMPILER, NAL, NDL, NLC, give_voice, put_on_record

PEOPLE = (
    ("sato", NDL, "head", "ja"),
    ("mori", NDL, "officer", "ja"),
    ("yomu", NDL, "reader", "en"),
    ("shen", NLC, "head", "zh-hans"),
    ("he", NLC, "officer", "ko"),
)


MADE_AT = "2026-11-20T09:00:00Z"


def settle_in() -> None:
    """Two libraries with a key, and people there."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)
    for handle, institution, role, language in PEOPLE:
        people.enter(handle=handle, name=handle.title(), email=f"{handle}@example.org", language=language)
        people.appoint(handle=handle, name=handle.title(), institution=institution, role=role)
    for institution in (NDL, NLC):
        people.dismiss(handle="head", institution=institution)


def told() -> list[tuple[str, str]]:
    """(handle, what it is about) of every notice that was written, in that order."""
    return sorted(models.Notice.objects.values_list("person__handle", "about"))


def a_notice(handle: str = "sato", institution: str = NDL, **more: Any) -> int:
    """A notice that waits."""
    count = models.Notice.objects.count()
    row = {"subject": "Subject", "text": "Text\n", "about": "agreed", "language": "en"}
    person = Person.objects.get(handle=handle)
    return models.Notice.objects.create(
        key=f"sha256:{count}", person=person, institution=institution, **{"made_at": MADE_AT, **row, **more}
    ).pk
