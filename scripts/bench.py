"""What is promised about speed, measured: a table of medians; competitors are measured in the same run, in turns."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import urlencode, urlsplit

HOME: Final = Path(tempfile.mkdtemp(prefix="koryu-bench-"))
os.environ |= {"KORYU_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "koryu.settings", "KORYU_DATABASE": ""}
os.environ.pop("KORYU_DEBUG", None)
BIN: Final = Path(sys.executable).parent
PAGE: Final = "/en/programme/ndl-nlc/"
# What is asked before memory is measured again: each class of query, and one that finds nothing.
SEARCHED: Final = (
    "図書館 國會 图书馆 도서관 としょかん toshokan tushuguan doseogwan library t'u-shu-kuan Murakmi 交流".split()
)
ROUNDS: Final = 5


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, what it came to, and what is promised."""

    what: str
    measured: str
    promised: str


def main() -> int:
    """Measure what the command line names (load, backup, pages, desk, sheets, dates, schedules, letters, …), or all."""
    groups: dict[str, Callable[[], list[Row]]] = {
        "load": loading,
        "backup": backing_up,
        "serving": serving,
        "pages": pages,
        "desk": desk,
        "doors": doors,
        "together": together,
        "visit": visiting,
        "handed-on": handed_on,
        "sheets": sheets,
        "dates": dates,
        "letters": letters,
        "tables": tables,
        "calendars": calendars,
        "schedules": schedules,
        "tend": tending,
        "search": searching,
    }
    chosen = sys.argv[1:] or list(groups)
    try:
        rows = []
        for name in chosen:
            rows += [pace(), *groups[name]()]
        rows.append(pace())
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
    print("| what | measured | promised |\n|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.measured} | {row.promised} |")
    return 0


def pace() -> Row:
    """How fast this machine is at this moment: by it, figures of one run can be compared with those of another."""
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        sum(number * number % 7 for number in range(1_000_000))
        taken.append((time.process_time() - began) * 1000)
    return Row("the pace of the machine: a million small sums", f"{median(taken):.0f} ms of CPU", "–")


def loading() -> list[Row]:
    """The shipped record into an empty database."""
    taken = []
    for place in range(3):
        home = HOME / f"load-{place}"
        files = [str(file) for file in sorted(Path("koryu/data").glob("**/*.yaml"))]
        began = time.monotonic()
        koryu("load", *files, home=home)
        taken.append(time.monotonic() - began)
    return [Row("loading the shipped record into an empty database", f"{median(taken):.1f} s", "at most 10 s")]


def koryu(*arguments: str, home: Path) -> None:
    subprocess.run(
        [BIN / "koryu", *arguments], env={**os.environ, "KORYU_HOME": str(home)}, check=True, stdout=subprocess.DEVNULL
    )


def backing_up() -> list[Row]:
    """Everything of the shipped record into a file."""
    home, taken = HOME / "backup", []
    koryu("load", *map(str, sorted(Path("koryu/data").glob("**/*.yaml"))), home=home)
    for place in range(3):
        began = time.monotonic()
        koryu("backup", str(HOME / f"backup-{place}"), home=home)
        taken.append(time.monotonic() - began)
    return [Row("a backup of the shipped record", f"{median(taken):.1f} s", "at most 2 s")]


def serving() -> list[Row]:
    """A kept page against granian's own static files, by wrk in turns; time to the first page; memory after load."""
    if shutil.which("wrk") is None:
        return [Row("serving", "wrk is not on this machine (apt-get install wrk)", "")]
    home = HOME / "serving"
    koryu("load", *map(str, sorted(Path("koryu/data").glob("**/*.yaml"))), home=home)
    began = time.monotonic()
    server = subprocess.Popen(
        [BIN / "koryu", "serve", "--port", "8765"],
        env={**os.environ, "KORYU_HOME": str(home)},
        stdout=subprocess.DEVNULL,
    )
    body = first_page("http://127.0.0.1:8765" + PAGE)
    first = time.monotonic() - began
    folder = HOME / "static-files"
    folder.mkdir()
    (folder / "page.html").write_bytes(body)
    (folder / "nothing.py").write_text("def application(environ, start_response): raise NotImplementedError\n")
    granian = ["--interface", "wsgi", "nothing:application", "--port", "8766", "--blocking-threads", "4"]
    files = ["--static-path-mount", str(folder), "--static-path-route", "/files", "--log-level", "error"]
    static = subprocess.Popen([str(BIN / "granian"), *granian, *files], cwd=folder)
    first_page("http://127.0.0.1:8766/files/page.html")
    try:
        rates = [
            (wrk("http://127.0.0.1:8765" + PAGE), wrk("http://127.0.0.1:8766/files/page.html")) for _ in range(ROUNDS)
        ]
        memory = resident(server.pid)
        for query in (*SEARCHED, *SEARCHED):
            first_page("http://127.0.0.1:8765/ja/find/?" + urlencode({"q": query}))
        after_searches = resident(server.pid)
    finally:
        for process in (server, static):
            process.terminate()
            process.wait(timeout=30)
    kept, static_files = median(kept for kept, _ in rates), median(rate for _, rate in rates)
    ratio = median(kept / rate for kept, rate in rates)
    return [
        Row(
            f"a kept page of {len(body)} bytes against granian’s static files",
            f"{kept:.0f} to {static_files:.0f} a second, ratio {ratio:.2f}",
            "at least 0.45",
        ),
        Row("from `koryu serve` to the first page", f"{first:.1f} s", "at most 2 s"),
        Row("serving processes after that load", f"{memory:.0f} MB", "at most 150 MB"),
        Row(f"the same after {2 * len(SEARCHED)} searches more", f"{after_searches:.0f} MB", "at most 150 MB"),
    ]


