"""The practice area: something in every state, apart from everything real."""

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from koryu.cli import practice_data
from koryu.cli.bad_input import BadInput
from koryu.cli.practice import invitation
from koryu.cli.practice_exchanges import SITUATIONS
from koryu.cli.practice_people import AOYAMA, BASE, HARBOUR, LIBRARIES, PASSWORD, QINGSHUI, SOLNAE, people
from koryu.consent import actions, queries
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.planning.rules import status
from tests.desk.people import person
from tests.html import words_of
from tests.site import free_port
from tests.world import AT, NDL, give_voice

pytestmark = pytest.mark.django_db


def test_nothing_invented_is_put_beside_what_is_real() -> None:
    give_voice(NDL)
    with pytest.raises(BadInput, match="Something else than the practice area is on record here"):
        practice_data.put_on_record()


def test_broken_off_while_it_is_filled_it_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**said: object) -> None:
        raise OSError("the power went")

    monkeypatch.setattr(actions, "accept_by_letter", broken)
    with pytest.raises(OSError, match="the power went"):
        practice_data.put_on_record()
    assert (ledger.last_number(), institutions.person("aoyama-head")) == (0, None)


@pytest.fixture(scope="module")
def filled(once: None) -> None:
    """Filled once, for all tests from here on; those before begin with nothing."""
    practice_data.put_on_record()


def test_filling_it_again_does_nothing(filled: None) -> None:
    before = ledger.last_number()
    practice_data.put_on_record()
    assert ledger.last_number() == before


def test_something_in_every_state(filled: None) -> None:
    opened = [(one.proposed.institution, set(one.waits_for)) for one in queries.consultations() if not one.declined]
    for asking, asked in ((AOYAMA, QINGSHUI), (QINGSHUI, SOLNAE), (SOLNAE, AOYAMA)):
        assert (asking.uri, {asked.uri}) in opened
    assert {one.declined.institution for one in queries.consultations() if one.declined} == {QINGSHUI.uri}
    for library in LIBRARIES:
        drafts = queries.drafts_of(library.uri)
        states = {(bool(one.waiting), bool(one.returned), bool(one.shared_at)) for one in drafts}
        assert states >= {(False, False, True), (False, True, False), (True, False, False)}
    agreed = queries.standing(f"{BASE}agreement/visits")
    assert agreed is not None
    assert agreed.agreed
    letters = [said.on_behalf_of for said in queries.history(f"{BASE}agreement/harbour").statements if said.letter]
    assert letters == [HARBOUR.uri]
    past = [said.said for said in queries.history(f"{BASE}exchange/2019").statements]
    assert past == ["recorded", "account differs", "checked"]


# Said only where an institution has named approval steps, and then of every text: the practice libraries have none.
BY_SETTING = {"Waiting at the approval step “%(step)s” since %(when)s."}


def _clauses() -> list[str]:
    """The sentences that the status of an exchange can be, as they are written in its module."""
    module = ast.parse(Path(str(status.__file__)).read_text(encoding="utf-8"))
    calls = (
        node for node in ast.walk(module) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason"
    )
    said = [str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)]
    return [sentence for sentence in said if sentence not in BY_SETTING]


@pytest.fixture
def at_the_exchanges(filled: None) -> str:
    """All exchanges of Aoyama, as its officer reads them."""
    return words_of(person("english", (AOYAMA.uri, "officer")).get("/desk/exchanges/?all").content.decode())


def test_one_exchange_for_each_sentence_that_can_be_said_of_one(at_the_exchanges: str) -> None:
    clauses = _clauses()
    assert len(clauses) == 36
    said = {clause: re.sub(r"%\\\((\w+)\\\)s", "[^;.]+?", re.escape(clause)) for clause in clauses}
    assert [clause for clause, pattern in said.items() if not re.search(pattern, at_the_exchanges)] == []


def test_exchanges_of_two_and_of_three(filled: None) -> None:
    sides = Counter(len(situation.libraries) for situation in SITUATIONS)
    assert sides[2] >= 9 <= sides[3]


def test_every_role_is_played_and_every_sign_in_is_printed(filled: None) -> None:
    printed = invitation("http://127.0.0.1:8001")
    for username, role, _ in people():
        person = institutions.person(username)
        assert person is not None
        assert person.check_password(PASSWORD)
        assert f"  {username:<18} {role:<12} " in printed
    assert len(list(people())) == 16
    assert {membership.role for membership in institutions.memberships_at(AOYAMA.uri)} == {
        "head",
        "officer",
        "contributor",
        "translator",
        "reader",
    }


@pytest.mark.parametrize("library", [*LIBRARIES, HARBOUR])
def test_every_library_is_called_invented_in_every_language(library: object) -> None:
    titles = getattr(library, "title")  # noqa: B009 -- one of four constants
    for tag, word in {"en": "Invented", "ja": "架空", "zh-Hans": "虚构", "ko": "가상"}.items():
        assert titles[tag].startswith(word)


def test_outside_a_practice_area_it_refuses_in_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from koryu.cli import main; main()", "practice", "--only-fill"],
        env={**os.environ, "KORYU_HOME": str(tmp_path), "KORYU_DATABASE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        2,
        "This is not a practice area (KORYU_PRACTICE is not set): nothing invented is put here.\n",
    )
    assert not (tmp_path / "koryu.sqlite3").exists()


def test_what_people_are_told_there_is_in_their_language(filled: None) -> None:
    from datetime import UTC, datetime

    from koryu.notices import actions as notices
    from koryu.notices import queries as told

    notices.gather(at=AT, today=datetime.now(UTC).date())
    for library in LIBRARIES:
        assert {one.language for one in told.waiting(library.uri)} == {library.language}


def test_it_says_how_to_sign_in_once_it_answers_and_stops_with_whoever_started_it(tmp_path: Path) -> None:
    port = str(free_port())
    running = subprocess.Popen(
        [sys.executable, "-u", "-c", "from koryu.cli import main; main()", "practice", "--port", port, "--while-open"],
        env={**os.environ, "KORYU_HOME": str(tmp_path), "KORYU_DEBUG": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert running.stdout is not None
    # What is tended beside it speaks whenever it has something to say.
    said = next(line for line in running.stdout if not line.endswith("notices written.\n"))
    assert said.startswith(f"Practice area: http://127.0.0.1:{port}/desk/")
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert {file.name for file in tmp_path.iterdir()} == {"practice"}
