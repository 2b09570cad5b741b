"""After their day nothing of private rows is left: in no table, no file, no log and no copy that Koryu makes itself."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from koryu.cli.backup import backup
from koryu.delivery.steps import steps
from koryu.desk import clock
from koryu.planning import models
from tests import visit
from tests.desk.people import person
from tests.visit import NOW, TODAY
from tests.world import NDL, NLC

pytestmark = pytest.mark.django_db(transaction=True)
PAGE: Final = "/desk/exchange/e/arrangements/"
# Letters that stand in no code, test or page.
WORD: Final = "Q7ZYPLANTEDXK"
AFTERWARDS: Final = date(2028, 2, 20)
CELLS: Final = (
    {"person": WORD, "train": WORD, "remark": WORD},
    {"person": WORD, "hotel": WORD},
    {"person": WORD, "diet": WORD * 900, "emergency": WORD},
    {"who": WORD, "phone": WORD},
    {"what": WORD, "who": WORD},
)


def tables_with_it() -> set[str]:
    """The tables in a row of which the word stands."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        if any(
            WORD in repr(row) or WORD.encode() in bytes(repr(row), "utf-8") for row in model._default_manager.values()
        )
    }


def files_with_it() -> list[Path]:
    """The files of the server in which the word stands, written in any usual way."""
    ways = [WORD.encode(), WORD.encode("utf-16-le"), WORD.encode("utf-16-be")]
    files = [path for path in Path(settings.HOME).rglob("*") if path.is_file() and "postgresql" not in path.parts]
    return [path for path in files if any(way in path.read_bytes() for way in ways)]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Client:
    """The word typed into each sheet by both sides, changed, pasted and loaded; a link was opened meanwhile."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    visit.houses()
    visit.visit()
    officer, guest = person("officer", (NDL, "officer")), person("guest", (NLC, "officer"))
    for number, cells in enumerate(CELLS, 1):
        changes = [{"row": "r1", "cell": key, "was": "", "now": text} for key, text in cells.items()]
        sent = {"changes": json.dumps([{"row": "r1", "add": None}, *changes])}
        officer.post(f"{PAGE}{number}/save/", sent, headers={"Accept": "application/json"})
    again = [{"row": "r1", "cell": "train", "was": WORD, "now": f"{WORD} twice"}]
    guest.post(f"{PAGE}1/save/", {"changes": json.dumps(again)}, headers={"Accept": "application/json"})
    officer.post(f"{PAGE}5/name/", {"called": WORD})
    officer.post(f"{PAGE}3/put-off/", {"until": "2027-12-20", "why": WORD})
    officer.post(f"{PAGE}1/paste/", {"text": f"person\tflight\n{WORD}\t1\n"})
    loaded = SimpleUploadedFile("rooms.csv", f"person,hotel\n{WORD},{WORD}\n".encode(), "text/csv")
    officer.post(f"{PAGE}2/load/", {"file": loaded})
    links = {"act": "make", "scope": "delegate", "person": f"{visit.GUESTS} shen", "ends": "2027-11-20"}
    officer.post("/desk/exchange/e/links/", links)
    return officer


def test_a_planted_word_is_nowhere_after_the_day_and_was_in_private_rows_alone_before(
    typed: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert models.PrivateRow.objects.count() == len(CELLS)
    # What is looked at before it is put in is forgotten after a day.
    assert tables_with_it() == {"planning_row", "planning_sheet", "files_arrived"}
    assert connection.vendor != "sqlite" or files_with_it()
    monkeypatch.setattr(clock, "today", lambda: AFTERWARDS)
    monkeypatch.setattr(clock, "now", lambda: f"{AFTERWARDS}T03:00:00Z")
    said = [line for step in steps() for line in step(at=clock.now(), today=AFTERWARDS)]
    assert [line for line in said if "private rows" in line] == [
        f"1 private rows were deleted ({sheet})." for sheet in ("arrivals", "calls", "diet", "free", "rooms")
    ]
    assert WORD not in str(said)
    assert tables_with_it() == set()
    assert connection.vendor != "sqlite" or files_with_it() == []
    copy = tmp_path / "copy.zip"
    assert CliRunner().invoke(backup, [str(copy)]).exit_code == 0
    with zipfile.ZipFile(copy) as members:
        assert not any(WORD.encode() in members.read(name) for name in members.namelist())
