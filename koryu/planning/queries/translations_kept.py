"""Reading what an institution keeps of translations: asked of whom by when, and of which original one was made."""

from collections.abc import Mapping, Sequence
from typing import Final

from koryu.planning.queries.planned_rows import selected
from koryu.planning.rules.translations import KeptTranslation, TranslationPlace
from koryu.values.moments import written

_KEPT: Final = (
    "SELECT exchange, record, path, language, made_of, made_by, made_at, person, who, due, needed, asked_at "
    "FROM planning_translation WHERE institution = %s"
)
Kept = Mapping[TranslationPlace, KeptTranslation]


def translations_at(exchange: str, *, institution: str) -> dict[TranslationPlace, KeptTranslation]:
    """What an institution keeps of the translations at one exchange, in one statement."""
    return _kept(f"{_KEPT} AND exchange = %s ORDER BY id", (institution, exchange))


def translations_of(institution: str) -> dict[TranslationPlace, KeptTranslation]:
    """The same of all its exchanges."""
    return _kept(f"{_KEPT} ORDER BY id", (institution,))


def _kept(statement: str, values: Sequence[str]) -> dict[TranslationPlace, KeptTranslation]:
    rows = selected(statement, values)
    kept = {}
    for exchange, record, path, language, made_of, made_by, made_at, person, who, due, needed, asked_at in rows:
        at = TranslationPlace(record=record, path=path, language=language)
        kept[at] = KeptTranslation(
            exchange=exchange,
            at=at,
            made_of=made_of,
            made_by=made_by,
            made_at=written(made_at),
            person=person,
            who=who,
            due=due,
            needed=bool(needed),
            asked=asked_at is not None,
        )
    return kept
