"""Where a Word file that came back is kept while it is looked at."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from koryu.desk.access import CurrentUser
from koryu.desk.held_files import chosen_file, held_file, hold_table
from koryu.desk.text_input import number_typed
from koryu.files.queries import Arrived
from koryu.ingest.table_files import MOST_BYTES


def hold_back(me: CurrentUser, exchange: str, *, name: str, body: bytes) -> int:
    """Keep a file that came back while it is looked at, and return its number. Raises Refused."""
    return hold_table(me, _place(exchange), name=name, body=body)


def uploaded_back(me: CurrentUser, exchange: str, uploaded: "UploadedFile[Any] | None") -> Arrived:
    """The file that was chosen, kept. Raises Refused."""
    name, body = chosen_file(uploaded, most=MOST_BYTES)
    return held_file(me, _place(exchange), hold_back(me, exchange, name=name, body=body))


def held_back(me: CurrentUser, exchange: str, number: str) -> Arrived:
    """The file with this number. Raises Refused where it is no longer there."""
    return held_file(me, _place(exchange), number_typed(number))


def _place(exchange: str) -> str:
    return f"back {exchange}"
