"""A mail as a file (.eml): from whom, of which day, about what, its words and what is attached to it.

Nothing of it is shown as the page it may be, and nothing it names is fetched. `read_mail` and `read_attachment` are
called in a process of their own (`koryu.ingest.child_process`).
"""

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, Final

from koryu.ingest.child_process import in_child
from koryu.ingest.letter_sets import letters_of
from koryu.ingest.mail_words import LONGEST_TEXT, text_of_page
from koryu.ingest.word import read_word
from koryu.ingest.word_tables import letter_named_in
from koryu.values.reason import N_, Reason, Refused, or_refuse

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_DEEP: Final = 10
MOST_PARTS: Final = 200
_LONGEST_LINE: Final = 1_000
_NO_MAIL: Final = N_("“%(name)s” is not a mail: save it as .eml in your mail program.")
_OUTLOOK: Final = N_("“%(name)s” is a file of Outlook: save the mail as .eml, or drag it into a folder first.")
_DEEP: Final = N_("The message holds %(count)s messages inside each other; %(most)s are read.")
_PARTS: Final = N_("The message has %(count)s parts; the first %(most)s are read.")
_UNREAD: Final = N_("Some characters of the message could not be read.")
_NOBODY: Final = N_("Sender and date are missing; say from whom and when it came.")
_WINMAIL: Final = N_(
    "The program of the sender has put the attachments into “winmail.dat”, which is not read here. Ask for them again, "
    "each as a file of its own."
)
_NAME: Final = re.compile(r"<[^<>\s]{1,300}>")
_MOST_NAMED: Final = 50
_MOST_WORD_FILES: Final = 5
_WORD: Final = re.compile(r"=\?([\w.:+-]+)(?:\*[\w-]*)?\?([bBqQ])\?([^?\s]*)\?=")
_BETWEEN_WORDS: Final = re.compile(r"(\?=)\s+(?==\?)")
_LOST: Final = "\ufffd"
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """Something attached to a mail: its number in it, what it is called, and how large it is."""

    number: int
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class MailFile:
    """A mail as it was read. `dated` is the day on which it was written where its sender is, as records write days; ''
    where it says none. `known_by` names it: its own name (RFC 5322, section 3.6.4), '' where it has none; `answers` are
    the names of the mails that it says it answers, the nearest first; `letters` the numbers of letters that Word files
    attached to it say they answer.
    """

    sender: str
    address: str
    dated: str
    subject: str
    text: str
    known_by: str
    answers: tuple[str, ...]
    letters: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    notes: tuple[Reason, ...]


def may_read_mail(*, name: str, size: int) -> Reason | None:
    """Whether a file of so many bytes is read as a mail at all."""
    if name.lower().endswith(".msg"):
        return Reason(_OUTLOOK, name=name)
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        return Reason("“%(name)s” is too large: a file has at most %(most)s MB.", name=name, most=most)
    return None if size else Reason("“%(name)s” is empty.", name=name)


def mail_file(*, name: str, body: bytes) -> MailFile:
    """The mail in a file, read in a process of its own. Raises Refused with a sentence for what is none."""
    or_refuse(may_read_mail(name=name, size=len(body)))
    return _mail(in_child(read_mail, json.dumps({"name": name}).encode() + b"\n" + body))


def mail_files(mails: Sequence[tuple[str, bytes]]) -> list[MailFile]:
    """The same of several mails, (what it is called, its bytes), in one process: of such as were read before.

    Raises Refused where one of them is none.
    """
    if not mails:
        return []
    head = json.dumps([[name, len(body)] for name, body in mails]).encode()
    return list(map(_mail, in_child(read_mails, b"\n".join((head, b"".join(body for _name, body in mails))))))


def _mail(read: dict[str, Any]) -> MailFile:
    attachments = tuple(Attachment(**each) for each in read.pop("attachments"))
    notes = tuple(Reason(message, **values) for message, values in read.pop("notes"))
    answers, letters = tuple(read.pop("answers")), tuple(read.pop("letters"))
    return MailFile(**read, answers=answers, letters=letters, attachments=attachments, notes=notes)


def attached(*, body: bytes, number: int) -> bytes:
    """What is attached to a mail under this number. Raises Refused where nothing is."""
    read = in_child(read_attachment, json.dumps({"number": number}).encode() + b"\n" + body)
    return base64.b64decode(read)


def read_mails(payload: bytes) -> list[dict[str, Any]]:
    """Several mails: a line of JSON says what each is called and how long it is, their bytes follow. Raises Refused."""
    head, _, bodies = payload.partition(b"\n")
    read, at = [], 0
    for name, size in json.loads(head):
        read.append(read_mail(json.dumps({"name": name}).encode() + b"\n" + bodies[at : at + size]))
        at += size
    return read


