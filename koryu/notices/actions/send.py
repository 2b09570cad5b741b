"""Sending a notice: taken first, so that nobody else sends it too; noted when it is certain that it went out."""

import re
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from koryu.delivery import mail, outgoing
from koryu.delivery.attempts import Uncertain, Unreachable
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.institutions.rules import SERVER
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.notices import models, queries
from koryu.values.reason import Reason, Refused, or_refuse


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
    waiting = _for(notice, by=by)
    if not settings.MAIL:
        raise Refused(Reason("Mail is not configured here: nothing is sent."))
    if not waiting.email:
        raise Refused(Reason("%(name)s was added without an e-mail address.", name=waiting.name or waiting.username))
    outgoing.take(_row(waiting), seen=seen, by=by, at=at)
    try:
        failure = _deliver(waiting, by=by, at=at)
    except Unreachable as gone:
        raise Refused(Reason("The mail server could not be reached: %(why)s", why=str(gone))) from gone
    except Uncertain as broken:
        raise Refused(Reason("It is not known whether this was sent: %(why)s", why=str(broken))) from broken
    if failure:
        raise Refused(Reason("The mail server did not accept it: %(why)s", why=failure))


def send_waiting(*, at: str) -> SendingResult:
    """Send what waits and can be sent, one after the other; what somebody else has taken is left to them."""
    sent = failed = 0
    for notice in queries.to_send():
        try:
            outgoing.take(_row(notice), seen="", by=SERVER, at=at)
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
    waiting = _for(notice, by=by)
    with transaction.atomic():
        outgoing.note_sent(_row(waiting), by=by, at=at)
        note(Change.NOTICE_SENT_BY_HAND, waiting, by=by, at=at)


def put_aside(*, notice: int, by: str, at: str) -> None:
    """Put a notice aside, not to be sent."""
    waiting = _for(notice, by=by)
    with transaction.atomic():
        outgoing.put_aside(_row(waiting), by=by, at=at)
        note(Change.NOTICE_PUT_ASIDE, waiting, by=by, at=at)


def note_round(*, at: str, did: list[str]) -> None:
    """Note when everything left undone was last looked after, and what was done."""
    models.Round.objects.update_or_create(pk=1, defaults={"tended_at": at, "did": did})


def note(change: Change, notice: queries.Notice, *, by: str, at: str) -> None:
    """Write into the journal what became of a notice. Must be called within a transaction."""
    write(change, by=by, at=at, institution=notice.institution, notice=notice.id, whom=notice.username)


def _for(notice: int, *, by: str) -> queries.Notice:
    waiting = queries.notice(notice)
    if waiting is None:
        raise LookupError(notice)
    or_refuse(roles.may_send_notices(role=institutions.role_of(person=by, institution=waiting.institution)))
    return waiting


def _row(notice: queries.Notice) -> QuerySet[models.NoticeRow]:
    return models.NoticeRow.objects.filter(pk=notice.id)


def _deliver(notice: queries.Notice, *, by: str, at: str) -> str:
    """Send a notice that was taken: see `outgoing.hand_over`."""
    noted = partial(note, Change.NOTICE_SENT, notice, by=by, at=at)
    return outgoing.hand_over(_row(notice), send=partial(mail.send, _mail_of(notice)), noted=noted, by=by, at=at)


def as_mail_file(notice: queries.Notice) -> bytes:
    """A notice as a file (.eml) that a mail program opens as one to be sent: all that this server would send."""
    message = _mail_of(notice).message()
    # What Outlook and others know a mail by that was not sent yet.
    message["X-Unsent"] = "1"
    written: bytes = message.as_bytes(linesep="\r\n")
    return written


def _mail_of(notice: queries.Notice) -> mail.FoldedMail:
    return mail.FoldedMail(
        notice.subject,
        notice.text,
        to=[notice.email] if notice.email else [],
        # The same for the same notice, so that a second letter can be known as such by those who receive it.
        headers={"Message-ID": _message_id(notice), "Auto-Submitted": "auto-generated"},
    )


def _message_id(notice: queries.Notice) -> str:
    return f"<notice-{notice.id}.{re.sub(r'[^0-9]', '', notice.made_at)}@{urlsplit(settings.ADDRESS).hostname}>"
