"""Acts through the door, in processes that are killed before the first thing they write, before the second, and so on.

Run as a program, with KORYU_HOME naming an empty folder; writes, as JSON, what each of them left behind.
"""

import json
import os
import re
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import django

HOME = Path(os.environ["KORYU_HOME"])
BEFORE = HOME / "before.sqlite3"
WRITES = re.compile(r"\s*(BEGIN|INSERT|UPDATE|DELETE|SAVEPOINT|RELEASE|COMMIT)")


def prepare() -> None:
    """One proposal to two institutions, one of them without a key here; and the head of each of the others."""
    from django.core.management import call_command
    from django.db import connection

    from tests.desk.people import person
    from tests.world import COMPILER, NDL, NLC, NLK, House, exchange, give_voice, put_on_record, uri

    call_command("migrate", verbosity=0)
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NLK)
    House(NDL).propose(exchange(NDL, NLK))
    House(NDL, uri("exchange/two")).propose(exchange(NDL, NLC))
    submit_package()
    person("ours", (NDL, "head"))
    person("theirs", (NLC, "head"))
    connection.close()
    database().rename(BEFORE)


def submit_package() -> None:
    """An exchange of one institution and two papers of it, submitted together."""
    from koryu.consent import actions, queries
    from tests.world import HEAD, NDL, drafted, exchange, paper, uri

    three = uri("exchange/three")
    drafts = [drafted(NDL, exchange(NDL), three)]
    drafts += [drafted(NDL, paper(NDL, three), uri(f"paper/{number}")) for number in range(2)]
    shown = queries.package_digest(queries.drafts_numbered(drafts))
    actions.submit_together(institution=NDL, exchange=three, drafts=drafts, shown=shown, **HEAD)


def database() -> Path:
    from django.conf import settings

    return Path(settings.DATABASES["default"]["NAME"])


def fresh() -> None:
    for beside in ("-wal", "-shm"):
        database().with_name(database().name + beside).unlink(missing_ok=True)
    shutil.copy(BEFORE, database())


def act(what: str) -> None:
    """One act, as the browser would do it."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from koryu.institutions.models import Account
    from tests.world import EXCHANGE, NLK, history, uri

    client = Client()
    if what == "package":
        act_on_package(client)
        return
    username, record = ("ours", EXCHANGE) if what == "letter" else ("theirs", uri("exchange/two"))
    backend = "koryu.desk.account.backend.OneStatement"
    client.force_login(Account.objects.get(username=username), backend=backend)
    typed: dict[str, Any] = {"version": history(record).open_versions[0], "text-en": "Not this year"}
    if what == "letter":
        typed |= {"on_behalf_of": NLK, "letter": SimpleUploadedFile("letter.pdf", b"%PDF-1.7")}
    kill_at(int(os.environ["KILLED_AT"]))
    client.post(f"/desk/record/{record}/act/{what}/", typed)


def act_on_package(client: Any) -> None:
    """Approve what was submitted together."""
    from koryu.consent import queries
    from koryu.institutions.models import Account
    from tests.world import NDL

    (package,) = queries.packages_in(queries.drafts_of(NDL))
    backend = "koryu.desk.account.backend.OneStatement"
    client.force_login(Account.objects.get(username="ours"), backend=backend)
    kill_at(int(os.environ["KILLED_AT"]))
    client.post(f"/desk/exchange/three/send/{package.together}/", {"shown": package.digest, "do": "approve"})


def warm(what: str) -> None:
    """Do it once undisturbed, so that every process after this one begins with everything read in."""
    from django.db import connection

    fresh()
    os.environ["KILLED_AT"] = "0"
    act(what)
    connection.close()


def kill_at(number: int) -> None:
    """Kill this process before its write of this number."""
    from django.db import connection

    seen = 0

    def count(sql: str) -> None:
        nonlocal seen
        if WRITES.match(sql):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    connection.ensure_connection()
    connection.connection.set_trace_callback(count)


def left_behind() -> list[Any]:
    """What the ledger, the files and the archive hold now, beyond what they held before."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT said FROM ledger_entry WHERE said IN ('accepted', 'accepted by letter', 'declined', 'concluded') "
            "ORDER BY number"
        )
        said = [one for (one,) in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM ledger_file")
        files = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM consent_draft WHERE sent <> ''")
        sent = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM archive_record WHERE kind = 'exchange' AND stands_id IS NOT NULL")
        stands = cursor.fetchone()[0]
    connection.close()
    return [said, files, stands, sent]


def main(*acts: str) -> None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    django.setup()
    prepare()
    warm(acts[0])
    found: dict[str, list[Any]] = {}
    for what in acts:
        found[what] = []
        for number in range(1, 400):
            fresh()
            child = os.fork()
            if child == 0:
                os.environ["KILLED_AT"] = str(number)
                act(what)
                os._exit(0)
            _, status = os.waitpid(child, 0)
            found[what].append([os.WIFSIGNALED(status), *left_behind()])
            if not os.WIFSIGNALED(status):
                break
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
