"""After a draft was saved: of which originals its translations were made is kept, wherever they were typed."""

from collections.abc import Mapping
from typing import Any

from koryu.consent.queries import Drafted
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.planning import actions as planning
from koryu.sheets.translated_texts import touched_translations


def note_touched(me: CurrentUser, draft: Drafted, content: Mapping[str, Any]) -> None:
    """Keep what a saved content changed in the translations of a draft, as it was before; only of what belongs to an
    exchange."""
    touched = tuple(touched_translations(draft.content, content)) if draft.exchange else ()
    if touched:
        planning.note_translations(
            institution=draft.institution,
            exchange=draft.exchange,
            record=draft.record,
            touched=touched,
            today=clock.today(),
            by=me.username,
            at=clock.now(),
        )
