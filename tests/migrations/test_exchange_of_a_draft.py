"""Drafts of before say at which exchange they are worked on, once brought up to date, on SQLite and on PostgreSQL."""

import json
from pathlib import Path

import pytest

from tests.cli.test_backup import Place
from tests.postgresql import postgresql

EARLIER = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", "koryu", "0014", verbosity=0)
apps = MigrationExecutor(connection).loader.project_state(("koryu", "0014_turns")).apps
at = "2026-11-22T09:00:01Z"
def make(kind, content):
    apps.get_model("koryu", "DraftRow").objects.create(
        institution="tag:x:institution/a", record=f"tag:x:{kind}/r", kind=kind, content=content, schema="",
        begun_by="kanda", begun_at=at, changed_by="kanda", changed_at=at)
make("exchange", {})
make("paper", {"exchange": "tag:x:exchange/e"})
make("report", {"exchange": 7})
make("timetable", {})
make("participation", {"exchange": "x" * 501})
make("theme", {"exchange": "tag:x:exchange/e"})
"""
NOW = """
import json
import django
django.setup()
from koryu.consent.models import DraftRow
print(json.dumps(list(DraftRow.objects.order_by("pk").values_list("exchange", flat=True))))
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_drafts_of_before_say_at_which_exchange_they_are_worked_on(tmp_path: Path, database: str) -> None:
    with postgresql(tmp_path) as server:
        place = Place(tmp_path / "home", server.empty("earlier") if database == "postgresql" else "")
        for done in (place.python(EARLIER), place.run("migrate"), now := place.python(NOW)):
            assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(now.stdout) == ["tag:x:exchange/r", "tag:x:exchange/e", "", "", "", ""]
