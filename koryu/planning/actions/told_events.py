"""Keeping what calendars that are read elsewhere were told of each event."""

from collections.abc import Mapping

from django.db import transaction

from koryu.planning import models, queries


def note_events(digests: Mapping[str, tuple[str, str]], *, at: str) -> int:
    """Keep what calendars say of events now: of each its digest, and since when it is so. Returns how many changed.

    An event that is another than before counts one change more, and is so since `at` at the latest.
    """
    there = queries.told_of_events(digests)
    new = [
        models.EventRow(uid=uid, digest=digest, sequence=0, at=since)
        for uid, (digest, since) in digests.items()
        if uid not in there
    ]
    changed = [
        models.EventRow(uid=uid, digest=digests[uid][0], sequence=sequence + 1, at=max(before, digests[uid][1], at))
        for uid, (digest, sequence, before) in there.items()
        if digest != digests[uid][0]
    ]
    with transaction.atomic():
        models.EventRow.objects.bulk_create(new, ignore_conflicts=True, batch_size=200)
        models.EventRow.objects.bulk_update(changed, ["digest", "sequence", "at"], batch_size=100)
    return len(changed)
