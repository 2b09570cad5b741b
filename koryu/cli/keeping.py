"""`koryu rebuild` and `koryu erase`: what is derived made anew, and what must go taken out."""

import click

from koryu.cli.names import record_uri
from koryu.cli.progress import told
from koryu.consent import actions
from koryu.desk.clock import now
from koryu.ledger import queries as ledger


@click.command()
def rebuild() -> None:
    """Empty the archive and replay the ledger: every page comes out as it was."""
    total = ledger.last_number()
    replayed = actions.rebuild(tell=lambda entries: told(entries, saying="Replaying", total=total))
    click.echo(f"{replayed} entries replayed.")


@click.command()
@click.argument("name")
@click.option("--institution", required=True, help="Which institution has it erased: its URI, or institution/ndl.")
@click.option("--by", required=True, help="The handle of the person who does it for the institution.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(name: str, institution: str, by: str, yes: bool) -> None:
    """Erase the contents of the record called NAME for good. Its digests stay, so that the chain still verifies."""
    uri = record_uri(name)
    if not yes:
        click.confirm(f"Erase every version of {uri}? This cannot be undone.", abort=True)
    erased = actions.erase(institution=record_uri(institution), record=uri, by=by, at=now())
    click.echo(f"{erased} versions erased.")
