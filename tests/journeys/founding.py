"""Who is there before a journey begins: three libraries on one server, set up as its operator would, and a fourth."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSWORD = "a quiet reading room"
# The address of a memorandum that stands between the first two.
VISITS = "ndl-nlc-visits"
# Where the sessions lie that everybody has from the beginning: with them one is at the desk without signing in.
SESSIONS = "sessions.json"

# The fourth is known from a data set alone: it has no key here, and answers by letter.
PARTNER = """
base: "tag:koryu,2026:"
recorder: institution/compiler
records:
  - record: institution/compiler
    kind: institution
    type: compiler of a data set
    title: {en: Compiler, ja: 編者, zh-Hans: 编者, ko: 편찬자, source: en}
    kept_by: institution/compiler
    sources: &list [{id: list, work: work/list}]
  - record: institution/nal
    kind: institution
    type: parliamentary library
    title: {ko: 국회도서관, en: National Assembly Library, ja: 韓国国会図書館, zh-Hans: 韩国国会图书馆, source: ko}
    kept_by: institution/compiler
    sources: *list
  - record: work/list
    kind: work
    type: webpage
    title: {en: List of libraries, ja: 図書館の一覧, zh-Hans: 图书馆名录, ko: 도서관 목록, source: en}
    kept_by: institution/compiler
...
"""
LIBRARIES = {
    "ndl": ("ja=国立国会図書館", "en=National Diet Library", "zh-Hans=日本国立国会图书馆", "ko=일본국립국회도서관"),
    "nlc": ("zh-Hans=中国国家图书馆", "en=National Library of China", "ja=中国国家図書館", "ko=중국국가도서관"),
    "nlk": ("ko=국립중앙도서관", "en=National Library of Korea", "ja=韓国国立中央図書館", "zh-Hans=韩国国立中央图书馆"),
}


@dataclass(frozen=True)
class Staff:
    """Somebody who works at one of them."""

    username: str
    name: str
    role: str
    library: str


STAFF = (
    Staff("sato", "佐藤 由美", "head", "ndl"),
    Staff("ito", "伊藤 健", "officer", "ndl"),
    Staff("mun", "문지영", "translator", "ndl"),
    Staff("gao", "高文远", "head", "nlc"),
    Staff("lin", "林静", "officer", "nlc"),
    Staff("han", "한가람", "head", "nlk"),
    Staff("yun", "윤서진", "officer", "nlk"),
)


def found(home: Path) -> None:
    """Set the libraries up in a new folder, in one process of its own."""
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.founding"],
        env={**os.environ, "KORYU_HOME": str(home), "KORYU_DATABASE": "", "KORYU_DEBUG": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def commands(home: Path) -> list[list[str]]:
    """What the operator types."""
    partner = home / "partner.yaml"
    partner.write_text(PARTNER, "utf-8")
    given: list[list[str]] = [["load", str(partner)]]
    for address, names in LIBRARIES.items():
        head = next(one for one in STAFF if one.library == address and one.role == "head")
        given.append(["institution", "add", address, *names, "--head", head.username, "--head-name", head.name])
    for one in STAFF:
        if one.role != "head":
            given.append(["role", "give", one.username, one.role, f"institution/{one.library}", "--name", one.name])
        given.append(["passwd", one.username])
    return [*given, ["prepare"]]


def agree_on_visits() -> None:
    """Let a memorandum of two of them stand, agreed by their heads."""
    from django.conf import settings

    from koryu.consent import actions
    from koryu.records.kinds import document_of

    ndl, nlc = (f"tag:{settings.NAMES}:institution/{address}" for address in ("ndl", "nlc"))
    record, at = f"tag:{settings.NAMES}:agreement/{VISITS}", "2026-05-12T01:00:00Z"
    content = {
        "kind": "agreement",
        "type": "memorandum of understanding",
        "title": {"en": "Memorandum on mutual visits", "ja": "相互訪問に関する覚書", "source": "en"},
        "institutions": [ndl, nlc],
        "provides": {"en": "One visit a year, in turn.", "source": "en"},
    }
    said: dict[str, Any] = {"record": record, "at": at}
    version = actions.propose(institution=ndl, document=document_of(content), replaces=None, by="sato", **said)
    actions.accept(institution=nlc, version=version, by="gao", **said)


def sign_in(home: Path) -> None:
    """Begin a session for everybody, to be found by their user names in SESSIONS."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    sessions = {}
    for one in STAFF:
        client = Client()
        account = get_user_model().objects.get(username=one.username)
        client.force_login(account, backend="koryu.desk.account.backend.OneStatement")
        sessions[one.username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    (home / SESSIONS).write_text(json.dumps(sessions), "utf-8")


if __name__ == "__main__":
    from koryu.cli import koryu

    for command in commands(Path(os.environ["KORYU_HOME"])):
        # Read by `passwd` alone.
        sys.stdin = io.StringIO(f"{PASSWORD}\n")
        koryu(command, prog_name="koryu", standalone_mode=False)
    agree_on_visits()
    sign_in(Path(os.environ["KORYU_HOME"]))
