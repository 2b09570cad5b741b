"""Where a Word file that came back is put down while it is looked at."""

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.files import actions as files
from koryu.files import queries as kept_files
from koryu.files.queries import Arrived
from koryu.ingest.table_files import MOST_BYTES, may_read
from koryu.seals.digests import digest
from koryu.values.reason import Reason, Refused, or_refuse

_CHOOSE: Final = Reason("Choose the file.")
_AWAY: Final = Reason("This file is no longer here. Choose it again.")


def place_of_back(exchange: str) -> str:
    """Where a file is put down that came back."""
    return f"back {exchange}"


def put_down_back(me: CurrentUser, exchange: str, *, name: str, body: bytes) -> int:
    """Keep a file that came back while it is looked at, and return its number. Raises Refused."""
    or_refuse(may_read(name=name, size=len(body)))
    return files.put_down(
        name=name,
        body=body,
        known_by=digest(body),
        institution=me.institution,
        place=place_of_back(exchange),
        by=me.username,
        at=clock.now(),
    )


def uploaded_back(me: CurrentUser, exchange: str, uploaded: "UploadedFile[Any] | None") -> Arrived:
    """The file that was chosen, put down. Raises Refused."""
    if uploaded is None:
        raise Refused(_CHOOSE)
    # One byte more than is read tells that there is too much.
    number = put_down_back(me, exchange, name=str(uploaded.name), body=uploaded.read(MOST_BYTES + 1))
    return held_back(me, exchange, str(number))


def held_back(me: CurrentUser, exchange: str, number: str) -> Arrived:
    """The file with this number. Raises Refused where it is no longer there."""
    known = int(number) if number.isdecimal() and len(number) < 18 else 0
    arrived = kept_files.arrived(known, institution=me.institution, place=place_of_back(exchange))
    if arrived is None:
        raise Refused(_AWAY)
    return arrived
