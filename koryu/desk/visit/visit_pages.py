"""What a private link opens: one page, read without an account, a cookie or a script; and the same as one file.

An address that is unknown, one that has ended and one that was revoked are the same answer, to the byte.
"""

import base64
import hashlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt

import koryu
from koryu.consent import queries as consent
from koryu.consent.rules.namings import namings_of_versions
from koryu.desk import clock
from koryu.desk.counted import too_often
from koryu.desk.visit.linked_exchange import LinkedExchange, linked_exchange
from koryu.desk.visit.visit_shown import paper_with, shown_by
from koryu.files import queries as files
from koryu.institutions import actions as tokens
from koryu.institutions import queries as institutions
from koryu.values.reason import N_
from koryu.values.uris import last_part
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated
from koryu.wording.told_moments import moment_in_words, told_in

# So many wrong addresses in a minute from one place; whoever has a right one is never kept out by others there.
MOST_WRONG: Final = 20
_MINUTE: Final = 60
_NOTHING: Final = N_("There is nothing at this address. The link may have ended: ask whoever sent it to you.")
_TOO_OFTEN: Final = N_("Too many wrong addresses from here. Wait a minute.")
_SAVED: Final = N_("Saved %(when)s. The page may be newer at its address.")
_FOLDER: Final = Path(koryu.__path__[0]) / "static" / "koryu"
_SHEETS: Final = ("tokens", "type", "visit")
_PRIVATE: Final = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
_POLICY: Final = (
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src "
)


@csrf_exempt
def link_page(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of a link, as it is at this moment."""
    return _answer(request, secret, as_file=False)


@csrf_exempt
def link_file(request: HttpRequest, secret: str) -> HttpResponse:
    """The same as one file, to be read without a connection."""
    return _answer(request, secret, as_file=True)


@csrf_exempt
def link_text(request: HttpRequest, secret: str, digest: str) -> HttpResponse:
    """The text of a paper that a link shows, as a file to keep."""
    link = institutions.private_link(secret, today=clock.today()) if request.method in ("GET", "HEAD") else None
    there = linked_exchange(link) if link else None
    paper = paper_with(there, digest) if there else ""
    if there is None or not paper:
        return _nothing(request)
    history = consent.history(paper)
    contents = consent.contents_of(history.headers)
    readable = namings_of_versions(paper, history, contents, opens=lambda version: version == history.in_force)
    kept = files.file_for(digest, institution=there.link.institution, readable=readable)
    if kept is None:
        return _nothing(request)
    disposition = content_disposition_header(as_attachment=True, filename=kept.name) or "attachment"
    headers = {**_PRIVATE, "Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(kept.body, content_type=kept.media_type, headers=headers)


def _answer(request: HttpRequest, secret: str, *, as_file: bool) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return _nothing(request)
    link = institutions.private_link(secret, today=clock.today())
    there = linked_exchange(link) if link else None
    if there is None:
        return _nothing(request)
    if request.method == "GET":
        _count(there)
    with translation.override(there.slug), told_in(there.zone or there.zone_of(there.link.institution)):
        html = _html(there, as_file=as_file)
    headers = {**_PRIVATE, "Content-Security-Policy": f"{_POLICY}'sha256-{style_digest()}'"}
    if as_file:
        name = f"{last_part(there.work.uri)}-{there.today(clock.now()).isoformat()}.html"
        headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(html, headers=headers)


def _count(there: LinkedExchange) -> None:
    # Somebody on a platform needs the page more than we the number: while nobody can write, it is not counted.
    with suppress(OperationalError):
        tokens.count_opening(link=there.link.id)


def _html(there: LinkedExchange, *, as_file: bool) -> str:
    now = clock.now()
    shown: dict[str, Any] = shown_by(there, today=there.today(now), as_file=as_file)
    saved = translated(_SAVED, there.slug) % {"when": moment_in_words(now, there.slug)} if as_file else ""
    return render_to_string(
        f"visit/{there.link.scope}.html",
        {
            **shown,
            "there": there,
            "link": there.link,
            "style": style(),
            "saved": saved,
            "made": moment_in_words(now, there.slug),
        },
    )


def _nothing(request: HttpRequest) -> HttpResponse:
    """The one answer to whatever opens nothing; after many of them, that there were too many."""
    often = _wrong_too_often(request.META.get("REMOTE_ADDR", ""))
    headers = {**_PRIVATE, "Content-Security-Policy": f"{_POLICY}'sha256-{style_digest()}'"}
    if often:
        headers["Retry-After"] = str(_MINUTE)
    return HttpResponse(nothing_page(_TOO_OFTEN if often else _NOTHING), status=429 if often else 404, headers=headers)


@cache
def nothing_page(message: str) -> str:
    """A sentence in every language, as a page."""
    lines = [(tag, translated(message, slug)) for slug, (tag, _name) in LANGUAGES.items()]
    return render_to_string("visit/nothing.html", {"lines": lines, "style": style()})


def _wrong_too_often(client: str) -> bool:
    """Counts a wrong address; whether there were too many from there in this minute."""
    # Of whoever asks nothing is kept but this, for a minute.
    minute = f"link:{hashlib.sha256(client.encode()).hexdigest()}:{clock.now()[:16]}"
    return too_often(minute, most=MOST_WRONG, seconds=_MINUTE)


@cache
def style() -> str:
    """How these pages look, for they carry it with them."""
    return "\n".join((_FOLDER / f"{sheet}.css").read_text(encoding="utf-8") for sheet in _SHEETS)


@cache
def style_digest() -> str:
    """The digest of `style`, by which the browser is told that it is ours."""
    return base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
