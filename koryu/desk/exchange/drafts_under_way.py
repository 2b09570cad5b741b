"""The drafts of the next exchange of a programme that are there already. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from koryu.consent.queries import Drafted
from koryu.planning.rules.counting import UnderWay


def drafts_under_way(drafts: Iterable[Drafted], programme: str) -> list[UnderWay]:
    """Of our unsent drafts those of exchanges under a programme of which nothing stands yet."""
    begun = (draft for draft in drafts if draft.kind == "exchange" and not draft.replaces)
    under = ((draft, _number_under(draft.content, programme)) for draft in begun)
    return [
        UnderWay(uri=draft.record, number=number, since=date.fromisoformat(draft.begun_at[:10]))
        for draft, number in under
        if number is not None
    ]


def _number_under(content: Mapping[str, Any], programme: str) -> str | None:
    """The number a draft bears under a programme, '' where none; None for one that is not held under it."""
    held = content.get("programmes")
    for under in held if isinstance(held, list) else ():
        if isinstance(under, Mapping) and under.get("programme") == programme:
            return str(under.get("number", ""))
    return None
