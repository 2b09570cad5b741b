"""Forms that a script sends: each is done once, for the person and the institution its page was made for.

A script that sends a form and hears no answer cannot know whether it was done. It names what it sends, and sends it
under the same name again: what was done is then answered, and not done a second time.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Final
from urllib.parse import quote

from django.contrib import messages
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

# A name that a script makes up for what it sends, and whom the page was made for; both of its headers alone.
NAME: Final = "Koryu-Sent"
WHOSE: Final = "Koryu-Whose"
# Where the browser is to go on, once the form was done: a script cannot read where a redirect leads.
GO_ON: Final = "Koryu-Go-On"
# Under which name a session keeps where each led, the last few of them.
DONE: Final = "done"
_MOST_DONE: Final = 20
_LONGEST_NAME: Final = 64
# One for each session, or some: whoever gave up waiting sends again while what was sent is still being done.
_IN_TURN: Final = tuple(Lock() for _ in range(64))


def by_script(request: HttpRequest) -> bool:
    """Whether a script has sent this form, and shows the answer itself."""
    return request.method == "POST" and NAME in request.headers


def whose(*, username: str, institution: str) -> str:
    """For whom a page was made, as its script says it."""
    return quote(f"{username} {institution}")


def for_another(request: HttpRequest, *, username: str, institution: str) -> bool:
    """Whether a page was made for another person, or for another institution of the same, than its form comes from."""
    given = request.headers.get(WHOSE)
    return given is not None and given != whose(username=username, institution=institution)


def once(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a form. To a script, where to go on instead of a redirect; and without doing it again, if it was.

    What was refused was not done, and is tried again.
    """
    name = request.headers.get(NAME, "")
    if not by_script(request) or not 0 < len(name) <= _LONGEST_NAME:
        return answer()
    with _one_at_a_time(str(request.session.session_key)):
        # As it is now: what was sent before may have been done while this waited.
        done = dict(type(request.session)(request.session.session_key).get(DONE) or {})
        # This session is saved whole, and was read before that: what was done meanwhile must not be lost with it.
        request.session[DONE] = done
        if name in done:
            messages.info(request, _("This was already received. It was not done a second time."))
            return _go_on(done[name])
        answered = answer()
        if not isinstance(answered, HttpResponseRedirect):
            return answered
        request.session[DONE] = dict([*done.items(), (name, answered.url)][-_MOST_DONE:])
        # Whoever has signed out meanwhile has none any more.
        with suppress(UpdateError):
            request.session.save()
    return _go_on(answered.url)


@contextmanager
def _one_at_a_time(session: str) -> Iterator[None]:
    """Until the block ends, no other form of this session is done, in whatever process."""
    number = int.from_bytes(hashlib.sha256(session.encode()).digest()[:7])
    with _IN_TURN[number % len(_IN_TURN)]:
        if connection.vendor != "postgresql":
            # One process serves a database of SQLite.
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def _go_on(address: str) -> HttpResponse:
    return HttpResponse(status=204, headers={GO_ON: address})
