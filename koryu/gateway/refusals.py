"""Answers in plain text, one sentence each, for requests that get no page."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from koryu.public.page_cache import Answer
from koryu.values.reason import N_
from koryu.wording.languages import asked_for

NOT_WHOLE: Final = 400
TOO_SLOW: Final = 408
NO_LENGTH: Final = 411
TOO_LARGE: Final = 413
BUSY: Final = 503
SENTENCES: Final[Mapping[int, str]] = {
    NOT_WHOLE: N_("The request was incomplete. Please send it again."),
    TOO_SLOW: N_("What was sent did not arrive in time, and nothing was changed. Please send it again."),
    NO_LENGTH: N_("What is sent must say how long it is (Content-Length). Nothing was changed."),
    TOO_LARGE: N_("What was sent is too large: a file has at most 20 MB. Nothing was changed."),
    BUSY: N_("Too much is being sent to this server at once. Please send it again in a minute."),
}
NO_DATABASE: Final = N_("The database does not answer at this moment. Please try again in a minute.")


def refused(environ: dict[str, Any], status: int, sentence: str = "") -> Answer:
    """An answer in the reader's language that says only this sentence, or the one that belongs to the status."""
    with translation.override(asked_for(environ.get("HTTP_ACCEPT_LANGUAGE", ""))):
        body = f"{gettext(sentence or SENTENCES[status])}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if status == BUSY:
        headers.append(("Retry-After", "60"))
    # The rest of the body may still arrive, and is not read: the connection cannot be used for another request.
    if not sentence and environ["SERVER_PROTOCOL"] == "HTTP/1.1":
        headers.append(("Connection", "close"))
    if settings.SECURE_HSTS_SECONDS and environ["wsgi.url_scheme"] == "https":
        headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return Answer(status, headers, body)
