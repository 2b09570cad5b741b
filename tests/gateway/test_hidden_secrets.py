"""No line of a log holds the secret of an address, whatever the line is about."""

import io
import logging
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils.log import log_response
from django.utils.module_loading import import_string

from koryu.gateway.hidden_secrets import without_secrets

SECRET = "c2VjcmV0LW9mLWFuLWFkZHJlc3M"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"/v/{SECRET}/", "/v/…/"),
        (f"/v/{SECRET}/page.html", "/v/…/page.html"),
        (f"/v/{SECRET}/text/sha256:abc/", "/v/…/text/sha256:abc/"),
        (f"/calendar/{SECRET}.ics", "/calendar/…"),
        (f'GET "/v/{SECRET}" 500', 'GET "/v/…" 500'),
        (f"https://koryu.example/v/{SECRET}/?x=1", "https://koryu.example/v/…/?x=1"),
        ("/desk/exchange/v/", "/desk/exchange/v/"),
        ("/ja/calendar.ics", "/ja/calendar.ics"),
    ],
)
def test_a_secret_is_taken_out_and_nothing_else(text: str, left: str) -> None:
    assert without_secrets(text) == left


@pytest.mark.parametrize("path", [f"/v/{SECRET}/", f"/v/{SECRET}/page.html", f"/calendar/{SECRET}.ics"])
def test_a_page_that_fails_says_so_without_the_secret(path: str) -> None:
    """Django's own line about a failure names the address; it goes through the filter that the settings name."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logged: Any = settings.LOGGING
    for named in logged["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(logged["filters"][named]["()"])())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        log_response("Internal Server Error: %s", path, response=HttpResponse(status=500), logger=logger)
    finally:
        logger.removeHandler(handler)
    assert "Internal Server Error: /" in said.getvalue()
    assert SECRET not in said.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/v/{SECRET}", 301),
        (f"/v/{SECRET}/?x=1", 404),
        (f"/v/{SECRET}/text/", 404),
        (f"/v/{SECRET}%2Fpage.html", 404),
        (f"/v/{SECRET}%00/", 404),
        (f"/calendar/{SECRET}", 404),
        (f"/calendar/{SECRET}.ics/", 404),
    ],
)
def test_no_answer_beneath_a_secret_is_kept_found_or_told_to_the_next_page(path: str, status: int) -> None:
    """Before: a link copied without its last stroke was led on by an answer that any cache may keep for good."""
    answer = Client().get(path)
    kept = (answer["Cache-Control"], answer["Referrer-Policy"], answer["X-Robots-Tag"].partition(",")[0])
    assert (answer.status_code, *kept) == (status, "no-store", "no-referrer", "noindex")
