"""Keeping who is asked for a translation by when, and of which original one was made."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning.models import TranslationRow
from koryu.planning.rules.translations import TranslationPlace, asking_fails, delete_on
from koryu.sheets.translated_texts import TouchedTranslation
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

# More texts than an exchange has.
_MOST: int = 2000


def ask_translations(
    *,
    institution: str,
    exchange: str,
    places: Iterable[TranslationPlace],
    person: str = "",
    who: str = "",
    due: str = "",
    needed: bool = True,
    today: date,
    by: str,
    at: str,
) -> int:
    """Say who is to translate these texts by when, or that nobody has to; said again, it is changed.

    Returns how many texts it was. Of what was typed already nothing changes.
    """
    or_refuse(roles.may_plan(role=institutions.role_of(person=by, institution=institution)))
    wanted = list(dict.fromkeys(places))
    if not wanted:
        raise Refused(Reason("Choose at least one text."))
    if len(wanted) > _MOST:
        raise Refused(Reason("This is %(count)s rows; a sheet takes %(most)s.", count=len(wanted), most=_MOST))
    staff = {each.username for each in institutions.memberships_at(institution)} if person else set()
    or_refuse(asking_fails(person=person, who=who, due=due, staff=staff))
    if who:
        check_characters(who)
    said = {"person": person, "who": who, "due": due, "needed": needed, "asked_by": by, "asked_at": at}
    with transaction.atomic():
        for place in wanted:
            TranslationRow.objects.update_or_create(
                institution=institution,
                record=place.record,
                path=place.path,
                language=place.language,
                defaults={"exchange": exchange, **said, "delete_on": delete_on(today)},
            )
    return len(wanted)


def note_translations(
    *,
    institution: str,
    exchange: str,
    record: str,
    touched: Iterable[TouchedTranslation],
    today: date,
    by: str,
    at: str,
) -> None:
    """Keep of which original each of these translations was made.

    Where the original was changed and the translation was not, what is known of it already stays. Who may put words
    into the draft was asked where it was saved.
    """
    role = institutions.role_of(person=by, institution=institution)
    or_refuse(roles.may_translate(role=role) and roles.may_draft(role=role, kind="paper"))
    for each in touched:
        made = {"made_of": each.made_of, "made_by": by if each.typed else "", "made_at": at if each.typed else None}
        place = {"institution": institution, "record": record, "path": each.path, "language": each.language}
        row, is_new = TranslationRow.objects.get_or_create(
            **place, defaults={**made, "exchange": exchange, "delete_on": delete_on(today)}
        )
        if not is_new and (each.typed or not row.made_of):
            TranslationRow.objects.filter(pk=row.pk).update(**made, exchange=exchange, delete_on=delete_on(today))


def still_right(
    *, institution: str, exchange: str, place: TranslationPlace, made_of: str, today: date, by: str, at: str
) -> None:
    """Say that a translation is right for the original as it is now, though nothing was typed."""
    or_refuse(roles.may_translate(role=institutions.role_of(person=by, institution=institution)))
    TranslationRow.objects.update_or_create(
        institution=institution,
        record=place.record,
        path=place.path,
        language=place.language,
        defaults={
            "exchange": exchange,
            "made_of": made_of,
            "made_by": by,
            "made_at": at,
            "delete_on": delete_on(today),
        },
    )
