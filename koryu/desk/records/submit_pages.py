"""Asking the head to accept a text, by whoever may not accept it: a note of our own, seen by us alone."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.rules.policies import CHANGED
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.records import record_status
from koryu.desk.records.pages import page_of
from koryu.desk.visible_record import VisibleRecord, record_for
from koryu.markup.desk_writer import record_page
from koryu.sheets import clean
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Refused
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words
from koryu.wording.titles import short_name_in_words
from koryu.wording.told_moments import day_told

ASKED: Final = N_("Submitted for approval: accept the text of %(who)s of %(date)s.")


@staff
def submit(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """Ask the head to accept exactly the text that was shown."""
    visible = record_for(me, uri)
    if request.method != "POST":
        late = typed_too_late(request)
        if late is None:
            return HttpResponseRedirect(record_page(uri))
        return page_of(request, me, visible, typed=late, problem=SIGNED_OUT)
    try:
        _submit(visible, request.POST.get("version", ""), me, remark=clean.prose(request.POST.get("remark", "")))
    except Refused as refused:
        return page_of(request, me, visible, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, _("Your head was asked to accept this text."))
    return HttpResponseRedirect(record_page(uri))


def _submit(visible: VisibleRecord, version: str, me: CurrentUser, *, remark: str) -> None:
    history, reader = visible.history, active_reader()
    if not record_status.may_ask_head(history, version, speaker=me.speaker()):
        raise Refused(CHANGED)
    named = record_status.named(history, version)
    line = archive.lines_named([named.by], asking=me.institution).get(named.by)
    asked = _(ASKED) % {
        "who": short_name_in_words(line, named.by, reader.tag),
        "date": date_in_words(Edtf(day_told(named.at)), reader.slug),
    }
    text = f"{asked}\n{remark}".strip()
    # The same form sent twice asks once.
    if any(item.text == text for item in consent.kept_on(visible.uri, institution=me.institution)):
        return
    actions.note(
        institution=me.institution, record=visible.uri, means="note", text=text, by=me.username, at=clock.now()
    )
