"""An exchange at the desk: as my institution may see it; all else is 404, whether there is such a one or not."""

from django.http import Http404

from koryu.consent import queries as consent
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser


def exchange_for(me: CurrentUser, name: str) -> ExchangeWork:
    """The exchange called so in addresses, if my institution has a part in it. Raises Http404."""
    voices = (membership.institution for membership in me.memberships)
    work = consent.exchange_work(name, institution=me.institution, besides=voices)
    if work is None:
        raise Http404
    return work
