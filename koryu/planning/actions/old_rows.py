"""Deleting private rows whose day has come."""

from collections import Counter
from datetime import date

from django.db import transaction

from koryu.ledger import actions as ledger
from koryu.planning import models


def delete_old_rows(*, today: date) -> dict[str, int]:
    """Delete the private rows of which the day has come. Returns how many of which sheet they were.

    Their bytes are overwritten in the files of the database later in the same round.
    """
    old = models.PrivateRow.objects.filter(delete_on__lt=today)
    with transaction.atomic():
        counts = dict(Counter(old.values_list("sheet", flat=True)))
        if counts:
            old.delete()
            ledger.wipe_deleted_later()
    translations, _ = models.TranslationRow.objects.filter(delete_on__lt=today).delete()
    return {**counts, "translations": translations} if translations else counts
