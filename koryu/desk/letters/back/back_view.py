"""A Word file that came back, read beside the letter that it answers: what differs in it, for whoever decides."""

from dataclasses import dataclass
from typing import Final

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import LetterInWriting, OwnLetter
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.rows_of_letter import version_answered
from koryu.desk.letters.back.plan_beside import plan_beside, plan_now
from koryu.desk.letters.letter_making import host_name, submitted_pages
from koryu.files.queries import Arrived
from koryu.ingest.letter_files import LetterFile, letter_file
from koryu.publishing.letters.changed_lines import lines_that_came
from koryu.publishing.letters.plan_back import PlanBack
from koryu.seals.digests import digest_of
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.letters.letter_kinds import LETTER_KINDS

_ELSEWHERE: Final = N_("This is letter %(number)s; it was sent by %(host)s, not from here.")
_OTHER: Final = N_("This is letter %(number)s, of another exchange. Nothing was taken.")
_UNKNOWN: Final = N_("Your institution has no letter %(number)s.")
_NOT_NAMED: Final = Reason("This file does not say which of your letters it answers. Choose it.")
_OLDER: Final = N_("This answers version %(version)s of the letter; version %(newest)s is newer.")
_NOT_THERE: Final = N_("The table of the plan is not in this file.")


@dataclass(frozen=True, kw_only=True)
class LetterBack:
    """A file that came back and the letter that it answers; `plan` is what differs in a plan, `lines` what differs in
    the text outside its table, for reading alone. `seen` tells what the plan was compared with."""

    arrived: Arrived
    file: LetterFile
    letter: OwnLetter
    version: LetterInWriting
    rejected: bool
    plan: PlanBack | None
    lines: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    notes: tuple[Reason, ...]
    seen: str = ""

    @property
    def is_the_same(self) -> bool:
        """Whether nothing differs from what was sent."""
        plan = self.plan
        same = plan is None or not (plan.changes or plan.missing or plan.besides or plan.merged)
        return same and not self.lines and not self.file.tracked


def letter_back(work: ExchangeWork, arrived: Arrived, *, chosen: str, rejected: bool) -> LetterBack:
    """The file beside its letter: the one that it names, else the one that somebody has chosen.

    Raises NotNamed where nobody has, and Refused for a file that is not read, or of another server or exchange.
    """
    file = letter_file(name=arrived.name, body=arrived.body, rejected=rejected)
    number = file.letter or chosen
    if not number:
        raise NotNamed(_NOT_NAMED)
    kept = letter_answered(work, file, number)
    version = version_answered(kept, file.version)
    if version is None:
        raise Refused(Reason("The letter is not waiting for approval."))
    pages = submitted_pages(version)
    notes = []
    if version.version < kept.last.version:
        notes.append(Reason(_OLDER, version=version.version, newest=kept.last.version))
    plan, seen = None, ""
    if kept.kind == "plan":
        content = plan_now(work)
        plan, seen = plan_beside(work, kept, pages, file, content), digest_of(content)
        notes += [] if plan else [Reason(_NOT_THERE)]
    return LetterBack(
        arrived=arrived,
        file=file,
        letter=kept,
        version=version,
        rejected=rejected,
        plan=plan,
        lines=lines_that_came(pages, file.lines),
        notes=tuple(notes),
        seen=seen,
    )


class NotNamed(Refused):
    """A file that does not say which letter it answers."""


def letter_answered(work: ExchangeWork, file: LetterFile, number: str) -> OwnLetter:
    """The letter with this number of the same exchange. Raises Refused with what it is instead."""
    kept = correspondence.letter(number, institution=work.institution)
    if kept is None:
        elsewhere = file.host and file.host != host_name()
        raise Refused(
            Reason(_ELSEWHERE, number=number, host=file.host) if elsewhere else Reason(_UNKNOWN, number=number)
        )
    if kept.exchange != work.uri:
        raise Refused(Reason(_OTHER, number=number))
    return kept


def letters_to_answer(me: CurrentUser, work: ExchangeWork) -> tuple[OwnLetter, ...]:
    """The letters of an exchange that may come back, those first that were sent last."""
    listed = correspondence.letters_of(work.uri, institution=me.institution)
    approved = [each for each in listed if any(version.approved_at for version in each.versions)]
    return tuple(sorted(approved, key=lambda each: max(version.sent_at for version in each.versions), reverse=True))


def is_list(letter: OwnLetter) -> bool:
    """Whether a letter is a list that is loaded into the sheet of its part."""
    return LETTER_KINDS[letter.kind].is_list and letter.kind != "plan"
