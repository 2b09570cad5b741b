"""`koryu load`: data sets into the database."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from koryu.cli.progress import told
from koryu.desk.clock import now
from koryu.ingest import actions
from koryu.ingest.dataset import read


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
    for programme, number, bearers in report.borne_twice:
        click.echo(f"The number {number} of {programme} is borne by {len(bearers)} records: {', '.join(bearers)}")


def put_on_record(files: Sequence[Path]) -> actions.Report:
    """Load these files, showing how far it is."""
    sets = [read(file) for file in told(files, saying="Reading")]
    return actions.load(sets, at=now(), tell=partial(told, saying="Recording"))
