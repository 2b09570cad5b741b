"""Doing what somebody asks to be done on a record: once, and on exactly the version that was shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.rules.permissions import Act, RecordContext, may
from koryu.consent.rules.policies import CHANGED
from koryu.correspondence import actions as correspondence
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.records.record_actions import RecordAction
from koryu.desk.text_input import TAGS, text_typed
from koryu.desk.visible_record import VisibleRecord
from koryu.institutions import queries as institutions
from koryu.notices import actions as notices
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import Text

NO_LETTER: Final = Reason("Attach the letter or mail by which it was accepted.")
# What is said of a version once, whoever of the institution says it.
_SAID_ONCE: Final = frozenset({Act.ACCEPT, Act.DECLINE, Act.WITHDRAW, Act.LETTER, Act.ERASE})


@dataclass(frozen=True, kw_only=True)
class AskedAction:
    """An action as it is asked for: by whom, on which version of what they see, with what they typed and attached.

    `language` is the tag of the language they write in; `behalf` the institution for which a letter speaks.
    """

    me: CurrentUser
    seen: VisibleRecord
    action: RecordAction
    version: str
    behalf: str
    typed: Mapping[str, str]
    language: str
    letter: "UploadedFile[Any] | None" = None

    @property
    def said_by(self) -> dict[str, Any]:
        """Who says it, of which record, when: as every verb of consent takes it."""
        return {
            "institution": self.me.institution,
            "record": self.seen.uri,
            "by": self.me.username,
            "at": clock.now(),
        }

    @property
    def accepts(self) -> bool:
        """Whether it is accepting a text: then it is shown beside the one it is to replace."""
        return self.action.act is Act.ACCEPT

    @property
    def may_be_repeated(self) -> bool:
        """Whether the same may be said again: a remark, or another draft."""
        return self.action.act not in _SAID_ONCE

    @property
    def text(self) -> Text:
        """What was typed. Raises Refused where nothing was."""
        return text_typed(self.typed, mine=self.language)

    @property
    def note(self) -> Text | None:
        """What was typed, where anything was."""
        return self.text if any(self.typed.get(f"text-{tag}", "").strip() for tag in TAGS) else None

    @property
    def refusal(self) -> Reason | None:
        """Why this may not be done by them now; None where it may."""
        keyed = institutions.with_key([self.behalf]) if self.behalf else frozenset()
        context = RecordContext(kind=self.seen.kind, history=self.seen.history, version=self.version, keyed=keyed)
        return may(self.action.act, self.me.speaker(), context, on_behalf_of=self.behalf)

    @property
    def is_done(self) -> bool:
        """Whether their institution has said just this already: a form sent twice, or a page gone back to."""
        history = self.seen.history
        if self.action.act is Act.ERASE:
            return history.contents <= history.erased
        said = [statement for statement in history.about(self.version) if statement.institution == self.me.institution]
        if self.action.act in (Act.CHECK, Act.DIFFER):
            remarks = [statement for statement in said if statement.said in ("checked", "account differs")]
            last = remarks[-1] if remarks else None
            return last is not None and (last.said, self.seen.texts.get(last.text or "")) == (
                self.action.says,
                self.note,
            )
        return any(
            statement.said == self.action.says and (statement.on_behalf_of or "") == self.behalf for statement in said
        )


def do(asked: AskedAction) -> int | None:
    """Do what is asked. Returns the id of the draft that it begins, where it begins one. Raises Refused."""
    return _DO[asked.action.act](asked)


def _accept(asked: AskedAction) -> None:
    actions.accept(version=asked.version, **asked.said_by)


def _decline(asked: AskedAction) -> None:
    actions.decline(version=asked.version, reason=asked.text, **asked.said_by)


def _counter(asked: AskedAction) -> int:
    # Asked before what no verb asks: before a draft is begun.
    or_refuse(asked.refusal)
    number, _new = actions.draft_once(
        lambda: consent.draft_begun(asked.me.institution, record=asked.seen.uri, answers=asked.version),
        content=asked.seen.contents.get(asked.version, {}),
        replaces=asked.seen.history.headers[asked.version].parent,
        answers=asked.version,
        reason=asked.text,
        **asked.said_by,
    )
    return number


def _withdraw(asked: AskedAction) -> None:
    actions.withdraw(version=asked.version, **asked.said_by)


def _letter(asked: AskedAction) -> None:
    # Asked before the file is read.
    or_refuse(asked.refusal)
    if asked.letter is None:
        raise Refused(NO_LETTER)
    actions.accept_with_letter(
        on_behalf_of=asked.behalf,
        name=asked.letter.name or "",
        # One byte more than is kept tells that there is too much; the rest need not be read.
        body=asked.letter.read(settings.FILE_SIZE + 1),
        version=asked.version,
        **asked.said_by,
    )


def _check(asked: AskedAction) -> None:
    _still_stands(asked)
    actions.check(version=asked.version, note=asked.note, **asked.said_by)


def _differ(asked: AskedAction) -> None:
    _still_stands(asked)
    actions.account_differs(version=asked.version, note=asked.text, **asked.said_by)


def _erase(asked: AskedAction) -> None:
    actions.erase(
        shown=asked.version,
        at_request_of_named=bool(asked.typed.get("requested")),
        forgetting=[notices.forget, correspondence.forget_contacts],
        **asked.said_by,
    )


def _still_stands(asked: AskedAction) -> None:
    """Raise Refused where the version shown does not stand any more: a remark is on what stands."""
    if asked.version != asked.seen.history.in_force:
        raise Refused(CHANGED)


_DO: Final[Mapping[Act, Callable[[AskedAction], int | None]]] = {
    Act.ACCEPT: _accept,
    Act.DECLINE: _decline,
    Act.COUNTER: _counter,
    Act.WITHDRAW: _withdraw,
    Act.LETTER: _letter,
    Act.CHECK: _check,
    Act.DIFFER: _differ,
    Act.ERASE: _erase,
}
