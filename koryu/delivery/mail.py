"""One mail, handed to the mail server: what it answers, told apart by whether it has the mail."""

import smtplib
from email.header import Header
from email.message import Message
from typing import Any, Final

from django.core.mail import EmailMessage, get_connection

from koryu.delivery.attempts import NotTaken, Uncertain, Unreachable

# What a mail server answers when it surely has not taken a letter: wrong sender or receiver, or a refusal in words.
_NOT_TAKEN: Final = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)
# What is kept of an answer, as long as the column for it.
_LONGEST: Final = 300


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


def send(mail: EmailMessage) -> None:
    """Hand one mail to the mail server; when this returns, the server has it.

    Raises Unreachable or NotTaken where it surely has it not, and Uncertain where something broke on the way.
    """
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_in_a_line(error)) from error
    mail.connection = connection
    try:
        mail.send()
    except _NOT_TAKEN as error:
        raise NotTaken(_in_a_line(error), for_now=_for_now(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain(_in_a_line(error)) from error
    finally:
        connection.close()


def _for_now(error: Exception) -> bool:
    """Whether the mail server asks to come back later (RFC 5321, section 4.2.1: replies that begin with 4)."""
    refused = getattr(error, "recipients", None)
    codes = [code for code, _ in refused.values()] if refused else [getattr(error, "smtp_code", 0)]
    return all(400 <= code < 500 for code in codes)


def _in_a_line(error: Exception) -> str:
    """What went wrong, in one line that fits."""
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__
