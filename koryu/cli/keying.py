"""`koryu key`: first keys, confirmed outside Koryu; the next ones; and what to do when one is lost or stolen."""

import re

import click

from koryu.cli.bad_input import BadInput
from koryu.cli.record_names import record_uri
from koryu.cli.terminal import in_line, say
from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.desk.clock import now
from koryu.institutions import queries
from koryu.institutions.rules import OPERATOR
from koryu.ledger.queries import LedgerEntry
from koryu.seals.keys import PublicKey, SecretKey
from koryu.values.reason import Refused

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_confirmed = click.option(
    "--confirmed", is_flag=True, help="Do not ask: the institution has confirmed the fingerprint outside Koryu."
)
_lost = click.option(
    "--lost", is_flag=True, help="In the place of the key in use, of which the secret half is gone or was stolen."
)


@click.group()
def key() -> None:
    """Give, confirm, renew, retire and list the keys with which institutions seal what they say."""


@key.command("list")
@click.argument("name", required=False)
def list_(name: str | None) -> None:
    """List every key, or those of the institution called NAME: whose, for which entries, and where its secret lies.

    Ends with 1 where there is none. As JSON, for `koryu verify --keys`: `koryu export --keys`.
    """
    uri = record_uri(name) if name else None
    keys = [key for key in queries.every_key() if uri in (None, key.institution)]
    for key in keys:
        say(in_line(key.institution, key.did, _counts(key)))
        say(f"  {PublicKey.from_did(key.did).fingerprint}")
    if not keys:
        say(f"{uri or 'Nobody'} has no key here.")
        raise SystemExit(1)


@key.command()
@click.argument("name")
@_lost
@_confirmed
def give(name: str, lost: bool, confirmed: bool) -> None:
    """Make a first key on this server for the institution called NAME, which speaks from here from then on.

    An institution speaks from one server: the operator asks it outside Koryu, by telephone or letter, then says yes.
    """
    uri = record_uri(name)
    made = SecretKey.generate()
    _ask(uri, made.public, confirmed=confirmed, question="Has it confirmed that it speaks from this server?")
    did = actions.give_key(institution=uri, by=OPERATOR, at=now(), key=made, lost=lost)
    say(f"{uri}\n  key   {did}")
    say(f"Keep a copy of {queries.key_file().name} in a safe place.")


@key.command()
@click.argument("name")
@click.argument("did")
@_lost
@_confirmed
def confirm(name: str, did: str, lost: bool, confirmed: bool) -> None:
    """Confirm that the key DID, made on another server, is the first one of the institution called NAME.

    It counts here once the entry by which it is given has come. Nothing of it is heard before.
    """
    uri = record_uri(name)
    try:
        public = PublicKey.from_did(did)
    except Refused as refused:
        raise BadInput(f"{did}: {refused.reason}.") from refused
    _ask(uri, public, confirmed=confirmed, question="Has it read out these digits, by telephone or letter?")
    actions.confirm_key(institution=uri, did=did, by=OPERATOR, at=now(), lost=lost)
    say(f"{uri}: the key is confirmed.")


@key.command()
@click.argument("name")
def renew(name: str) -> None:
    """Give the institution called NAME its next key, said with the one it has, which is retired by that."""
    uri = record_uri(name)
    did = actions.renew_key(institution=uri, by=OPERATOR, at=now())
    say(f"{uri}\n  key   {did}\n  {PublicKey.from_did(did).fingerprint}")


@key.command()
@click.argument("name")
@click.option("--since", default="0", help="List what was said since: a day (2026-11-29), or the number of an entry.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def retire(name: str, since: str, yes: bool) -> None:
    """Let the key of the institution called NAME count no more, at once, and list what was said with it.

    Where its secret lies here, that is said with the key itself; else this server hears nothing more sealed with it.
    """
    uri = record_uri(name)
    day, after = _since(since)
    did = queries.key_of(uri)
    if did is None:
        raise BadInput(f"{uri} has no key here.")
    sealed = queries.holds_secret(did)
    if not yes:
        where = "" if sealed else "Its secret is not on this server. "
        click.confirm(f"{where}{uri} can say nothing here until it has another key. Retire it?", abort=True)
    if sealed:
        actions.retire_key(institution=uri, by=OPERATOR, at=now())
        say(f"{uri}: the key is retired, and its secret is taken out of {queries.key_file().name}.")
    else:
        actions.stop_key(institution=uri, by=OPERATOR, at=now())
        say(f"{uri}: nothing more that is sealed with the key is heard on this server.")
    said = consent.sealed_with(did, institution=uri, since=day, after=after)
    for entry in said:
        say(_told(entry))
    say(f"{len(said)} entries were sealed with it{_since_when(day, after)}.")


def _ask(uri: str, public: PublicKey, *, confirmed: bool, question: str) -> None:
    say(f"{uri}\n  {public.did}\n  {public.fingerprint}")
    if not confirmed:
        click.confirm(question, abort=True)


def _counts(key: queries.Key) -> str:
    if key.until is None:
        here = "its secret is here" if queries.holds_secret(key.did) else "its secret is not here"
        return f"in use since entry {key.since}, {here}"
    return f"{'stopped' if key.stopped else 'retired'}, counts for entries {key.since} to {key.until}"


def _since(given: str) -> tuple[str, int]:
    """A day, or the number of the entry before the first that is meant."""
    if given.isascii() and given.isdigit():
        return "", max(int(given) - 1, 0)
    if not _DAY.fullmatch(given):
        raise BadInput(f"--since {given}: a day as 2026-11-29, or the number of an entry, was expected.")
    return given, 0


def _since_when(day: str, after: int) -> str:
    return f" since {day}" if day else f" since entry {after + 1}" if after else ""


def _told(entry: LedgerEntry) -> str:
    sealed = entry.sealed
    return in_line(str(sealed["at"]), str(entry.number), str(sealed["by"]), entry.said, str(sealed.get("record", "")))
