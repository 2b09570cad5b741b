"""A mail that is looked at, and the letter of ours that it answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from koryu.correspondence import queries as correspondence
from koryu.correspondence.rules.letters_named import numbers_answered, numbers_in
from koryu.desk.access import CurrentUser
from koryu.desk.held_files import chosen_mail, hold_file, mail_known_by, name_without_folders
from koryu.files import queries as kept
from koryu.files.queries import Arrived
from koryu.ingest import mail_files, table_files
from koryu.ingest.letter_files import WORD_ENDINGS
from koryu.ingest.mail_files import Attachment, MailFile
from koryu.seals.digests import digest
from koryu.values.reason import N_, Reason

_TWO: Final = N_("It names several letters: %(numbers)s. Choose the one that it answers.")


@dataclass(frozen=True, kw_only=True)
class MailToFile:
    """A mail that came back: where it is put down, what it says, and the letter that it answers ('' for none that is
    certain). `filed` is the letter under which it is filed already."""

    arrived: Arrived
    mail: MailFile
    letter: str
    filed: str
    doubt: Reason | None = None

    @property
    def name(self) -> str:
        """What it is called where it is kept."""
        said = " ".join(filter(None, (self.mail.dated, self.mail.sender or self.mail.address, self.mail.subject)))
        return f"{name_without_folders(said or 'mail')}.eml"

    @property
    def known_by(self) -> str:
        return mail_known_by(self.mail, self.arrived.body)

    def is_word(self, attachment: Attachment) -> bool:
        """Whether it can be compared with a letter."""
        return attachment.name.lower().endswith(WORD_ENDINGS)

    def is_table(self, attachment: Attachment) -> bool:
        """Whether it can be loaded into a list."""
        return attachment.name.lower().endswith(table_files.ENDINGS)


def hold_mail_to_file(me: CurrentUser, exchange: str, uploaded: "UploadedFile[Any]") -> int:
    """Read a mail, and keep it while it is looked at; returns its number. Raises Refused for what is none."""
    name, body, mail = chosen_mail(uploaded)
    return hold_file(me, _place(exchange), name=name, body=body, known_by=mail_known_by(mail, body))


def mails_to_file(me: CurrentUser, exchange: str, numbers: Iterable[int]) -> list[MailToFile]:
    """The mails with these numbers, as far as they are still there."""
    place = _place(exchange)
    looked_for = (kept.arrived(number, institution=me.institution, place=place) for number in numbers)
    listed = [arrived for arrived in looked_for if arrived]
    mails = mail_files.mail_files([(arrived.name, arrived.body) for arrived in listed])
    known = [mail_known_by(mail, arrived.body) for mail, arrived in zip(mails, listed, strict=True)]
    filed = correspondence.filed_as(known, institution=me.institution)
    return [
        MailToFile(arrived=arrived, mail=mail, letter=letter, filed=filed.get(name, ""), doubt=doubt)
        for arrived, mail, name in zip(listed, mails, known, strict=True)
        for letter, doubt in [answered_by(me, mail)]
    ]


def answered_by(me: CurrentUser, mail: MailFile) -> tuple[str, Reason | None]:
    """(the letter that a mail answers, '' where that is not certain; what is doubtful about it).

    By the mail with which the letter left, else by a mail that is filed under it, else by its number in the subject,
    the text or what is attached.
    """
    threads = correspondence.filed_as([digest(each.encode()) for each in mail.answers], institution=me.institution)
    ways: tuple[Iterable[str], ...] = (
        numbers_answered(mail.answers),
        tuple(threads.values()),
        numbers_in(mail.subject),
        mail.letters,
        numbers_in(mail.text),
    )
    ours = correspondence.exchanges_of({each for way in ways for each in way}, institution=me.institution)
    for way in ways:
        numbers = list(dict.fromkeys(each for each in way if each in ours))
        if len(numbers) == 1:
            return numbers[0], None
        if numbers:
            return "", Reason(_TWO, numbers=", ".join(numbers))
    return "", None


def _place(exchange: str) -> str:
    return f"mails {exchange}"
