"""What came back to letters: the mails and files that are filed under them."""

from collections.abc import Iterable

from koryu.correspondence import models
from koryu.files import queries as files
from koryu.files.queries import NamedFile
from koryu.files.rules import Brought, Naming

# Where that a mail was filed stays known.
_PLACE = "letter "


def answers_of(number: str) -> str:
    """For what the answers to a letter are brought: no record of the ledger is called so."""
    return f"letter:{number}/answers"


def place_of_answers(number: str) -> str:
    """Where what was filed under a letter is known by its name."""
    return f"{_PLACE}{number}"


def answers_to(number: str, *, institution: str) -> tuple[Brought, ...]:
    """What is filed under a letter of this institution, the first that came first."""
    return tuple(each for each in files.brought_for(answers_of(number)) if each.institution == institution)


def answer_file(digest: str, *, number: str, institution: str) -> NamedFile | None:
    """A file that is filed under a letter of this institution; None for any other."""
    naming = Naming(digest=digest, institution=institution, record=answers_of(number))
    return files.file_for(digest, institution=institution, readable=(naming,))


def filed_as(known_by: Iterable[str], *, institution: str) -> dict[str, str]:
    """Under which letter mails are filed already, by what each is known by."""
    places = files.places_taken(known_by, institution=institution)
    return {
        known: place.removeprefix(_PLACE)
        for known, listed in places.items()
        for place in listed
        if place.startswith(_PLACE)
    }


def exchanges_of(numbers: Iterable[str], *, institution: str) -> dict[str, str]:
    """The exchanges of those of these letters that the institution has, by their numbers."""
    rows = models.LetterRow.objects.filter(institution=institution, number__in=list(numbers))
    return dict(rows.values_list("number", "exchange"))
