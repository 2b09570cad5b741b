"""Who is at the desk, for which institution, and what of all that is there they may see: everything else is 404."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from allauth.account.forms import LoginForm
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.consent.rules.history import History
from koryu.consent.rules.namings import namings_of_draft, namings_of_letters, namings_of_versions
from koryu.consent.rules.permissions import Actor, Drafting
from koryu.consent.rules.readers import may_read, parties
from koryu.consent.rules.statement import Statement
from koryu.desk import sent
from koryu.files import queries as files
from koryu.files.queries import NamedFile
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.institutions.queries import Membership
from koryu.ledger import queries as ledger
from koryu.ledger.queries import LedgerEntry
from koryu.publishing.export import PUBLISHED
from koryu.records.document import visibility_in
from koryu.values.reason import Reason
from koryu.values.text import Text

P = ParamSpec("P")
SIGNED_OUT: Final = Reason("You were signed out meanwhile, and nothing was done. What you typed is still here.")
# Under which names a session keeps which institution somebody speaks for, and what they typed when it had ended.
SPEAKING_FOR: Final = "institution"
UNSAVED: Final = "unsaved"
# Under which name the page to sign in on holds what was typed before.
BROUGHT: Final = "koryu_brought"
_MOST_UNSAVED: Final = 1024 * 1024
# Of how many pages a session keeps what was typed, the one typed into last among them.
_MOST_PAGES: Final = 5
# The scheme is no browser's own, so that none asks for a password by itself (RFC 9110, section 15.5.2).
_BY_FORM: Final = {"WWW-Authenticate": "Form"}


@dataclass(frozen=True, kw_only=True)
class CurrentUser:
    """Whoever is at the desk, speaking for one institution at a time; '' and None where they have no role."""

    username: str
    name: str
    operator: bool
    institution: str
    role: str | None
    voices: tuple[Membership, ...]
    # What everybody here is called, by username.
    names: Mapping[str, str]

    def speaker(self) -> Actor:
        """The person as the rules of consent know them."""
        voice = next((one for one in self.voices if one.institution == self.institution), None)
        return Actor(institution=self.institution, role=self.role, delegated=voice.delegated if voice else frozenset())


Page = Callable[Concatenate[HttpRequest, CurrentUser, P], HttpResponse]
Answering = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(page: Page[P]) -> Answering[P]:
    """A page for whoever has signed in; others are shown the door, and bring what they had typed with them."""

    @wraps(page)
    def shown(request: HttpRequest, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if brought := what_was_typed(request):
                return door_with(request, brought)
            if sent.by_script(request):
                return HttpResponse(status=401, headers=_BY_FORM)
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
        if request.user.must_change_password:
            if typed := _form_typed(request):
                _keep(request, request.path, typed)
            if sent.by_script(request):
                return HttpResponse(status=401, headers=_BY_FORM)
            return HttpResponseRedirect(reverse("account_change_password"))
        me = me_of(request)
        if sent.for_another(request, username=me.username, institution=me.institution):
            return HttpResponse(status=412)
        return sent.once(request, lambda: page(request, me, *args, **places))

    return shown


def operators(page: Page[P]) -> Answering[P]:
    """A page for those who mind the machinery; for whoever does not it is not there."""

    @wraps(page)
    @signed_in
    def shown(request: HttpRequest, me: CurrentUser, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if roles.may_tend(operator=me.operator):
            raise Http404
        return page(request, me, *args, **places)

    return shown


def staff(page: Page[P]) -> Answering[P]:
    """A page for those who have a role at an institution; for whoever has none it is not there."""

    @wraps(page)
    @signed_in
    def shown(request: HttpRequest, me: CurrentUser, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if me.role is None:
            raise Http404
        return page(request, me, *args, **places)

    return shown


def me_of(request: HttpRequest) -> CurrentUser:
    """Whoever has signed in, as they speak now. Asks for their roles once a request."""
    person = request.user
    assert person.is_authenticated
    voices, names = institutions.voices_and_names(person.get_username())
    chosen = request.session.get(SPEAKING_FOR)
    voice = next((one for one in voices if one.institution == chosen), voices[0] if voices else None)
    return CurrentUser(
        username=person.get_username(),
        name=person.name,
        operator=person.operator,
        institution=voice.institution if voice else "",
        role=voice.role if voice else None,
        voices=voices,
        names=names,
    )


def draft_for(me: CurrentUser, number: int) -> consent.Drafted:
    """The draft with this number, if it is my institution's or was shared with it. Raises Http404."""
    found = consent.draft(number)
    if found and (found.institution == me.institution or _shared_with(me, found)):
        return found
    raise Http404


