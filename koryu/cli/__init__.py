"""Koryu's commands: 0 is fine, 1 is nothing found or not true, 2 is input that cannot be used, in one sentence."""

import sys
from copy import copy
from dataclasses import dataclass
from functools import wraps
from importlib import import_module

import click

from koryu import __version__
from koryu.cli import database
from koryu.cli.terminal import plain
from koryu.values.reason import Refused


@dataclass(frozen=True)
class Command:
    """Where a command lives: in `module`, under the command's own name."""

    module: str
    says: str
    # None: the settings, and it sees to the tables itself.
    needs_tables: bool | None


# In the order in which they are listed. `verify` and `schemas` must go on needing neither database nor settings.
COMMANDS = {
    "demo": Command("koryu.cli.demo", "Load the record that Koryu ships and serve it.", needs_tables=False),
    "serve": Command("koryu.cli.serving", "Serve the pages at an address of this machine.", needs_tables=False),
    "prepare": Command("koryu.cli.serving", "Collect the static files.", needs_tables=True),
    "migrate": Command("koryu.cli.database", "Bring the tables up to date with this release.", needs_tables=None),
    "backup": Command("koryu.cli.backup", "Write everything that is kept to a file.", needs_tables=True),
    "restore": Command("koryu.cli.backup", "Put a backup into an empty database.", needs_tables=None),
    "check": Command("koryu.cli.checking", "Check settings, keys, space, mail and clock.", needs_tables=None),
    "load": Command("koryu.cli.loading", "Record what data sets say.", needs_tables=True),
    "export": Command(
        "koryu.cli.read_commands", "Write the public record, each record with its proof.", needs_tables=True
    ),
    "show": Command("koryu.cli.read_commands", "Show one record.", needs_tables=True),
    "find": Command("koryu.cli.search_command", "Find records, in any script.", needs_tables=True),
    "index": Command("koryu.cli.search_command", "Let the search catch up with the record.", needs_tables=True),
    "history": Command("koryu.cli.read_commands", "Tell everything that was said of a record.", needs_tables=True),
    "journal": Command("koryu.cli.read_commands", "Tell every change that is not sealed.", needs_tables=True),
    "verify": Command("koryu.cli.verifying", "Check exported records, without a database.", needs_tables=False),
    "rebuild": Command("koryu.cli.maintenance", "Empty the archive and replay the ledger.", needs_tables=True),
    "erase": Command("koryu.cli.maintenance", "Erase the contents of a record for good.", needs_tables=True),
    "institution": Command("koryu.cli.accounts", "Found an institution, and list them.", needs_tables=True),
    "key": Command("koryu.cli.keying", "Give, confirm, renew, retire and list keys.", needs_tables=True),
    "role": Command("koryu.cli.accounts", "Give, take and list the roles of people.", needs_tables=True),
    "passwd": Command("koryu.cli.accounts", "Set the password of a person.", needs_tables=True),
    "tend": Command(
        "koryu.cli.worker",
        "Run the background tasks: notices, the search, deleting what has expired.",
        needs_tables=True,
    ),
    "practice": Command("koryu.cli.practice", "Serve a practice area of invented libraries.", needs_tables=False),
    "schemas": Command("koryu.cli.schemas", "Write the JSON Schema of each kind of record.", needs_tables=False),
}


def with_tables(command: click.Command) -> click.Command:
    """The command, seeing that the tables are there when it is run, and not when it only explains itself."""
    run = command.callback
    assert run is not None

    @wraps(run)
    def run_with_tables(*given: object, **named: object) -> object:
        database.ready()
        return run(*given, **named)

    made = copy(command)  # so that a command loaded twice is not wrapped twice
    made.callback = run_with_tables
    return made


class Commands(click.Group):
    """Loads a command when it is called, and Django's tables only for a command that needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        entry = COMMANDS[cmd_name]
        if entry.needs_tables is not False:
            database.set_up()
        command = getattr(import_module(entry.module), cmd_name)
        assert isinstance(command, click.Command)
        return with_tables(command) if entry.needs_tables else command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.says) for name, entry in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="koryu")
def koryu() -> None:
    """Mutual visit programmes between libraries, from the letter of intent to the published record."""


def main() -> None:
    """Run the command named on the command line, and leave the process with its exit code."""
    for word in sys.argv[1:]:
        # Bytes that are no UTF-8 come as halves of pairs, and no database takes those.
        if not word.isascii() and any("\ud800" <= letter <= "\udfff" for letter in word):
            click.echo(f"{plain(word)}: this is not text in UTF-8.", err=True)
            sys.exit(2)
    try:
        koryu(prog_name="koryu")
    except Refused as refused:
        click.echo(plain(str(refused.reason)), err=True)
        sys.exit(2)
