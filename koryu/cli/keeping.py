"""`koryu rebuild` and `koryu erase`: what is derived made anew, and what must go taken out."""

import click

from koryu.cli.names import record_uri
from koryu.cli.progress import told
from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.desk.clock import now
from koryu.ledger import queries as ledger
from koryu.notices import actions as telling
from koryu.notices import queries as notices


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
    """Erase everything the record called NAME says, for good: its contents, and what was written about them.

    Says first what goes, and asks. The digests stay, so that the chain still verifies.
    """
    uri = record_uri(name)
    for line in _going(consent.what_goes(uri), notices=notices.told_of(uri)):
        click.echo(line)
    if not yes:
        click.confirm(f"Erase {uri}? This cannot be undone.", abort=True)
    erased = actions.erase(
        institution=record_uri(institution), record=uri, by=by, at=now(), forgetting=[telling.forget]
    )
    click.echo(f"{erased} versions erased.")
    if ledger.is_to_be_wiped():
        click.echo("Another process reads the database: `koryu tend` overwrites the bytes as soon as it can.", err=True)


def _going(going: consent.Going, *, notices: int) -> list[str]:
    """What goes, how many of each, and what stays."""
    counted = {
        "versions": going.versions,
        "reasons and remarks": going.texts,
        "drafts that were sent": going.drafts,
        "comments on them": going.comments,
        "notes": going.notes,
        "notices": notices,
        "files": going.files,
    }
    gone = ", ".join(f"{count} {what}" for what, count in counted.items() if count)
    lines = [f"This goes for good: {gone or 'nothing'}.", "Their digests stay, and who said what when."]
    return [*lines, f"{going.unsent} drafts that were not sent stay."] if going.unsent else lines
