"""`koryu load`: data sets into the database."""

from functools import partial
from pathlib import Path

import click

from koryu.cli.progress import told
from koryu.cli.terminal import say
from koryu.desk.clock import now
from koryu.ingest import actions
from koryu.ingest.dataset import BadFile, read_all
from koryu.values.reason import Reason, Refused


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, replaced and refused, and record nothing.")
@click.option("--replace", is_flag=True, help="Replace what has changed without asking.")
def load(files: tuple[Path, ...], dry_run: bool, replace: bool) -> None:
    """Record what the data sets in FILES say, all of them or none.

    What stands already is not said again; a record that has since been agreed is left alone and named. Before an
    account that the same compiler recorded is replaced by another one, this asks.
    """
    sets = read_all(told(files, saying="Reading"))
    plan = actions.plan(sets)
    if dry_run:
        _tell_plan(plan)
        if refused := actions.refusals(sets):
            raise BadFile(refused)
        return
    if plan.replaced and not replace:
        _ask(plan)
    report = actions.load(sets, at=now(), tell=partial(told, saying="Recording"))
    say(f"{len(report.recorded)} recorded, {len(report.unchanged)} unchanged.")
    for uri in plan.beside:
        say(f"Recorded beside another account: {uri}")
    for uri in report.left_alone:
        say(f"Left alone, because it has been agreed: {uri}")
    for programme, number, bearers in report.borne_twice:
        say(f"The number {number} of {programme} is used by {len(bearers)} records: {', '.join(bearers)}")


def _tell_plan(plan: actions.Plan) -> None:
    counts = f"{len(plan.new)} new, {len(plan.replaced)} to be replaced, {len(plan.unchanged)} unchanged"
    say(f"{counts}. Nothing is recorded.")
    for said, uris in (
        ("Would replace", plan.replaced),
        ("Would stand beside another account", plan.beside),
        ("Would be left alone, because it has been agreed", plan.left_alone),
    ):
        for uri in uris:
            say(f"{said}: {uri}")


def _ask(plan: actions.Plan) -> None:
    """Go on if whoever loads says so; end otherwise, and nothing is recorded."""
    for uri in plan.replaced:
        say(f"Would replace: {uri}", err=True)
    try:
        click.confirm(f"Replace {len(plan.replaced)} accounts recorded before?", abort=True, err=True)
    except click.Abort:
        message = Reason("nothing is recorded; --replace replaces without asking, --dry-run only says what would be")
        raise Refused(message) from None
