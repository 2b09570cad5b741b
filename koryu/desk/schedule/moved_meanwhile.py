"""Whoever saves something while the dates of the exchange change is told of it."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words


def say_if_moved(request: HttpRequest, dates: str) -> None:
    """Tell whoever typed with other `dates` before their eyes that they are these now: what they said was kept."""
    seen = request.POST.get("seen")
    if seen is None or seen == dates:
        return
    before, after = (_dates_in_words(each) for each in (seen, dates))
    if before and after:
        message = _("The dates changed meanwhile: %(before)s → %(after)s. Your entry was kept.")
        messages.warning(request, message % {"before": before, "after": after})
    else:
        messages.warning(request, _("The dates changed meanwhile. Your entry was kept."))


def _dates_in_words(dates: str) -> str:
    """Dates as a form has carried them; '' for none, and for what is no date."""
    try:
        return date_in_words(Edtf(dates), active_reader().slug) if dates else ""
    except Refused:
        return ""
