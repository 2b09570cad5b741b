"""The page on which several texts of an exchange go out together: chosen, looked through, submitted or sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import Drafted, ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.part_list import texts_of
from koryu.desk.exchange.together.new_names import names_to_look_at, put_names_in
from koryu.desk.exchange.together.open_to_all import draft_for_all, kept_from_readers
from koryu.desk.exchange.together.readership import becomes_public, choices_of
from koryu.desk.exchange.together.send_items import SendItem, send_items, to_be_sent
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.text_input import number_typed
from koryu.desk.todo.tasks import may_speak
from koryu.institutions import rules as roles
from koryu.records.kinds import visibility_in
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import LANGUAGES

_CHANGED: Final = Reason(
    "These texts were changed after they were shown to you. Read them as they are now; nothing was sent."
)
_NOT_THERE: Final = Reason("One of these drafts was deleted meanwhile. Look through the others and choose again.")
_CHOSEN: Final = N_("Saved who will see it. Look it through once more; nothing has been sent.")


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What somebody asks on this page: by whom, at which exchange, of which drafts as they are there."""

    request: HttpRequest
    me: CurrentUser
    work: ExchangeWork
    drafts: tuple[Drafted, ...]
    posted: Any

    @property
    def chosen(self) -> list[int]:
        """The numbers of the drafts that are ticked."""
        return [number for written in self.posted.getlist("draft") if (number := number_typed(written))]

    @property
    def said_by(self) -> dict[str, Any]:
        return {"by": self.me.username, "at": clock.now()}

    def shown(self, wanted: Sequence[int]) -> list[Drafted]:
        """These drafts, where each is still what the page showed. Raises Refused."""
        by_number = {draft.id: draft for draft in self.drafts}
        if not set(wanted) <= by_number.keys():
            raise Refused(_NOT_THERE)
        drafts = [by_number[number] for number in wanted]
        if any(self.posted.get(f"edition-{draft.id}") != str(draft.edition) for draft in drafts):
            raise Refused(_CHANGED)
        return drafts


@staff
def send(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """What of an exchange goes out together; and, when that is sent back, let it go."""
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, work, slug, posted=late, problem=SIGNED_OUT if late is not None else None)
    asked = _Asked(request=request, me=me, work=work, drafts=to_be_sent(work), posted=request.POST)
    try:
        message = _DO.get(request.POST.get("do", ""), _choose)(asked)
    except Refused as refused:
        again = exchange_for(me, slug)
        return _page(request, me, again, slug, posted=request.POST, problem=refused.reason, status=409)
    messages.success(request, message)
    return HttpResponseRedirect(reverse("desk:exchange-send", kwargs={"slug": slug}))


def _choose(asked: _Asked) -> str:
    """Save who will see which text."""
    _save_choices(asked)
    return _(_CHOSEN)


def _submit(asked: _Asked) -> str:
    if _save_choices(asked):
        return _(_CHOSEN)
    numbers = _go(asked, actions.submit_together)
    return ngettext("%(n)s text was submitted for approval.", "%(n)s texts were submitted for approval.", numbers) % {
        "n": numbers
    }


def _send(asked: _Asked) -> str:
    if _save_choices(asked):
        return _(_CHOSEN)
    numbers = _go(asked, actions.send_together)
    return ngettext("%(n)s text was sent.", "%(n)s texts were sent.", numbers) % {"n": numbers}


def _name(asked: _Asked) -> str:
    """Begin records of the people whose names go public, as they were looked at."""
    count = put_names_in(asked.me, asked.drafts, asked.posted)
    return ngettext(
        "A draft of %(n)s person was begun; it is sent with the list.",
        "Drafts of %(n)s persons were begun; they are sent with the list.",
        count,
    ) % {"n": count}


def _for_all(asked: _Asked) -> str:
    """Draft for everyone what stands for the institutions alone."""
    offered = kept_from_readers(asked.me, asked.work, texts_of(asked.work))
    count = draft_for_all(asked.request, asked.me, offered, asked.posted.getlist("record"))
    return ngettext(
        "%(n)s text was drafted for everyone. Nothing has been sent.",
        "%(n)s texts were drafted for everyone. Nothing has been sent.",
        count,
    ) % {"n": count}


def _go(asked: _Asked, verb: Callable[..., Any]) -> int:
    chosen = list(dict.fromkeys(asked.chosen))
    drafts = asked.shown(chosen)
    verb(
        institution=asked.me.institution,
        exchange=asked.work.uri,
        drafts=chosen,
        shown=consent.package_digest(drafts),
        **asked.said_by,
    )
    return len(chosen)


def _save_choices(asked: _Asked) -> bool:
    """Save who is to see which text, where that was chosen otherwise; whether any was."""
    changed = [
        draft
        for draft in asked.drafts
        if (to := asked.posted.get(f"to-{draft.id}")) in choices_of(draft) and to != visibility_in(draft.content)
    ]
    for draft in asked.shown([draft.id for draft in changed]):
        content = {**draft.content, "shown_to": asked.posted[f"to-{draft.id}"]}
        actions.save(draft=draft.id, content=content, seen=draft.edition, **asked.said_by)
    return bool(changed)


_DO: Final[Mapping[str, Callable[[_Asked], str]]] = {
    "choose": _choose,
    "submit": _submit,
    "send": _send,
    "names": _name,
    "for-all": _for_all,
}


def _sends_at_once(me: CurrentUser, items: Sequence[SendItem]) -> bool:
    """Whether whoever looks may send some of it without asking anybody."""
    speaks = any(may_speak(me.speaker(), item.draft.kind) for item in items)
    return speaks and not consent.approval_steps(me.institution)


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    posted: Any = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, drafts = frame_of(work, name), to_be_sent(work)
    items = send_items(me, work, drafts)
    packages = consent.packages_in(drafts)
    kept_back = kept_from_readers(me, work, frame.texts)
    ticked = (
        set(posted.getlist("draft")) if posted is not None else {str(item.draft.id) for item in items if item.is_ready}
    )
    return frame.page(
        request,
        me,
        "desk/exchange/send.html",
        naming=[uri for item in items for uri in item.others],
        status=status,
        items=items,
        titles={item.draft.id: item.title for item in items},
        ticked=ticked,
        packages=packages,
        returned=consent.returned_packages(drafts),
        names=names_to_look_at(drafts),
        kept_back=kept_back,
        readers_see=becomes_public(work, drafts),
        speaks=_sends_at_once(me, items),
        may_draft=roles.may_draft(role=me.role, kind="paper"),
        may_name=roles.may_draft(role=me.role, kind="person"),
        preview_in=[(slug, shown_name) for slug, (_tag, shown_name) in LANGUAGES.items()],
        typed=posted if posted is not None else {},
        problem=problem,
    )
