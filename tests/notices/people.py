"""People of two libraries with addresses and languages of their own, and what waits for them."""

from typing import Any

from koryu.institutions import actions as people
from koryu.institutions.models import Account
from koryu.notices import models
from tests.world import COMPILER, NAL, NDL, NLC, give_voice, put_on_record

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
    for username, institution, role, language in PEOPLE:
        people.enter(username=username, name=username.title(), email=f"{username}@example.org", language=language)
        people.appoint(username=username, name=username.title(), institution=institution, role=role)
    for institution in (NDL, NLC):
        people.dismiss(username="head", institution=institution)


def told() -> list[tuple[str, str]]:
    """(username, what it is about) of every notice that was written, in that order."""
    return sorted(models.NoticeRow.objects.values_list("person__username", "about"))


def a_notice(username: str = "sato", institution: str = NDL, **more: Any) -> int:
    """A notice that waits."""
    count = models.NoticeRow.objects.count()
    row = {"subject": "Subject", "text": "Text\n", "about": "agreed", "language": "en"}
    person = Account.objects.get(username=username)
    return models.NoticeRow.objects.create(
        key=f"sha256:{count}", person=person, institution=institution, **{"made_at": MADE_AT, **row, **more}
    ).pk
