"""What notices have to do in each round of `koryu tend`: to be gathered, and to be sent where that is set."""

from datetime import date
from typing import Final

from django.conf import settings

from koryu.notices import actions


def gather(*, at: str, today: date) -> list[str]:
    """Write what people are to be told; put aside what asks for something that has passed."""
    gathered = actions.gather(at=at, today=today)
    counts = {
        "notices written.": gathered.written,
        "notices put aside: what they ask for has passed.": gathered.passed,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def send(*, at: str, today: date) -> list[str]:
    """Send what waits, where notices are sent by themselves."""
    if not settings.MAIL_AUTO:
        return []
    done = actions.send_waiting(at=at)
    said = [f"{done.sent} notices sent."] if done.sent else []
    said += [f"{done.failed} notices were not taken by the mail server."] if done.failed else []
    return [*said, f"Sending stopped: {done.stopped_by}"] if done.stopped_by else said


STEPS: Final = (gather, send)
