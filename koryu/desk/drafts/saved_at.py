"""When a draft was last saved, and by whom, in one sentence."""

from django.utils.translation import gettext as _

from koryu.consent.queries import Drafted
from koryu.desk.access import CurrentUser
from koryu.institutions.rules import called
from koryu.values.edtf import Edtf
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words
from koryu.wording.told_moments import told, zone_in_words


def saved_at(me: CurrentUser, draft: Drafted) -> str:
    """The sentence, in the language that is active now."""
    there, slug = told(draft.changed_at), active_reader().slug
    return _("Saved on %(day)s at %(hour)s (%(zone)s) by %(by)s.") % {
        "day": date_in_words(Edtf(there.day), slug),
        "hour": there.hour,
        "zone": zone_in_words(there.zone, slug),
        "by": called(draft.changed_by, me.names, translate=_),
    }
