"""`koryu load` and `koryu demo`: data sets into the database."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from koryu.cli import serving
from koryu.cli.clock import now
from koryu.cli.progress import told
from koryu.ingest import actions
from koryu.ingest.dataset import read

SHIPPED = Path(__file__).parent.parent / "data"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def load(files: tuple[Path, ...]) -> None:
    """Record what the data sets in FILES say, all of them or none.

    What stands already is not said again; a record that has since been agreed is left alone and named.
    """
    report = put_on_record(files)
    click.echo(f"{len(report.recorded)} recorded, {len(report.unchanged)} unchanged.")
    for uri in report.left_alone:
        click.echo(f"Left alone, because it has been agreed: {uri}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(host: str, port: int) -> None:
    """Load the record that Koryu ships and serve it."""
    serving.make_ready(host, port)
    put_on_record(shipped())
    serving.answer_at(host, port)


def shipped() -> list[Path]:
    """The data files that come with Koryu."""
    return sorted(SHIPPED.glob("**/*.yaml"))


def put_on_record(files: Sequence[Path]) -> actions.Report:
    """Load these files, showing how far it is."""
    sets = [read(file) for file in told(files, saying="Reading")]
    return actions.load(sets, at=now(), tell=partial(told, saying="Recording"))
