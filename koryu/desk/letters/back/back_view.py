"""A Word file that came back, read beside the letter that it answers: what differs in it, for whoever decides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import LetterInWriting, OwnLetter
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.rows_of_letter import version_answered
from koryu.desk.letters.letter_contents import source_of
from koryu.desk.letters.letter_making import host_name, submitted_pages
from koryu.files.queries import Arrived
from koryu.ingest.letter_files import LetterFile, LetterTable, letter_file
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.changed_lines import lines_that_came
from koryu.publishing.letters.letter_source import PrintedRecord
from koryu.publishing.letters.make import LetterIdentity, make_letter
from koryu.publishing.letters.plan_back import PlanBack, PlanNames, SentPlan, plan_changes, sent_plan
from koryu.seals.digests import digest_of
from koryu.sheets.placing import CameCell
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.letters.letter_kinds import LETTER_KINDS

_ELSEWHERE: Final = N_("This is letter %(number)s; it was sent by %(host)s, not from here.")
_OTHER: Final = N_("This is letter %(number)s, of another exchange. Nothing was taken.")
_UNKNOWN: Final = N_("Your institution has no letter %(number)s.")
_NOT_NAMED: Final = Reason("This file does not say which of your letters it answers. Choose it.")
_NO_PLAN: Final = Reason("There is no plan yet.")
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
    went_out = sent_plan(pages) if kept.kind == "plan" else None
    plan, seen = None, ""
    if went_out:
        content = plan_now(work)
        table = _table_of(went_out, file)
        if table is None:
            notes.append(Reason(_NOT_THERE))
        else:
            names = PlanNames({uri: line.title for uri in work.institutions if (line := work.named.get(uri))})
            plan = plan_changes(went_out, table, _printed_now(work, kept, content), names)
        seen = digest_of(content)
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
        raise Refused(Reason(_ELSEWHERE, number=number, host=file.host) if elsewhere else Reason(_UNKNOWN, number=number))
    if kept.exchange != work.uri:
        raise Refused(Reason(_OTHER, number=number))
    return kept


def plan_now(work: ExchangeWork) -> Mapping[str, Any]:
    """What the plan says now: our draft, else what is under consultation, else what is on record. Raises Refused where
    there is none."""
    if work.own_plan:
        return work.own_plan.content
    if work.open_plan and work.open_plan.content and not work.open_plan.declined:
        return work.open_plan.content
    document = work.documents([work.plan.line]).get(work.uri) if work.plan else None
    if document is None:
        raise Refused(_NO_PLAN)
    return document.content()


def letters_to_answer(me: CurrentUser, work: ExchangeWork) -> tuple[OwnLetter, ...]:
    """The letters of an exchange that may come back, those first that were sent last."""
    listed = correspondence.letters_of(work.uri, institution=me.institution)
    approved = [each for each in listed if any(version.approved_at for version in each.versions)]
    return tuple(sorted(approved, key=lambda each: max(version.sent_at for version in each.versions), reverse=True))


def is_list(letter: OwnLetter) -> bool:
    """Whether a letter is a list that is loaded into the sheet of its part."""
    return LETTER_KINDS[letter.kind].is_list and letter.kind != "plan"


def _printed_now(work: ExchangeWork, kept: OwnLetter, content: Mapping[str, Any]) -> SentPlan | None:
    source = source_of(work, "plan", {})
    now = replace(source, exchange=PrintedRecord(uri=work.uri, content=content))
    return sent_plan(_pages(kept, make_letter("plan", kept.langs, now, LetterIdentity(number=kept.number, host="")).pages))


def _pages(kept: OwnLetter, pages: LetterPages) -> LetterPages:
    return pages.model_copy(update={"langs": kept.langs})


def _table_of(sent: SentPlan, file: LetterFile) -> list[list[CameCell]] | None:
    """The table of the plan among those of the file: the one with most marks, else with most of its labels."""
    labels = {row.label for row in sent.rows}

    def told(table: LetterTable) -> tuple[int, int]:
        marks = sum(mark in sent.marks for row in table for cell in row for mark in cell.marks)
        return marks, sum(bool(row) and row[0].text in labels for row in table)

    best = max(file.tables, key=told, default=())
    if not best or told(best) == (0, 0):
        return None
    return [
        [
            CameCell(
                cell.text,
                tuple(sent.marks[mark] for mark in cell.marks if mark in sent.marks),
                columns=cell.columns,
                rows=cell.rows,
            )
            for cell in row
        ]
        for row in best
    ]
