"""What the tests of the desk stand on."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_was_here_before() -> None:
    """How often somebody tried to sign in is remembered for a while; not from one test to the next."""
    cache.clear()
