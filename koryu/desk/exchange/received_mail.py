"""A mail dropped at Received: read, put down while it is looked at, and taken as the letter or for what is attached."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.into_sheets import PARTS
from koryu.desk.exchange.received_acts import KeptLetter
from koryu.desk.held_files import MAIL_AWAY, chosen_mail, held_file, hold_file, mail_known_by, name_without_folders
from koryu.desk.text_input import number_typed
from koryu.files import actions as files
from koryu.files.queries import Arrived
from koryu.files.rules import ENDINGS as KEPT_ENDINGS
from koryu.ingest import mail_files, table_files
from koryu.ingest.mail_files import Attachment, MailFile
from koryu.ingest.table_files import TableOptions
from koryu.values.reason import Refused

# The names of the fields by which the form knows its mail, and which of its parts is the letter.
MAIL: Final = "mail"
LETTER_PART: Final = "letter-part"
LIST: Final = "list"
_WHOLE: Final = "whole"


@dataclass(frozen=True, kw_only=True)
class AskedList:
    """Something attached to a mail that is to be loaded as a list: of which kind of record."""

    kind: str
    name: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class DroppedMail:
    """A mail that is looked at: where it is put down, what it says, which of its parts is taken as the letter."""

    arrived: Arrived
    mail: MailFile
    letter_part: str = _WHOLE

    @property
    def known_by(self) -> str:
        return mail_known_by(self.mail, self.arrived.body)

    def may_be_letter(self, attachment: Attachment) -> bool:
        """Whether it is of a type that is kept as a letter."""
        return attachment.name.rpartition(".")[2].lower() in KEPT_ENDINGS

    def may_be_list(self, attachment: Attachment) -> bool:
        """Whether it can be read as a list."""
        return attachment.name.lower().endswith(table_files.ENDINGS)


def hold_mail(me: CurrentUser, exchange: str, uploaded: "UploadedFile[Any] | None") -> DroppedMail:
    """Read the mail that was dropped, and keep it while it is looked at. Raises Refused."""
    name, body, mail = chosen_mail(uploaded)
    called = f"{name_without_folders(mail.subject or name.removesuffix('.eml'))}.eml"
    number = hold_file(me, _place(exchange), name=called, body=body, known_by=mail_known_by(mail, body))
    return DroppedMail(arrived=held_file(me, _place(exchange), number, away=MAIL_AWAY), mail=mail)


def dropped_mail(me: CurrentUser, exchange: str, posted: Mapping[str, str]) -> DroppedMail | None:
    """The mail that the form was filled in from; None where it was none. Raises Refused where it is gone."""
    number = posted.get(MAIL, "")
    if not number:
        return None
    arrived = held_file(me, _place(exchange), number_typed(number), away=MAIL_AWAY)
    mail = mail_files.mail_file(name=arrived.name, body=arrived.body)
    return DroppedMail(arrived=arrived, mail=mail, letter_part=posted.get(LETTER_PART, "") or _WHOLE)


def _place(exchange: str) -> str:
    return f"received {exchange}"


def filled_in(typed: QueryDict, dropped: DroppedMail) -> QueryDict:
    """The form with what the mail says, where nothing was typed yet."""
    filled = typed.copy()
    filled[MAIL] = str(dropped.arrived.id)
    for name, said in (("dated", dropped.mail.dated), ("signed-by", dropped.mail.sender or dropped.mail.address)):
        if said and not filled.get(name):
            filled[name] = said
    return filled


def list_asked(posted: Mapping[str, str], dropped: DroppedMail | None) -> AskedList | None:
    """What is attached and to be loaded as a list; None where nothing is. Raises Refused where it is not there, or is
    none."""
    number, _, kind = posted.get(LIST, "").partition(":")
    if not number or dropped is None:
        return None
    if kind not in PARTS:
        raise Refused(MAIL_AWAY)
    attachment = _attachment(dropped, int(number) if number.isdecimal() and len(number) < 5 else -1)
    body = _body(dropped, attachment)
    # Before anything is begun: what is no list is told while the mail is still here.
    table_files.table_file(name=attachment.name, body=body, words=(), options=TableOptions())
    return AskedList(kind=kind, name=attachment.name, body=body)


def with_kind(typed: QueryDict, asked: AskedList | None) -> QueryDict:
    """The form, which gives what the list is of too."""
    if asked is None:
        return typed
    filled = typed.copy()
    filled.setlist("names", [*dict.fromkeys((*filled.getlist("names"), asked.kind))])
    return filled


def letter_in(dropped: DroppedMail) -> KeptLetter:
    """What is kept as the letter: the whole mail, or one thing attached to it. Raises Refused."""
    if dropped.letter_part == _WHOLE:
        return KeptLetter(name=dropped.arrived.name, body=dropped.arrived.body)
    number = int(dropped.letter_part) if dropped.letter_part.isdecimal() and len(dropped.letter_part) < 5 else -1
    attachment = _attachment(dropped, number)
    return KeptLetter(name=attachment.name, body=_body(dropped, attachment))


def _body(dropped: DroppedMail, attachment: Attachment) -> bytes:
    return mail_files.attached(body=dropped.arrived.body, number=attachment.number)


def _attachment(dropped: DroppedMail, number: int) -> Attachment:
    attachment = next((each for each in dropped.mail.attachments if each.number == number), None)
    if attachment is None:
        raise Refused(MAIL_AWAY)
    return attachment


def note_received(dropped: DroppedMail) -> None:
    """Note that the mail was received: its bytes are with what it is evidence for."""
    files.note_taken(dropped.arrived.id, rows=0, at=clock.now())
