"""What was submitted, returned or sent in one act, told as one to each of those who are told."""

from collections.abc import Iterable
from dataclasses import replace

from koryu.archive import queries as archive
from koryu.notices import rules
from koryu.notices.actions.compose import Matter
from koryu.notices.rules import NoticeKind
from koryu.values.text import Text


def told_as_one(matters: Iterable[Matter]) -> list[Matter]:
    """The same, with what was submitted, or sent, in one act told as one to each of those who are told."""
    groups: dict[tuple[str, str, tuple[str, str]], list[Matter]] = {}
    alone: list[Matter] = []
    for matter in matters:
        if matter.together and matter.about in rules.TOGETHER:
            groups.setdefault((matter.together, matter.about, matter.receiver), []).append(matter)
        else:
            alone.append(matter)
    return [*alone, *(_as_one(group) if len(group) > 1 else group[0] for group in groups.values())]


def _as_one(group: list[Matter]) -> Matter:
    first = group[0]
    exchange = next((matter.exchange for matter in group if matter.exchange), "") or first.record
    return replace(
        first,
        about=rules.TOGETHER[first.about],
        record=exchange,
        title=_title_of_exchange(exchange, group),
        key=key_together(first),
        draft=0,
        n=len(group),
    )


def _title_of_exchange(exchange: str, group: list[Matter]) -> Text | None:
    """What the exchange is called of which several texts are told: as one of these says, else as what stands of it.

    As far as whoever is told may read it; else by the first of the texts.
    """
    plan = next((matter.title for matter in group if matter.record == exchange and matter.title), None)
    if plan:
        return plan
    line = archive.lines_named([exchange], asking=group[0].membership.institution).get(exchange)
    return line.title if line else group[0].title


def key_together(matter: Matter) -> tuple[str | int, ...]:
    """What names that which is told as one: it stays the same while fewer of its texts wait."""
    return ("together", matter.together, matter.about)


def without_conclusions(matters: Iterable[Matter]) -> list[Matter]:
    """Without telling that what was approved with others was agreed in that moment, by nobody but ourselves."""
    listed = list(matters)
    approved = {
        (matter.record, matter.receiver, matter.when)
        for matter in listed
        if matter.about is NoticeKind.APPROVED and matter.together
    }
    return [
        matter
        for matter in listed
        if matter.about is not NoticeKind.AGREED or (matter.record, matter.receiver, matter.when) not in approved
    ]
