"""What a letter should not leave without, and what is printed in another language than its own."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from koryu.publishing.letters.blocks import LetterPages, runs_of
from koryu.publishing.letters.letter_runs import RunMaker, groups
from koryu.publishing.letters.letter_source import LetterSource
from koryu.publishing.letters.letter_texts import invited_persons
from koryu.values.reason import N_, Reason
from koryu.wording.letters.letter_dates import days_of
from koryu.wording.letters.letter_kinds import LETTER_KINDS

# What is counted as not being in the letter's language.
_NOT_IN: Final[Mapping[str, str]] = {
    "title": N_("Titles that are not in %(language)s: %(n)s."),
    "name": N_("Names that are not in %(language)s: %(n)s."),
    "post": N_("Posts and units that are not in %(language)s: %(n)s."),
    "institution": N_("Institutions without a name in %(language)s: %(n)s."),
    "theme": N_("Themes that are not in %(language)s: %(n)s."),
    "place": N_("Places that are not in %(language)s: %(n)s."),
    "note": N_("Notes that are not in %(language)s: %(n)s."),
}
_LANGUAGE_NAMES: Final = {"ja": N_("Japanese"), "zh-Hans": N_("Chinese"), "ko": N_("Korean"), "en": N_("English")}
# What a letter of invitation is refused for, where it does not say it.
_WANTED: Final[Mapping[str, str]] = {
    "to": N_("It does not say to whom it is addressed."),
    "sender": N_("It does not say who sends it."),
    "sender_post": N_(
        "It does not say which post the sender holds; it should be equal in rank to the head of the delegation."
    ),
    "sender_address": N_("It has no postal address."),
    "sender_telephone": N_("It has no telephone number."),
    "costs": N_("It does not say who bears which costs."),
    "text": N_("The text is empty."),
    "reasons": N_("It gives no reasons."),
}


def wanting(kind: str, source: LetterSource) -> Iterable[Reason]:
    """What a letter of this kind should not leave without."""
    if not LETTER_KINDS[kind].is_list:
        yield from _boxes_wanted(kind, source)
    if kind == "invitation":
        yield from _invitation_wants(source)
    elif kind in _NOTHING_OF and not _NOTHING_OF[kind](source):
        yield _NOTHING_YET[kind]


def _boxes_wanted(kind: str, source: LetterSource) -> Iterable[Reason]:
    if kind != "approval" and not (source.box("to_institution") or source.box("to_name")):
        yield _wanted("to")
    if not (source.box("sender_institution") or source.box("sender_name")):
        yield _wanted("sender")
    has_points = kind == "enquiry" and source.exchange and source.exchange.content.get("open")
    for box in LETTER_KINDS[kind].needs:
        if not source.box(box) and not (box == "text" and has_points):
            yield _wanted(box)


def _wanted(box: str) -> Reason:
    return Reason(_WANTED[box])


def _invitation_wants(source: LetterSource) -> Iterable[Reason]:
    if not any(True for _runs in invited_persons(source, RunMaker("en", source.lines))):
        yield Reason("Nobody is named as invited: the list of the partner’s participants is empty or not known.")
    dates = list(groups(source.exchange.content.get("dates"))) if source.exchange else []
    if not any(days_of(str(each.get("date") or "")) for each in dates):
        yield Reason("The days of the stay are not known exactly.")


# What each kind prints, and what is said where there is none of it.
_NOTHING_OF: Final[Mapping[str, Callable[[LetterSource], object]]] = {
    "plan": lambda source: source.exchange,
    "approval": lambda source: source.exchange,
    "programme": lambda source: source.timetable and source.timetable.content.get("sessions"),
    "participants": lambda source: source.participations,
    "papers": lambda source: source.papers,
}
_NOTHING_YET: Final[Mapping[str, Reason]] = {
    "plan": Reason("There is no plan yet."),
    "approval": Reason("There is no plan yet."),
    "programme": Reason("There is no timetable yet."),
    "participants": Reason("There is no list of participants yet."),
    "papers": Reason("There are no papers yet."),
}


def not_in_language(makers: Iterable[RunMaker], pages: LetterPages) -> Iterable[Reason]:
    """What is printed in another language than the letter's, counted by what it is."""
    printed = {run.path for block in pages.blocks for run in runs_of(block) if run.path}
    for maker in makers:
        counts = Counter(sort for path, sort in maker.missing.items() if path in printed)
        for sort, message in _NOT_IN.items():
            if counts[sort]:
                yield Reason(message, language=Reason(_LANGUAGE_NAMES[maker.tag]), n=counts[sort])
