"""Filing what came back under the letter that it answers."""

from django.db import transaction

from koryu.correspondence import models
from koryu.correspondence.queries.answers_kept import answers_of, place_of_answers
from koryu.correspondence.rules.letter_life import GONE
from koryu.files import actions as files
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.values.reason import Refused, or_refuse


def file_answer(
    *, institution: str, number: str, name: str, body: bytes, most: int, known_by: str, by: str, at: str
) -> str:
    """Keep a mail or a file with the letter that it answers, and return the digest of its bytes.

    `known_by` names it (a mail by its own name), so that the same one is filed once. Raises Refused for a letter that
    the institution has not, and for what is not kept.
    """
    or_refuse(roles.may_draft(role=institutions.role_of(person=by, institution=institution)))
    with transaction.atomic():
        if not models.LetterRow.objects.filter(number=number, institution=institution).exists():
            raise Refused(GONE)
        kept = files.bring_upload(
            name=name, body=body, most=most, institution=institution, record=answers_of(number), by=by, at=at
        )
        place = place_of_answers(number)
        noted = files.put_down(
            name=name, body=b"", known_by=known_by, institution=institution, place=place, by=by, at=at
        )
        files.note_taken(noted, rows=0, at=at)
    return kept.digest
