"""`koryu export`, `koryu show` and `koryu history`: what is on record, for people and for programs."""

import json
from itertools import islice

import click

from koryu.archive import queries as archive
from koryu.cli.progress import told
from koryu.cli.record_names import record_uri
from koryu.cli.terminal import in_line, say
from koryu.consent import queries as consent
from koryu.consent.queries import key_list
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Statement
from koryu.journal.queries import lines
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
        say(json.dumps(key_list(), ensure_ascii=False, indent=1))
        return
    for uri in told(archive.uris(*kinds, asking=archive.EVERYBODY), saying="Exporting"):
        say(json.dumps(exporting.bundle(uri, asking=archive.EVERYBODY), ensure_ascii=False, separators=(",", ":")))


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="As exported: with its history and its proof.")
def show(name: str, as_json: bool) -> None:
    """Show the record called NAME (a URI, or a kind and an address: programme/ndl-nlc)."""
    uri = record_uri(name)
    if as_json:
        say(json.dumps(exporting.bundle(uri, asking=archive.EVERYBODY), ensure_ascii=False, indent=1))
        return
    record = archive.record_named(uri, asking=archive.EVERYBODY)
    if record is None:
        say(f"{uri}: it is not public, or its content has been erased.")
        raise SystemExit(1)
    say(f"{uri}\n{record.version.basis}, version {record.version.number}, {record.version.at}\n")
    for place, value in walk(record.document):
        if isinstance(value, Text):
            say(f"{place.path}:")
            for tag, text in value.forms.items():
                say(f"  {tag}: {text}")
        elif value is not None and place.path and isinstance(value, str | int):
            say(f"{place.path}: {value}")


@click.command()
@click.argument("name")
def history(name: str) -> None:
    """Tell everything that was said of the record called NAME, in order."""
    said = consent.history(record_uri(name))
    for statement in said.statements:
        say(_line(statement, said))


@click.command()
@click.option("--institution", help="Only what was done for this institution: its URI, or institution/ndl.")
@click.option("--most", type=click.IntRange(1), help="Only so many lines.")
def journal(institution: str | None, most: int | None) -> None:
    """Tell every change that is not sealed, the latest first: when, who, for whom, what, about what."""
    wanted = record_uri(institution) if institution else None
    changes = (line for line in lines() if wanted is None or line.institution == wanted)
    for line in islice(changes, most):
        values = " ".join(f"{name}={value}" for name, value in sorted(line.values.items()))
        say(in_line(line.at, line.by, line.institution or "-", str(line.change), line.about, values))


def _line(said: Statement, history: History) -> str:
    letter = f" for {said.on_behalf_of}, letter {said.letter}" if said.on_behalf_of else ""
    stands = "  (stands)" if said.version == history.in_force and said.said in ("recorded", "concluded") else ""
    return in_line(said.at, said.institution, f"{said.said}{letter}", f"{said.version or ''}{stands}")