@dataclass(frozen=True, kw_only=True)
class VisibleRecord:
    """A record as my institution may see it. `contents` are those that were opened, by version.

    Of each version that it must agree to, or recorded, it sees everything that was said; of others, what stands or
    stood and is for its eyes. `circle` are the institutions of the exchange the record belongs to; `texts` the reasons
    and remarks given, by digest: one that is not among them was erased.
    """

    uri: str
    entries: tuple[LedgerEntry, ...]
    history: History
    contents: Mapping[str, Mapping[str, Any]]
    texts: Mapping[str, Text]
    reader: str
    circle: frozenset[str] = frozenset()

    @cached_property
    def inside(self) -> bool:
        """Whether my institution has a part in the record: it must agree to one of its versions, or recorded one."""
        return takes_part(self.reader, self.history)

    @property
    def kind(self) -> str:
        return next(iter(self.history.headers.values())).kind

    @property
    def standing(self) -> Mapping[str, Any] | None:
        """The content that stands; None where nothing does, or it was erased."""
        return self.contents.get(self.history.in_force or "")

    def opens(self, version: str) -> bool:
        """Whether this version may be looked at."""
        if version not in self.history.headers:
            return False
        content = self.contents.get(version)
        visibility = visibility_in(content) if content else None
        return may_read(self.history, version, asking=self.reader, visibility=visibility, circle=self.circle)

    @property
    def said(self) -> tuple[Statement, ...]:
        """What was said of it and may be told, in order."""
        return tuple(one for one in self.history.statements if self._is_told(one))

    def _is_told(self, said: Statement) -> bool:
        if not said.version:
            return True
        if self.reader in parties(self.history, said.version):
            return True
        return said.said in PUBLISHED and self.opens(said.version)


def record_for(me: CurrentUser, record: str, *, besides: Iterable[str] = (), whole: bool = False) -> VisibleRecord:
    """A record that my institution may see, with what stands and what is open; and the versions `besides`, or all.

    Raises Http404.
    """
    entries = ledger.entries_about(record)
    history = consent.history_of(entries)
    wanted = {history.in_force, history.last_proposed, *history.open_versions, *besides}
    headers = {version: header for version, header in history.headers.items() if whole or version in wanted}
    # What versions say, and the reasons and remarks given, in one query.
    kept = ledger.contents([*(header.content for header in headers.values()), *history.texts]) if headers else {}
    seen = VisibleRecord(
        uri=record,
        entries=entries,
        history=history,
        contents=consent.contents_among(kept, headers),
        texts=ledger.texts_among(kept),
        reader=me.institution,
    )
    if history.headers and not seen.inside and not seen.opens(history.in_force or ""):
        seen = replace(seen, circle=archive.circle_of(record))
    if not any(seen.opens(version) for version in history.headers):
        raise Http404
    return replace(seen, contents={version: one for version, one in seen.contents.items() if seen.opens(version)})


def history_for(me: CurrentUser, record: str) -> History:
    """What was said of a record that my institution may see. Raises Http404."""
    return record_for(me, record).history


def takes_part(institution: str, history: History) -> bool:
    """Whether an institution has a part in a record: it must agree to one of its versions, or has recorded one.

    Neither a remark nor a proposal makes anybody one of them.
    """
    return any(institution in parties(history, version) for version in history.headers)


def file_for(me: CurrentUser, digest: str, *, record: str) -> NamedFile:
    """A file that is named in what my institution may see of a record, or in a draft of its own. Raises Http404."""
    own = [one for one in consent.drafts_on(record) if one.institution == me.institution and not one.sent]
    readable = [
        naming
        for one in own
        for naming in namings_of_draft(one.content, institution=me.institution, record=record, draft=one.id)
    ]
    if digest not in {one.digest for one in readable}:
        seen = record_for(me, record, whole=True)
        # What was named in a version that may not be opened counts for who put it there, and opens nothing.
        contents = consent.contents_of(seen.history.headers)
        readable += namings_of_versions(record, seen.history, contents, opens=seen.opens)
        readable += namings_of_letters(seen.said)
    found = files.file_for(digest, institution=me.institution, readable=readable)
    if found is None:
        raise Http404
    return found


