"""Addresses that hold a secret: which they are, and nothing of the secret in any log.

Django reads this while it sets itself up: it stands on nothing of the house.
"""

import logging
import re
from typing import Final

# Behind these stands a secret.
BEFORE_A_SECRET: Final = ("/calendar/", "/v/")
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


def without_secrets(text: str) -> str:
    """The text with “…” wherever the secret of an address stands."""
    return _SECRETS.sub(r"\1…", text)
