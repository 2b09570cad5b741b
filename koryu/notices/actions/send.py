"""Sending a notice: taken first, so that nobody else sends it too; noted when it is certain that it went out."""

import re
import smtplib
from dataclasses import dataclass
from email.header import Header
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.institutions.rules import SERVER
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.notices import models, queries, rules
from koryu.values.reason import Reason, Refused

# What a mail server answers when it surely has not taken a letter: wrong sender or receiver, or a refusal in words.
_NOT_TAKEN = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)


class Folded(Header):
    """A header with no line longer than 76, whatever whoever writes it down asks for."""

    def encode(self, splitchars: str = ";, \t", maxlinelen: int | None = None, linesep: str = "\n") -> str:
        return super().encode(splitchars, 76, linesep)


class FoldedMail(EmailMessage):
    """A mail whose subject is folded as RFC 2047 (section 2) asks: no line longer than 76, its name included."""

    def message(self, **named: Any) -> Any:
        made = super().message(**named)
        if not self.subject.isascii():
            del made["Subject"]
            # Not Django's own way to set it, which folds without knowing how much of the line the name has taken.
            folded = Folded(str(self.subject), "utf-8", header_name="Subject")
            Message.__setitem__(made, "Subject", folded)
        return made


class Unreachable(Exception):
    """The mail server could not be reached, or let nobody in; surely nothing was sent."""


class Uncertain(Exception):
    """Something broke while a notice was handed over; whether it went out is not known."""


@dataclass(frozen=True, kw_only=True)
class SendingResult:
    """What became of what waited: how many were sent, how many the mail server did not take, and what stopped it."""

    sent: int
    failed: int
    stopped_by: str = ""


def send(*, notice: int, seen: str, by: str, at: str) -> None:
    """Send a notice, by a person who saw it as taken at `seen` ('' for not yet taken by anybody).

    Raises Refused; then it was surely not sent by this.
    """
    found = _for(notice, by=by)
    if not settings.MAIL:
        raise Refused(Reason("Mail is not configured here: nothing is sent."))
    if not found.email:
        raise Refused(Reason("%(name)s was entered without an e-mail address.", name=found.name or found.username))
    _take(found, seen=seen, by=by, at=at)
    try:
        failure = _deliver(found, by=by, at=at)
    except Unreachable as gone:
        raise Refused(Reason("The mail server could not be reached: %(why)s", why=str(gone))) from gone
    except Uncertain as broken:
        raise Refused(Reason("It is not known whether this went out: %(why)s", why=str(broken))) from broken
    if failure:
        raise Refused(Reason("The mail server did not take it: %(why)s", why=failure))


def send_waiting(*, at: str) -> SendingResult:
    """Send what waits and can be sent, one after the other; what somebody else has taken is left to them."""
    sent = failed = 0
    for notice in queries.to_send():
        try:
            _take(notice, seen="", by=SERVER, at=at)
        except Refused:
            continue
        try:
            failure = _deliver(notice, by=SERVER, at=at)
        except (Unreachable, Uncertain) as error:
            return SendingResult(sent=sent, failed=failed, stopped_by=str(error))
        sent, failed = sent + (not failure), failed + bool(failure)
    return SendingResult(sent=sent, failed=failed)


def note_sent(*, notice: int, by: str, at: str) -> None:
    """Note that a notice was sent by hand, or has arrived."""
    _settle(notice, Change.NOTICE_SENT_BY_HAND, by=by, at=at, sent_at=at, sent_by=by, by_hand=True)


def put_aside(*, notice: int, by: str, at: str) -> None:
    """Put a notice aside, not to be sent."""
    _settle(notice, Change.NOTICE_PUT_ASIDE, by=by, at=at, aside_at=at, aside_by=by)


def note_round(*, at: str, did: list[str]) -> None:
    """Note when everything left undone was last looked after, and what was done."""
    models.Round.objects.update_or_create(pk=1, defaults={"tended_at": at, "did": did})


def note(change: Change, notice: queries.Notice, *, by: str, at: str) -> None:
    """Write into the journal what became of a notice. Must be called within a transaction."""
    write(change, by=by, at=at, institution=notice.institution, notice=notice.id, whom=notice.username)


def _for(notice: int, *, by: str) -> queries.Notice:
    found = queries.notice(notice)
    if found is None:
        raise LookupError(notice)
    refusal = roles.may_send_notices(role=institutions.role_of(person=by, institution=found.institution))
    if refusal:
        raise Refused(refusal)
    return found


def _take(notice: queries.Notice, *, seen: str, by: str, at: str) -> None:
    """Take a notice before it is sent; of several who try at once, one does."""
    with transaction.atomic():
        row = models.NoticeRow.objects.select_for_update().get(pk=notice.id)
        refusal = rules.may_take(
            sent=bool(row.sent_at), aside=bool(row.aside_at), taken_at=row.taken_at, seen=seen, at=at
        )
        if refusal:
            raise Refused(refusal)
        row.taken_at, row.taken_by, row.failure = at, by, ""
        row.save(update_fields=["taken_at", "taken_by", "failure"])


def _deliver(notice: queries.Notice, *, by: str, at: str) -> str:
    """Send a notice that was taken. Returns what the mail server said where it did not take it; '' when it did.

    Raises Unreachable, the notice given back, when the server let nobody in; and Uncertain when something else broke:
    then it stays taken, and a person decides whether to send it once more.
    """
    row = models.NoticeRow.objects.filter(pk=notice.id)
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        row.update(taken_at=None, taken_by="")
        raise Unreachable(_in_a_line(error)) from error
    message = FoldedMail(
        notice.subject,
        notice.text,
        to=[notice.email],
        connection=connection,
        # The same for the same notice, so that a second letter can be known as such by those who receive it.
        headers={"Message-ID": _message_id(notice), "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except _NOT_TAKEN as error:
        failure = _in_a_line(error)
        row.update(taken_at=None, taken_by="", failure="" if _for_now(error) else failure)
        return failure
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(_in_a_line(error)) from error
    finally:
        connection.close()
    with transaction.atomic():
        row.update(sent_at=at, sent_by=by)
        note(Change.NOTICE_SENT, notice, by=by, at=at)
    return ""


def _settle(notice: int, change: Change, *, by: str, at: str, **settled: str | bool) -> None:
    found = _for(notice, by=by)
    with transaction.atomic():
        row = models.NoticeRow.objects.select_for_update().get(pk=found.id)
        refusal = rules.may_note(sent=bool(row.sent_at), aside=bool(row.aside_at), taken_at=row.taken_at, at=at)
        if refusal:
            raise Refused(refusal)
        models.NoticeRow.objects.filter(pk=found.id).update(**settled)
        note(change, found, by=by, at=at)


def _message_id(notice: queries.Notice) -> str:
    return f"<notice-{notice.id}.{re.sub(r'[^0-9]', '', notice.made_at)}@{urlsplit(settings.ADDRESS).hostname}>"


def _for_now(error: Exception) -> bool:
    """Whether the mail server asks to come back later (RFC 5321, section 4.2.1: replies that begin with 4)."""
    refused = getattr(error, "recipients", None)
    codes = [code for code, _ in refused.values()] if refused else [getattr(error, "smtp_code", 0)]
    return all(400 <= code < 500 for code in codes)


def _in_a_line(error: Exception) -> str:
    """What went wrong, in one line that fits."""
    return " ".join(str(error).split())[:300] or type(error).__name__
