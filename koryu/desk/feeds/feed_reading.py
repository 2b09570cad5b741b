"""A private calendar as another program reads it: at its secret address, with no cookie, no session, no redirect.

Whatever is not there, not there any more, or not for whoever had the address, is the same answer.
"""

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from koryu.desk import clock
from koryu.desk.counted import too_often
from koryu.desk.feeds.feed_entries import entries_for
from koryu.desk.feeds.feed_marks import depends_on
from koryu.desk.feeds.feed_words import feed_in_words
from koryu.institutions import actions as tokens
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.institutions.queries import SecretAddress
from koryu.publishing.calendar import MEDIA_TYPE

PURPOSE: Final = "calendar"
MOST_AN_HOUR: Final = 60
_AN_HOUR: Final = 3600
_MOST_KEPT: Final = 64
_PRIVATE: Final = {
    "Cache-Control": "private, max-age=900",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


class MadeFeed(NamedTuple):
    """A calendar as it was made, by what it depended on then."""

    mark: tuple[str, ...]
    etag: str
    body: bytes


_made: Final[OrderedDict[str, MadeFeed]] = OrderedDict()
_lock: Final = Lock()


@csrf_exempt
def calendar_at(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar at a secret address, if whoever was given it may read it now."""
    if request.method not in ("GET", "HEAD"):
        return _nothing()
    address = institutions.secret_address(secret, purpose=PURPOSE)
    if address is None or roles.may_have_calendar(role=address.role, scope=address.scope):
        return _nothing()
    if _reads_too_often(address.digest):
        return HttpResponse(status=429, headers={**_PRIVATE, "Retry-After": str(_AN_HOUR)}, content_type="text/plain")
    feed = _feed(address)
    if feed is None:
        return _nothing()
    today = clock.today()
    if address.last_read != today:
        tokens.note_token_read(token=address.id, day=today)
    headers = {**_PRIVATE, "ETag": feed.etag, "Content-Disposition": 'inline; filename="koryu.ics"'}
    if _has_it(request.headers.get("If-None-Match", ""), feed.etag):
        return HttpResponse(status=304, headers=headers)
    body = b"" if request.method == "HEAD" else feed.body
    return HttpResponse(body, content_type=MEDIA_TYPE, headers={**headers, "Content-Length": str(len(feed.body))})


def _nothing() -> HttpResponse:
    return HttpResponse(
        b"There is no calendar at this address.\n", status=404, content_type="text/plain", headers=_PRIVATE
    )


def _reads_too_often(digest: str) -> bool:
    """Counts a reading of this address; whether there were too many in this hour."""
    return too_often(f"calendar:{digest}:{clock.now()[:13]}", most=MOST_AN_HOUR, seconds=_AN_HOUR)


def _feed(address: SecretAddress) -> MadeFeed | None:
    """The calendar as it is now: the one made before, as long as nothing has changed that it depends on."""
    today = clock.today()
    mark = (address.role or "", address.language, *depends_on(address.institution, today=today))
    with _lock:
        before = _made.get(address.digest)
    if before and before.mark == mark:
        return before
    entries = entries_for(address, today=today)
    if entries is None:
        return None
    body = feed_in_words(entries, address)
    feed = MadeFeed(mark, f'"{hashlib.sha256(body).hexdigest()[:32]}"', body)
    with _lock:
        _made.pop(address.digest, None)
        _made[address.digest] = feed
        while len(_made) > _MOST_KEPT:
            _made.popitem(last=False)
    return feed


def _has_it(asked: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return etag in tags or "*" in tags
