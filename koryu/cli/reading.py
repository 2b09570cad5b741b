"""`koryu export`, `koryu show` and `koryu history`: what is on record, for people and for programs."""

import json

import click

from koryu.archive import queries as archive
from koryu.cli.names import record_uri
from koryu.cli.progress import told
from koryu.cli.terminal import plain
from koryu.consent import queries as consent
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Statement
from koryu.institutions import queries as institutions
from koryu.publishing import export as exporting
from koryu.records.kinds import KINDS
from koryu.records.links import walk
from koryu.values.text import Text


@click.command()
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="Only this kind; may be repeated.")
@click.option("--keys", is_flag=True, help="Write the list of keys instead: which belong to which institution.")
def export(kinds: tuple[str, ...], keys: bool) -> None:
    """Write the public record to the standard output, one record a line, each with its proof."""
    if keys:
        click.echo(json.dumps(institutions.keys(), indent=1))
        return
    for uri in told(archive.uris(*kinds), saying="Exporting"):
        click.echo(json.dumps(exporting.bundle(uri), ensure_ascii=False, separators=(",", ":")))


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="As exported: with its history and its proof.")
def show(name: str, as_json: bool) -> None:
    """Show the record called NAME (a URI, or a kind and an address: programme/ndl-nlc)."""
    uri = record_uri(name)
    if as_json:
        click.echo(json.dumps(exporting.bundle(uri), ensure_ascii=False, indent=1))
        return
    record = archive.record_named(uri)
    if record is None:
        click.echo(f"{uri}: its content has been erased.")
        raise SystemExit(1)
    click.echo(f"{uri}\n{record.version.basis}, version {record.version.number}, {record.version.at}\n")
    for place, value in walk(record.document):
        if isinstance(value, Text):
            click.echo(f"{place.path}:")
            for tag, text in value.forms.items():
                click.echo(plain(f"  {tag}: {text}"))
        elif value is not None and place.path and isinstance(value, str | int):
            click.echo(plain(f"{place.path}: {value}"))


@click.command()
@click.argument("name")
def history(name: str) -> None:
    """Tell everything that was said of the record called NAME, in order."""
    said = consent.history(record_uri(name))
    for statement in said.statements:
        click.echo(plain(_line(statement, said)))


def _line(said: Statement, history: History) -> str:
    letter = f" for {said.on_behalf_of}, letter {said.letter}" if said.on_behalf_of else ""
    stands = "  (stands)" if said.version == history.in_force and said.said in ("recorded", "concluded") else ""
    return f"{said.at}  {said.institution}  {said.said}{letter}  {said.version or ''}{stands}".rstrip()
