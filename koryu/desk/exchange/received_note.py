"""What is noted of a letter, for ourselves: what came from whom, dated and signed how, and what it did."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from koryu.consent.queries import Consultation, ExchangeWork
from koryu.desk.exchange.received_form import ACCEPTS, OTHERWISE, ReceivedForm
from koryu.records.kinds import KINDS
from koryu.sheets.parse import is_date
from koryu.values.edtf import Edtf
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words
from koryu.wording.titles import short_name_in_words, title_of


def note_on(form: ReceivedForm, work: ExchangeWork, *, file: str) -> str:
    """The note, in the language of whoever writes it. None of it is on record."""
    reader = active_reader()
    dated = date_in_words(Edtf(form.dated), reader.slug) if is_date(form.dated) else ""
    signed = _("signed by %(who)s") % {"who": form.signed_by} if form.signed_by else ""
    partner = short_name_in_words(work.named.get(form.partner), form.partner, reader.tag)
    lines = [_("Received from %(who)s: %(what)s") % {"who": partner, "what": _listed([file, dated, signed])}]
    for said, versions in (
        (_("Accepts: %(what)s"), form.answered(ACCEPTS)),
        (_("Would have it otherwise: %(what)s"), form.answered(OTHERWISE)),
    ):
        titles = [_title(text, reader.tag) for text in work.open if text.version in versions]
        lines += [said % {"what": _listed(titles)}] if titles else []
    if form.names:
        lines.append(_("Gives: %(what)s") % {"what": _listed(_(KINDS[kind].kind_names[0]) for kind in form.names)})
    return "\n".join(lines)


def _title(text: Consultation, tag: str) -> str:
    title = title_of(text.content or {})
    return title.shown(tag).text if title else _(KINDS[text.header.kind].kind_names[0])


def _listed(parts: Iterable[str]) -> str:
    return _(", ").join(filter(None, parts))
