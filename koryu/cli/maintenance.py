"""`koryu rebuild` and `koryu erase`: what is derived made anew, and what must go taken out."""

from typing import Any

import click

from koryu.cli.progress import told
from koryu.cli.record_names import record_uri
from koryu.cli.terminal import say
from koryu.consent import actions
from koryu.consent.queries.what_erasing_takes import Going, what_goes
from koryu.correspondence.actions import forget_contacts
from koryu.desk.clock import now
from koryu.ledger import queries as ledger
from koryu.notices import actions as telling
from koryu.notices import queries as notices


@click.command()
def rebuild() -> None:
    """Empty the archive and replay the ledger: every page comes out as it was."""
    total = ledger.last_number()
    replayed = actions.rebuild(tell=lambda entries: told(entries, saying="Replaying", total=total))
    say(f"{replayed} entries replayed.")


@click.command()
@click.argument("name")
@click.option("--institution", required=True, help="Which institution has it erased: its URI, or institution/ndl.")
@click.option("--by", required=True, help="The user name of the person who does it for the institution.")
@click.option("--requested", is_flag=True, help="A person named in it has asked for it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(name: str, institution: str, by: str, requested: bool, yes: bool) -> None:
    """Erase what an institution can have erased of the record called NAME, for good, and what was written about it.

    What several institutions have agreed goes at the request of a person named in it (--requested), or by a version
    they all agree to. Says what goes, and asks. The digests stay, so that the chain still verifies.
    """
    uri = record_uri(name)
    who: dict[str, Any] = {"institution": record_uri(institution), "at_request_of_named": requested}
    going = what_goes(uri, **who)
    goes = _counted(going, notices=notices.told_of(uri))
    if not yes:
        say(f"This goes for good: {goes}. Their digests stay, and who said what when.")
        if going.unsent:
            say(f"What stays: {going.unsent} drafts that were not sent. Whoever writes them can discard them.")
        click.confirm(f"Erase {uri}? This cannot be undone.", abort=True)
    actions.erase(record=uri, by=by, at=now(), forgetting=[telling.forget, forget_contacts], **who)
    say(f"Erased for good: {goes}.")
    if ledger.is_to_be_wiped():
        say("Another process reads the database: `koryu tend` overwrites the bytes as soon as it can.", err=True)


def _counted(going: Going, *, notices: int) -> str:
    """What goes, and how many of each."""
    counted = {
        "versions": going.versions,
        "reasons and remarks": going.texts,
        "drafts that were sent": going.drafts,
        "comments on them": going.comments,
        "notes": going.notes,
        "notices": notices,
        "files": going.files,
    }
    return ", ".join(f"{count} {what}" for what, count in counted.items() if count) or "nothing"
