"""A file that somebody chose, kept at one place of the desk while it is looked at, before anything of it is taken."""

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.files import actions as files
from koryu.files import queries as kept_files
from koryu.files.queries import Arrived
from koryu.ingest import mail_files, table_files
from koryu.ingest.mail_files import MailFile
from koryu.seals.digests import digest
from koryu.values.reason import Reason, Refused, or_refuse

CHOOSE_FILE: Final = Reason("Choose the file.")
FILE_AWAY: Final = Reason("This file is no longer here. Choose it again.")
MAIL_AWAY: Final = Reason("This mail is no longer here. Choose it again.")


def chosen_file(uploaded: "UploadedFile[Any] | None", *, most: int) -> tuple[str, bytes]:
    """(name, bytes) of the file that was chosen. Raises Refused where none was."""
    if uploaded is None:
        raise Refused(CHOOSE_FILE)
    # One byte more than is read tells that there is too much; the rest need not be read.
    return str(uploaded.name), uploaded.read(most + 1)


def hold_file(me: CurrentUser, place: str, *, name: str, body: bytes, known_by: str = "") -> int:
    """Keep a file while it is looked at in this place, and return its number; by `known_by`, else by its bytes, it is
    told that the same one comes again."""
    return files.put_down(
        name=name,
        body=body,
        known_by=known_by or digest(body),
        institution=me.institution,
        place=place,
        by=me.username,
        at=clock.now(),
    )


def hold_table(me: CurrentUser, place: str, *, name: str, body: bytes) -> int:
    """Keep a file with tables, Word files among them. Raises Refused for one that is not read."""
    or_refuse(table_files.may_read(name=name, size=len(body)))
    return hold_file(me, place, name=name, body=body)


def held_file(me: CurrentUser, place: str, number: int, *, away: Reason = FILE_AWAY) -> Arrived:
    """The file with this number that is looked at in this place. Raises Refused where it is no longer there."""
    arrived = kept_files.arrived(number, institution=me.institution, place=place)
    if arrived is None:
        raise Refused(away)
    return arrived


def chosen_mail(uploaded: "UploadedFile[Any] | None") -> tuple[str, bytes, MailFile]:
    """(name, bytes, what it says) of the mail that was chosen. Raises Refused for what is none."""
    name, body = chosen_file(uploaded, most=mail_files.MOST_BYTES)
    or_refuse(mail_files.may_read_mail(name=name, size=len(body)))
    return name, body, mail_files.mail_file(name=name, body=body)


def mail_known_by(mail: MailFile, body: bytes) -> str:
    """What tells that the same mail comes again, from two colleagues in other bytes: its own name, where it has one."""
    return digest(mail.known_by.encode() or body)


def name_without_folders(name: str) -> str:
    """What a file can be called: a stroke would make a folder of what stands before it."""
    return name.replace("/", " ").replace("\\", " ")
