"""What the tests of the notices stand on."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notices.postbox import Postbox, postbox


@pytest.fixture
def box(settings: Any) -> Iterator[Postbox]:
    """A mail server on this machine."""
    with postbox() as box:
        settings.MAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box
