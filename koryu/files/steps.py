"""What files have to do in each round of `koryu tend`: bytes that nobody looks at any more are forgotten."""

from datetime import date, datetime, timedelta
from typing import Final

from koryu.files import models

# How long a file that was put down is looked at.
_LOOKED_AT: Final = timedelta(days=1)


def forget_arrived(*, at: str, today: date) -> list[str]:
    """The bytes of files that were put down and not taken in; that a file was taken in stays known."""
    rows = models.ArrivedFile.objects.filter(at__lt=datetime.fromisoformat(at) - _LOOKED_AT)
    count, _ = rows.filter(taken_at=None).delete()
    count += rows.exclude(body=b"").update(body=b"")
    return [f"{count} files that nobody went on with were forgotten."] if count else []


STEPS: Final = (forget_arrived,)