def read_mail(payload: bytes) -> dict[str, Any]:
    """A mail: a line of JSON says what it is called, the bytes follow. Raises Refused for what is none."""
    head, _, body = payload.partition(b"\n")
    name = json.loads(head)["name"]
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(Reason(_OUTLOOK, name=name))
    message = _parsed(body)
    if not any(message.get(field) for field in ("from", "date", "subject", "received", "message-id")):
        raise Refused(Reason(_NO_MAIL, name=name))
    parts = _Parts(message)
    sender, address = _sender(message)
    dated, subject = _dated(message), _header(message, "subject")
    text = _clean(parts.text())[:LONGEST_TEXT]
    attachments: list[dict[str, Any]] = [
        {"number": number, "name": called, "size": len(_bytes_of(part))}
        for number, (called, part) in enumerate(parts.attached)
    ]
    notes = list(parts.notes())
    if not address and not dated:
        notes.append((_NOBODY, {}))
    if any(_is_tnef(called, part) for called, part in parts.attached):
        notes.append((_WINMAIL, {}))
    if _LOST in text or _LOST in subject or _LOST in sender:
        notes.append((_UNREAD, {}))
    return {
        "sender": sender,
        "address": address,
        "dated": dated,
        "subject": subject,
        "text": text,
        "known_by": _clean_line(_raw(message, "message-id").decode("ascii", "replace"))[:300],
        "answers": list(_answers(message)),
        "letters": list(dict.fromkeys(_letters(parts.attached))),
        "attachments": attachments,
        "notes": notes,
    }


def _is_tnef(name: str, part: Message) -> bool:
    """Whether Outlook has packed the attachments into one (MS-OXTNEF, section 2.1.3.2: how such a stream begins)."""
    named = name.lower() == "winmail.dat" or part.get_content_type() in (
        "application/ms-tnef",
        "application/vnd.ms-tnef",
    )
    return named or _bytes_of(part).startswith(b"\x78\x9f\x3e\x22")


def _answers(message: Message) -> Iterator[str]:
    """The mails that it names as those it answers (RFC 5322, section 3.6.4): the last of its references is nearest."""
    direct, chain = (
        _NAME.findall(_raw(message, field).decode("ascii", "replace")) for field in ("in-reply-to", "references")
    )
    yield from dict.fromkeys([*direct, *reversed(chain)][:_MOST_NAMED])


def _letters(parts: Iterable[tuple[str, Message]]) -> Iterator[str]:
    """The letters that Word files say they answer, as far as they can be read."""
    words = [part for name, part in parts if name.lower().endswith((".docx", ".odt"))]
    for part in words[:_MOST_WORD_FILES]:
        try:
            number = letter_named_in(read_word(_bytes_of(part))).number
        except Refused:
            continue
        if number:
            yield number


def read_attachment(payload: bytes) -> str:
    """What is attached under the number that a line of JSON says, as base 64; the mail follows. Raises Refused."""
    head, _, body = payload.partition(b"\n")
    number = json.loads(head)["number"]
    attachments = _Parts(_parsed(body)).attached
    if not 0 <= number < len(attachments):
        raise Refused(Reason("This file is no longer here. Choose it again."))
    return base64.b64encode(_bytes_of(attachments[number][1])).decode()


def _parsed(body: bytes) -> Message:
    # A line of mbox, or of a program that exports, before the first header is none.
    if body.startswith((b"From ", b">From ")):
        body = body.partition(b"\n")[2]
    return message_from_bytes(body.lstrip(b"\xef\xbb\xbf\r\n"))


# Headers


def _raw(message: Message, name: str) -> bytes:
    """A header as its bytes; one that holds letters in no encoding too."""
    # As it was parsed: `get` makes an object of a header with 8-bit letters that forgets them.
    values = (value for key, value in message.raw_items() if key.lower() == name)
    return str(next(values, "")).encode("utf-8", "surrogateescape")


def _header(message: Message, name: str) -> str:
    return _clean_line(_words(_raw(message, name)))


def _words(raw: bytes) -> str:
    """A header in letters (RFC 2047): encoded words as they say, the rest as it most likely reads.

    Words beside each other in one encoding are put together first: programs cut them within a letter.
    """
    if b"=?" not in raw:
        return letters_of(raw, "")
    text = _BETWEEN_WORDS.sub(r"\1", raw.decode("latin-1"))
    made: list[str] = []
    at, waiting, named = 0, b"", ""
    for word in _WORD.finditer(text):
        between = text[at : word.start()]
        if waiting and (between or word[1].lower() != named):
            made.append(letters_of(waiting, named))
            waiting = b""
        made.append(letters_of(between.encode("latin-1"), "") if between else "")
        waiting, named, at = waiting + _unpacked(word[2], word[3]), word[1].lower(), word.end()
    if waiting:
        made.append(letters_of(waiting, named))
    rest = text[at:]
    return "".join(made) + (letters_of(rest.encode("latin-1"), "") if rest else "")


