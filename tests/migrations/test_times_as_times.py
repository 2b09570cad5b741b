"""Rows of before their moments were times of the database, brought up to date on SQLite and on PostgreSQL."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_backup import Place
from tests.postgresql import postgresql

EARLIER = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", "koryu", "0010", verbosity=0)
apps = MigrationExecutor(connection).loader.project_state(("koryu", "0010_archive_readers")).apps
def make(model, /, **row):
    return apps.get_model("koryu", model).objects.create(**row)
whose = {"institution": "tag:x:institution/a", "record": "tag:x:exchange/e"}
by = {"by": "kanda", "at": "2026-11-22T09:00:01Z"}
draft = {**whose, "kind": "exchange", "content": {}, "schema": "koryu/exchange/1"}
draft |= {"begun_by": "kanda", "changed_by": "kanda"}
old = make("DraftRow", **draft, begun_at="", changed_at="2024-02-29T23:59:59Z")
shown = make("DraftRow", **draft, begun_at="2026-11-20T00:00:00Z", changed_at="2026-11-21T00:00:00Z",
             shared_at="2026-11-22T00:00:00Z")
make("Submission", draft=old, content_digest="d", **by)
make("Submission", draft=shown, content_digest="d", decision="approved", decided_at="2026-11-23T10:00:00Z", **by)
make("CommentRow", draft=shown, institution="i", text="t", **by)
make("Note", **whose, means="note", text="t", **by)
make("Bringing", digest="d", **whose, name="n", media_type="m", **by)
make("KeyDecision", institution="i", did="d", decision="confirmed", **by)
make("JournalRow", what="person entered", **by)
make("JournalRow", what="person entered", by="operator", at="")
person = make("Account", username="kanda", name="神田")
told = {**whose, "person": person, "about": "laid", "language": "ja", "subject": "s", "text": "t"}
make("NoticeRow", key="a", **told, made_at="2026-11-22T09:00:02Z")
make("NoticeRow", key="b", **told, made_at="2026-11-22T09:00:02Z", taken_at="2026-11-22T09:00:03Z",
     sent_at="2026-11-22T09:00:04Z")
make("NoticeRow", key="c", **told, made_at="2026-11-22T09:00:02Z", aside_at="2026-11-22T09:00:05Z")
make("Round", tended_at="")
"""
NOW = """
import json
import django
django.setup()
from django.apps import apps
from django.db import connection, transaction, DatabaseError
from koryu.consent import queries as consent
from koryu.journal import queries as journal
from koryu.journal.models import JournalRow
from koryu.notices import queries as notices
from koryu.values.moments import MomentField
rows, types = {}, set()
for model in apps.get_app_config("koryu").get_models():
    moments = [field.name for field in model._meta.fields if isinstance(field, MomentField)]
    if moments:
        rows[model.__name__] = [list(row) for row in model.objects.order_by("pk").values_list(*moments)]
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
        types |= {connection.introspection.get_field_type(c.type_code, c) for c in columns if c.name in moments}
guarded = []
for change in (lambda: JournalRow.objects.update(by="x"), lambda: JournalRow.objects.all().delete()):
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        guarded.append(str(error).partition("\\n")[0])
(waiting,), settled = notices.waiting("tag:x:institution/a"), notices.settled("tag:x:institution/a")
print(json.dumps({
    "rows": rows, "types": sorted(types), "guarded": guarded,
    "waiting": waiting.id, "settled": [(one.id, one.sent_at, one.aside_at) for one in settled],
    "drafts": [(one.begun_at, one.changed_at, one.shared_at) for one in consent.drafts_unsent()],
    "tended": notices.state().tended_at, "journal": [line.at for line in journal.lines()],
}))
"""
AT, NONE = "2026-11-22T09:00:01Z", ""


@pytest.fixture(params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """What is there after `koryu migrate` of what an earlier release had written."""
    with postgresql(tmp_path) as server:
        place = Place(tmp_path / "home", server.empty("earlier") if request.param == "postgresql" else "")
        for done in (place.python(EARLIER), place.run("migrate"), found := place.python(NOW)):
            assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(found.stdout)


def test_every_moment_is_the_same_and_now_a_time_of_the_database(told: Any) -> None:
    assert told["types"] == ["DateTimeField"]
    assert told["rows"] == {
        "DraftRow": [
            ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z", NONE],
            ["2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"],
        ],
        "Submission": [[AT, NONE], [AT, "2026-11-23T10:00:00Z"]],
        "CommentRow": [[AT]],
        "Note": [[AT]],
        "Bringing": [[AT]],
        "KeyDecision": [[AT]],
        "JournalRow": [[AT], [NONE]],
        "NoticeRow": [
            ["2026-11-22T09:00:02Z", NONE, NONE, NONE],
            ["2026-11-22T09:00:02Z", "2026-11-22T09:00:03Z", "2026-11-22T09:00:04Z", NONE],
            ["2026-11-22T09:00:02Z", NONE, NONE, "2026-11-22T09:00:05Z"],
        ],
        "AnnouncedRow": [],
        "EventRow": [],
        "TokenRow": [],
        "Round": [[NONE]],
        **{name: [] for name in ("AddresseeRow", "ApprovalStepRow", "ContactRow", "DeputyRow")},
        "ArrivedFile": [],
        "CalendarRow": [],
        "CandidateRow": [],
        "ClosingRow": [],
        "CountedStepRow": [],
        "CustomRow": [],
        "DaysBeforeRow": [],
        "TranslationRow": [],
        "OverrideRow": [],
        "PeriodRow": [],
        "PlaceRow": [],
        "PrivateRow": [],
        "LetterRow": [],
        "LetterTemplateRow": [],
        "LetterVersionRow": [],
        "ScheduleRow": [],
        "SheetRow": [],
        "StepRow": [],
        "TemplateRow": [],
    }
    # As the rooms read them, past Django's models too.
    assert told["drafts"] == told["rows"]["DraftRow"][::-1]
    assert (told["waiting"], told["settled"]) == (
        1,
        [[2, "2026-11-22T09:00:04Z", NONE], [3, NONE, "2026-11-22T09:00:05Z"]],
    )
    assert (told["tended"], told["journal"]) == (NONE, [NONE, AT])
    # The journal is guarded as before.
    assert told["guarded"] == ["the journal is append-only"] * 2
