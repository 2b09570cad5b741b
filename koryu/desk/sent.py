"""Forms that a script sends: each is done once, for the person and the institution its page was made for.

A script that sends a form and hears no answer cannot know whether it was done. It names what it sends, and sends it
under the same name again: what was done is then answered, and not done a second time.
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from django.contrib import messages
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
    done = dict(request.session.get(DONE) or {})
    if name in done:
        messages.info(request, _("This was already received. It was not done a second time."))
        return _go_on(done[name])
    answered = answer()
    if not isinstance(answered, HttpResponseRedirect):
        return answered
    request.session[DONE] = dict([*done.items(), (name, answered.url)][-_MOST_DONE:])
    return _go_on(answered.url)


def _go_on(address: str) -> HttpResponse:
    return HttpResponse(status=204, headers={GO_ON: address})
