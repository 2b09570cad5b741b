"""What accounts have to do in each round of `koryu tend`: what has had its day is forgotten."""

from datetime import date, datetime, timedelta
from typing import Final

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session

from koryu.institutions import actions

LINKS_KEPT: Final = timedelta(days=30)


def forget(*, at: str, today: date) -> list[str]:
    """Sessions that ended, with what was typed in them; wrong passwords that no longer count."""
    now = datetime.fromisoformat(at)
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    day = max(settings.AXES_COOLOFF_TIME, timedelta(days=1))
    attempts, _ = AccessAttempt.objects.filter(attempt_time__lt=now - day).delete()
    said = [f"{sessions} sessions that had ended were forgotten."] if sessions else []
    return [*said, f"{attempts} failed tries to sign in were forgotten."] if attempts else said


def delete_links(*, at: str, today: date) -> list[str]:
    """Private links that have ended, some time after: until then whoever made them sees how often they were opened."""
    deleted = actions.forget_links(ended_before=today - LINKS_KEPT)
    return [f"{deleted} private links that had ended were deleted."] if deleted else []


STEPS: Final = (forget, delete_links)