def _unpacked(how: str, written: str) -> bytes:
    if how in "bB":
        try:
            return base64.b64decode(written + "=" * (-len(written) % 4))
        except ValueError:
            return written.encode("latin-1", "replace")
    spaced = written.replace("_", " ").encode("latin-1", "replace")
    return re.sub(rb"=([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), spaced)


def _sender(message: Message) -> tuple[str, str]:
    """(what the sender is called, the address)."""
    raw = _raw(message, "from") or _raw(message, "sender")
    name, address = parseaddr(raw.decode("latin-1"))
    if "@" not in address:
        name, address = raw.decode("latin-1"), ""
    return _clean_line(_words(name.encode("latin-1")))[:200], _clean_line(address)[:200]


def _dated(message: Message) -> str:
    try:
        return parsedate_to_datetime(_raw(message, "date").decode("latin-1")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


# Parts


class _Parts:
    """The words of a message, and what is attached to it and to messages in it."""

    def __init__(self, message: Message) -> None:
        self.plain: list[str] = []
        self.html: list[str] = []
        self.attached: list[tuple[str, Message]] = []
        self.deepest = self.count = 0
        self.walk(message, 0)

    def walk(self, part: Message, deep: int) -> None:
        """A message in a message counts as one deeper; its words are not those of the outer one."""
        self.deepest = max(self.deepest, deep)
        self.count += 1
        is_message = part.get_content_type() == "message/rfc822" and part.is_multipart()
        # What is more is only counted.
        reads = deep + is_message <= MOST_DEEP and self.count <= MOST_PARTS
        if reads and is_message:
            inner = next(iter(self.inside(part)), None)
            subject = _header(inner, "subject") if inner is not None else ""
            self.attached.append((_safe_name(f"{subject or 'message'}.eml"), part))
        elif reads and not part.is_multipart():
            self.leaf(part, deep)
        for each in self.inside(part):
            self.walk(each, deep + is_message)

    def inside(self, part: Message) -> list[Message]:
        # Asked of what holds no parts, it decodes those letters by a name that may be none.
        held = part.get_payload() if part.is_multipart() else []
        return [each for each in held if isinstance(each, Message)] if isinstance(held, list) else []

    def leaf(self, part: Message, deep: int) -> None:
        name, kind = _file_name(part), part.get_content_type()
        if name or not kind.startswith("text/") or part.get_content_disposition() == "attachment":
            if kind.startswith("multipart/"):
                return
            self.attached.append((name or _named_by(kind, len(self.attached) + 1), part))
        elif deep == 0:
            text = letters_of(_bytes_of(part), _charset(part))
            (self.html if kind == "text/html" else self.plain).append(text)

    def text(self) -> str:
        """The words; of a page, without what makes it one."""
        if any(each.strip() for each in self.plain):
            return "\n\n".join(self.plain)
        return "\n\n".join(map(text_of_page, self.html))

    def notes(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if self.deepest > MOST_DEEP:
            yield _DEEP, {"count": self.deepest, "most": MOST_DEEP}
        if self.count > MOST_PARTS:
            yield _PARTS, {"count": self.count, "most": MOST_PARTS}


def _bytes_of(part: Message) -> bytes:
    if part.is_multipart():
        inner = part.get_payload()
        return _written(inner[0]) if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
    try:
        held = part.get_payload(decode=True)
    except (ValueError, LookupError):
        held = None
    return held if isinstance(held, bytes) else b""


def _written(message: Message) -> bytes:
    """A message in a message as bytes; where it is damaged, as far as it can be written down."""
    ways: tuple[Callable[[], bytes], ...] = (
        message.as_bytes,
        lambda: message.as_string().encode("utf-8", "replace"),
    )
    for write in ways:
        try:
            return write()
        except (ValueError, LookupError, TypeError, AttributeError):
            continue
    return b""


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except (ValueError, LookupError, UnicodeError):
        return ""


def _file_name(part: Message) -> str:
    """What an attachment is called (RFC 2231, else words of RFC 2047, else raw letters)."""
    for name, header in (("filename", "content-disposition"), ("name", "content-type")):
        # A header with raw letters is given out without them: its bytes are put into a message of their own.
        alone = Message()
        alone[header] = _raw(part, header).decode("latin-1")
        try:
            value = alone.get_param(name, None, header)
        except (ValueError, LookupError, UnicodeError):
            value = None
        if isinstance(value, tuple):
            charset, _language, written = value
            return _safe_name(letters_of(written.encode("latin-1", "replace"), charset or ""))
        if value:
            return _safe_name(_words(str(value).encode("latin-1", "replace")))
    return ""


def _safe_name(name: str) -> str:
    return _clean_line(name).replace("\\", "/").rpartition("/")[2][-200:]


def _named_by(kind: str, number: int) -> str:
    endings = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/calendar": "ics"}
    return f"{number}.{endings.get(kind, 'bin')}"


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _clean_line(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())[:_LONGEST_LINE]
