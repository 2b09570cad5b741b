"""A letter as a mail that was not sent yet (.eml): its files, and the name by which an answer to it is known."""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

MAIL_TYPE: Final = "message/rfc822"


def letter_mail(*, subject: str, named: str, text: str, attached: Iterable[tuple[str, str, bytes]]) -> bytes:
    """The mail as a mail program opens it: `attached` are (name, media type, bytes); whom it goes to is typed there.

    `named` is its own name (RFC 5322, section 3.6.4), to which an answer refers.
    """
    made = EmailMessage(policy=SMTP)
    made["Subject"] = " ".join(subject.split())
    made["Message-ID"] = named
    # What Outlook and others know a mail by that was not sent yet.
    made["X-Unsent"] = "1"
    made.set_content(text)
    for name, media_type, body in attached:
        kind, _, which = media_type.partition("/")
        made.add_attachment(body, maintype=kind, subtype=which, filename=name)
    return made.as_bytes()