def searching() -> list[Row]:
    """How well the shipped record is found; and how fast a million titles are, beside others in turns."""
    from tests.bench.bench_search import run
    from tests.search import measure

    found = measure.answers(measure.indexed(HOME / "recall"), measure.groups())
    print(measure.table(found), flush=True)
    held_out = [one for one in found if one.held_out]
    ranks = [one.reciprocal_rank for one in found]
    return [
        Row(f"recall@10 of {len(found)} queries", f"{measure.recall(found):.3f}", "at least 0.97"),
        Row(f"the same of the {len(held_out)} held out", f"{measure.recall(held_out):.3f}", "at least 0.97"),
        Row("mean reciprocal rank", f"{measure.mean(ranks):.3f}", "–"),
        *(Row(*row) for row in run(texts=1_000_000, number=60, folder=HOME / "search")),
    ]


def first_page(named: str) -> bytes:
    """The page at an address, asked for until it is there."""
    address = urlsplit(named)
    for _ in range(2000):
        try:
            connection = HTTPConnection(address.netloc, timeout=10)
            connection.request("GET", address.path)
            return bytes(connection.getresponse().read())
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(named)


def wrk(address: str) -> float:
    """Requests a second over three seconds and eight connections."""
    program = shutil.which("wrk")
    assert program
    told = subprocess.run([program, "-t1", "-c8", "-d3s", address], capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in told, told
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert found, told
    return float(found.group(1))


def resident(pid: int) -> float:
    """Resident memory of a process and its children, in MB."""
    found = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        parent = int(re.findall(r"PPid:\s+(\d+)", text)[0])
        if int(status.parent.name) == pid or parent == pid:
            # A process that has ended, and was not asked how, holds nothing.
            found += sum(map(int, re.findall(r"VmRSS:\s+(\d+)", text))) / 1024
    return found


def pages() -> list[Row]:
    """CPU to render a page of made-up records, kept pages left out."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from koryu.ingest.actions import load
    from tests.made_up import data_set

    load([data_set(programmes=10, exchanges=100)], at="2026-11-22T09:00:00Z")
    return [
        rendered("an exchange with 12 sessions and 40 papers", "/en/exchange/big/", 6),
        rendered("a programme of 100 exchanges", "/en/programme/1/", 15),
        rendered("the timeline of 1,000 exchanges", "/en/timeline/", 25),
    ]


def desk() -> list[Row]:
    """The pages of the desk, in a database of their own."""
    _database_of("desk")
    from tests.bench.bench_desk import run

    return [Row(*row) for row in run()]


def doors() -> list[Row]:
    """What is asked of whatever is said, and of an export, in a database of their own."""
    _database_of("doors")
    from tests.bench.bench_doors import run

    return [Row(*row) for row in run()]


def together() -> list[Row]:
    """Several texts of an exchange sent in one act, in a database of their own."""
    _database_of("together")
    from tests.bench.bench_together import run

    return [Row(*row) for row in run()]


def visiting() -> list[Row]:
    """Arrangements and private links of a full exchange, in a database of their own."""
    _database_of("visit")
    from tests.bench.bench_visit import run

    return [Row(*row) for row in run()]


def handed_on() -> list[Row]:
    """Translations, closing and handover, in a database of their own."""
    _database_of("handed-on")
    from tests.bench.bench_handed_on import run

    return [Row(*row) for row in run()]


def sheets() -> list[Row]:
    """What is typed and pasted into rows: no database is asked."""
    import django

    django.setup()
    from tests.bench.bench_sheets import run

    return [Row(*row) for row in run()]


def tables() -> list[Row]:
    """What comes and goes as a spreadsheet or a mail: no database is asked."""
    import django

    django.setup()
    from tests.bench.bench_tables import run

    return [Row(*row) for row in run()]


def dates() -> list[Row]:
    """Which dates are possible for all: no database is asked."""
    from tests.bench.bench_dates import run

    return [Row(*row) for row in run()]


def letters() -> list[Row]:
    """A programme as PDF and a list as Word: no database is asked."""
    import django

    django.setup()
    from tests.bench.bench_letters import run

    return [Row(*row) for row in run()]


def calendars() -> list[Row]:
    """Calendar files read, calendars written, a year drawn, in a database of their own."""
    _database_of("calendars")
    from tests.bench.bench_calendars import run

    return [Row(*row) for row in run()]


def schedules() -> list[Row]:
    """The steps of schedules, counted: no database is asked."""
    import django

    django.setup()
    from tests.bench.bench_schedule import run

    return [Row(*row) for row in run()]


def tending() -> list[Row]:
    """A round of tending with 500 exchanges planned, in a database of its own."""
    _database_of("tend")
    from tests.bench.bench_tend import run

    return [Row(*row) for row in run()]


def _database_of(group: str) -> None:
    """An empty database, in the place of the one that was there."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    connection.close()
    connection.settings_dict["NAME"] = HOME / f"{group}.sqlite3"
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def rendered(what: str, path: str, promised: int) -> Row:
    """The median CPU of rendering a page, in milliseconds."""
    from django.test import Client

    client = Client()
    taken = []
    for _ in range(60):
        began = time.process_time()
        answer = client.get(path)
        taken.append((time.process_time() - began) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    return Row(what, f"{median(taken[5:]):.1f} ms of CPU", f"at most {promised} ms")


if __name__ == "__main__":
    sys.exit(main())
