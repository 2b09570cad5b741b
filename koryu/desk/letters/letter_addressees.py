"""To whom a letter goes, in which language, and from whom: the partner, and there one of our contacts."""

from collections.abc import Mapping

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import Contact, OwnLetter
from koryu.correspondence.rules.contacts_typed import GONE
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.letters.letter_boxes import GOES_ON
from koryu.desk.text_input import number_typed
from koryu.values.reason import Refused
from koryu.wording.letters.letter_kinds import LANGS, LETTER_KINDS


def partners_of(work: ExchangeWork) -> tuple[str, ...]:
    """The other institutions of an exchange, in its order."""
    return tuple(uri for uri in work.institutions if uri != work.institution)


def language_of(work: ExchangeWork, institution: str) -> str:
    """The language of an institution, as its own name is written; '' where none is known."""
    line = work.named.get(institution)
    source = str(line.title.source).partition("-")[0] if line else ""
    return next((tag for tag in LANGS if source and tag.partition("-")[0] == source), "")


def begun_with(me: CurrentUser, work: ExchangeWork, kind: str, lang: str, *, partner: str) -> dict[str, str]:
    """What a letter to a partner has in its boxes when it is begun: to it, and to whoever is named for the kind
    there; from our institution, and what the last letter in the language says of who sends it."""
    ours, before = work.named.get(work.institution), correspondence.boxes_before(me.institution, lang=lang)
    named = None
    if partner and not LETTER_KINDS[kind].stays:
        named = correspondence.addressee(me.institution, partner, kind, on=clock.today())
    return {
        **({"sender_institution": ours.title.shown(lang).text} if ours else {}),
        **_institution(work, partner, lang),
        **(_filled(named, lang) if named else {}),
        **{box: text for box, text in before.items() if box in GOES_ON},
    }


def addressees_offered(me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> list[tuple[str, list[tuple[int, str]]]]:
    """The contacts to whom a letter may be addressed, by partner: their numbers, and what the letter would call them.

    First whoever is named for the kind. In one statement; in none for a list, or a note for the house.
    """
    spec, lang = LETTER_KINDS[kept.kind], kept.langs[0]
    if spec.is_list or spec.stays:
        return []
    there = correspondence.addressees_at(me.institution, partners_of(work), kept.kind, on=clock.today())
    return [
        (partner, [(each.id, _called(each, lang)) for each in listed]) for partner, listed in there.items() if listed
    ]


def addressed_to(
    me: CurrentUser, work: ExchangeWork, typed: Mapping[str, str], number: str, lang: str
) -> dict[str, str]:
    """What is typed for a letter, with the boxes for the addressee filled in for a contact; what it leaves empty is.

    The same where none is chosen. Raises Refused for a contact that is not ours, or of nobody who takes part.
    """
    if not number:
        return dict(typed)
    contact = correspondence.contact(me.institution, number_typed(number))
    if contact is None or contact.of not in partners_of(work):
        raise Refused(GONE)
    without = {box: text for box, text in typed.items() if box not in contact.boxes_in(lang)}
    return {**without, **_institution(work, contact.of, lang), **_filled(contact, lang)}


def _institution(work: ExchangeWork, partner: str, lang: str) -> dict[str, str]:
    line = work.named.get(partner)
    return {"to_institution": line.title.shown(lang).text} if line else {}


def _filled(contact: Contact, lang: str) -> dict[str, str]:
    return {box: text for box, text in contact.boxes_in(lang).items() if text}


def _called(contact: Contact, lang: str) -> str:
    """What a letter calls them; with the post, where that is not all it says."""
    boxes = contact.boxes_in(lang)
    where = " ".join(filter(None, (boxes["to_unit"], boxes["to_post"]))) if boxes["to_name"] else ""
    return " – ".join(filter(None, (contact.called_in(lang), where)))
