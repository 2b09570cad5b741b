"""A kind of record is one file, with a page where it wants one: nothing else in the house is touched."""

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2] / "koryu"

KIND = '''"""Donations: what one library has given another."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from koryu.records.document import Document, Prose
from koryu.records.links import ToInstitution
from koryu.records.listed_values import Summary
from koryu.values.reason import N_


class Donation(Document):
    """One donation."""

    kind: Literal["donation"]
    kind_names: ClassVar[tuple[str, str]] = (N_("donation"), N_("Donations"))
    place: ClassVar[int] = 140
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "given_by", "what")
    whose: ClassVar[str] = "given_by"
    own_half: ClassVar[bool] = True
    links_say: ClassVar[Mapping[str, str]] = {"given_by": N_("Donations it has given")}
    field_names: ClassVar[Mapping[str, str]] = {"given_by": N_("Donor"), "what": N_("What was given")}
    owned_by: ClassVar[tuple[str, ...]] = ("given_by",)

    given_by: ToInstitution
    what: Prose | None = None

    def summary(self) -> Summary:
        return replace(super().summary(), institution=str(self.given_by))
'''
PAGE = """{% extends "public/record.html" %}
{% from "parts/facts.html" import fact with context %}
{% block facts scoped %}
{% call fact(_("Donor"), "given_by") %}{{ link(doc.given_by) }}{% endcall %}
{% endblock %}
"""
DATA = """base: "tag:koryu,2026:"
recorder: institution/compiler
records:
  - record: institution/compiler
    kind: institution
    type: compiler of a data set
    title: {en: The compiler}
    kept_by: institution/compiler
    names: [{id: en, lang: en, written: The compiler}]
    sources: [{id: s, work: work/list}]
  - record: work/list
    kind: work
    type: document
    title: {en: A list of donations}
    kept_by: institution/compiler
  - record: donation/globe
    kind: donation
    title: {en: A celestial globe}
    given_by: institution/compiler
    what: A globe of 1782
    sources: [{id: s, work: work/list}]
...
"""
ASK = """
import json, django
django.setup()
from django.test import Client
from koryu.archive import queries as archive
from koryu.desk.people.pages import KINDS_TO_LET
from koryu.institutions.rules import may_draft
from koryu.sheets.boxes import sheet_of
reader = Client(SERVER_NAME="127.0.0.1")
def page(path):
    answer = reader.get(path)
    return [answer.status_code, answer.content.decode()]
sheet = sheet_of("donation", {"kind": "donation"}, wrong={}, tag="en", in_words=str)
print(json.dumps({
    "page": page("/en/donation/globe/"),
    "list": page("/en/donation/"),
    "donor": page("/en/institution/compiler/"),
    "json": page("/donation/globe.json"),
    "found": [hit.uri for hit in archive.found("celestial", reader="en", asking=archive.EVERYBODY).hits],
    "boxes": [box.name for box in sheet.boxes][:3],
    "own_half": "donation" not in KINDS_TO_LET,
    "officer": str(may_draft(role="officer", kind="donation")),
}))
"""


def run(folder: Path, *command: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "KORYU_HOME": str(folder / "home"),
        "KORYU_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "koryu.settings",
    }
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a house answers that is this one with two more files."""
    folder = tmp_path_factory.mktemp("house")
    copytree(HOUSE, folder / "koryu", ignore=ignore_patterns("__pycache__"))
    (folder / "koryu" / "records" / "donation.py").write_text(KIND, encoding="utf-8")
    (folder / "koryu" / "templates" / "public" / "donation.html").write_text(PAGE, encoding="utf-8")
    (folder / "home").mkdir()
    (folder / "set.yaml").write_text(DATA, encoding="utf-8")
    command = "from koryu.cli import main; main()"
    run(folder, "-c", command, "migrate")
    run(folder, "-c", command, "load", "set.yaml")
    run(folder, "-c", command, "index")
    answered: dict[str, Any] = json.loads(run(folder, "-c", ASK))
    return answered


def test_it_has_a_page_with_what_its_template_says(answers: dict[str, Any]) -> None:
    status, page = answers["page"]
    assert status == 200
    assert "A celestial globe" in page
    assert "Donor" in page


def test_it_has_a_list_and_stands_on_the_page_of_what_it_names(answers: dict[str, Any]) -> None:
    assert answers["list"][0] == 200
    assert "A celestial globe" in answers["list"][1]
    assert "Donations it has given" in answers["donor"][1]


def test_it_is_found_and_leaves_with_its_proof(answers: dict[str, Any]) -> None:
    assert answers["found"] == ["tag:koryu,2026:donation/globe"]
    assert json.loads(answers["json"][1])["record"] == "tag:koryu,2026:donation/globe"


def test_it_has_a_form_and_its_institution_may_send_it(answers: dict[str, Any]) -> None:
    assert answers["boxes"] == ["title", "given_by", "what"]
    assert answers["own_half"]
    assert answers["officer"] == "None"