def own_draft_for(me: CurrentUser, number: int) -> consent.Drafted:
    """The draft with this number, if it is my institution's own. Raises Http404."""
    found = draft_for(me, number)
    if found.institution != me.institution:
        raise Http404
    return found


def place_of(me: CurrentUser, draft: consent.Drafted) -> Drafting:
    """Where a draft is for me, as the rules ask it."""
    return Drafting(
        kind=draft.kind,
        own=draft.begun_by == me.username,
        ours=draft.institution == me.institution,
        shown=_shared_with(me, draft),
        waiting=draft.waiting is not None,
        sent=bool(draft.sent),
    )


def typed_meanwhile(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form of this page when the session had ended, and is not saved yet."""
    typed = _pages_typed(request).get(request.path)
    return None if typed is None else QueryDict(typed)


def forget_what_was_typed(request: HttpRequest) -> None:
    """It was saved, or is not wanted any more."""
    pages = _pages_typed(request)
    if pages.pop(request.path, None) is not None:
        request.session[UNSAVED] = pages


def typed_too_late(request: HttpRequest) -> QueryDict | None:
    """The same, told once: for a page that shows it, and has a button to do it now."""
    kept = typed_meanwhile(request)
    forget_what_was_typed(request)
    return kept


def _shared_with(me: CurrentUser, draft: consent.Drafted) -> bool:
    return bool(draft.shared_at) and not draft.sent and consent.is_for(draft, me.institution)


def take_in(request: HttpRequest) -> None:
    """Keep what somebody brought with them to the door, now that they have signed in."""
    if brought := _brought(request):
        _keep(request, brought["path"], brought["typed"])


def page_brought(request: HttpRequest) -> str:
    """The path of the page into which was typed what somebody brings; '' where nothing is that was written here."""
    return _brought(request).get("path", "")


def _brought(request: HttpRequest) -> dict[str, str]:
    try:
        return dict(signing.loads(request.POST.get(BROUGHT, ""), salt=BROUGHT, max_age=settings.SESSION_COOKIE_AGE))
    except signing.BadSignature:
        return {}


def what_was_typed(request: HttpRequest) -> str:
    """So that a session that ended while somebody was typing costs them nothing: the page shows it again.

    Signed, and held by the browser: in a session, everybody could fill the database without having signed in. Of a
    form about signing in, what it brought, and nothing that was typed into it: that may be a password.
    """
    if request.path.startswith(reverse("account")):
        return request.POST.get(BROUGHT, "")
    typed = _form_typed(request)
    return signing.dumps({"path": request.path, "typed": typed}, salt=BROUGHT, compress=True) if typed else ""


def _form_typed(request: HttpRequest) -> str:
    """What was typed into the form that was sent; nothing where it is too much to be kept."""
    if request.method != "POST":
        return ""
    # Of a form with a file, what was typed; the body may be larger than can be read at once.
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    written = typed.urlencode()
    return written if len(written) <= _MOST_UNSAVED else ""


def _pages_typed(request: HttpRequest) -> dict[str, str]:
    """What was typed when a session had ended, by the path of its page. (An earlier release kept that of one page.)"""
    kept = request.session.get(UNSAVED) or {}
    return {kept["path"]: kept["typed"]} if set(kept) == {"path", "typed"} else dict(kept)


def _keep(request: HttpRequest, path: str, typed: str) -> None:
    pages = _pages_typed(request)
    pages.pop(path, None)
    request.session[UNSAVED] = dict([*pages.items(), (path, typed)][-_MOST_PAGES:])


def door_with(request: HttpRequest, brought: str, *, path: str = "") -> HttpResponse:
    """The page to sign in on, holding what was typed until then, on the page with this path or on this one."""
    setattr(request, BROUGHT, brought)
    back = path or request.path
    door = {"form": LoginForm(request=request), "redirect_field_name": "next", "redirect_field_value": back}
    answer = render(request, "account/login.html", door, status=401)
    answer.headers["WWW-Authenticate"] = _BY_FORM["WWW-Authenticate"]
    return answer
