"""Addresses that hold a secret: which they are, and nothing of the secret in any log.

Django reads this while it sets itself up: it stands on nothing of the house.
"""

import logging
import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

# Behind these stands a secret.
BEFORE_A_SECRET: Final = ("/calendar/", "/v/")
# Whatever is answered there, be it that a stroke is missing at the end.
_PRIVATE: Final = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
_SECRETS: Final = re.compile(rf"({'|'.join(map(re.escape, BEFORE_A_SECRET))})[^\s/\"'?]+")


class HidesSecrets(logging.Filter):
    """Takes the secrets out of the addresses that a line of a log is made of."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without secrets."""
        if isinstance(record.args, tuple):
            record.args = tuple(without_secrets(value) if isinstance(value, str) else value for value in record.args)
        if isinstance(record.msg, str):
            record.msg = without_secrets(record.msg)
        return True


class KeepsSecrets:
    """Django middleware: no answer at such an address is kept on the way, found, or told to the next page.

    The pages that are there say more of it themselves; this is for what is answered where none is.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if request.path_info.startswith(BEFORE_A_SECRET):
            for name, value in _PRIVATE.items():
                response.headers.setdefault(name, value)
        return response


def without_secrets(text: str) -> str:
    """The text with “…” wherever the secret of an address stands."""
    return _SECRETS.sub(r"\1…", text)
