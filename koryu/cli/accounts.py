"""`koryu institution`, `koryu role` and `koryu passwd`: who speaks here, set up from the command line."""

import getpass
import re
import sys

import click
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as BadPassword
from pydantic import ValidationError

from koryu.archive import queries as archive
from koryu.cli.bad_input import BadInput
from koryu.cli.record_names import record_uri
from koryu.cli.terminal import in_line, say
from koryu.consent import actions
from koryu.desk.clock import now
from koryu.institutions import actions as people
from koryu.institutions import queries
from koryu.institutions import rules as roles
from koryu.ledger.actions import locked
from koryu.records.document import Document
from koryu.records.institution import InstitutionType
from koryu.records.kinds import document_of
from koryu.values.frozen import complaints
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import Refused
from koryu.wording.languages import LANGUAGES

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_ROLES = [str(role) for role in roles.Role]
_of_a_person = (
    click.option("--name", default="", help="What the person is called, where they are new here."),
    click.option("--mail", default="", help="Their e-mail address, where they are new here."),
    click.option("--language", default="en", type=click.Choice(list(LANGUAGES)), help="In which notices are written."),
)


@click.group()
def institution() -> None:
    """Found an institution that speaks from here, and list those there are; for keys see `koryu key`."""


@institution.command()
@click.argument("slug", metavar="ADDRESS")
@click.argument("names", nargs=-1, required=True)
@click.option(
    "--type",
    "kind",
    default=str(InstitutionType.NATIONAL_LIBRARY),
    type=click.Choice([str(kind) for kind in InstitutionType]),
)
@click.option("--head", required=True, help="The user name of its head, who may be new here.")
@click.option("--head-name", default="", help="What the head is called.")
@click.option("--mail", default="", help="The head's e-mail address.")
@click.option("--language", default="en", type=click.Choice(list(LANGUAGES)), help="In which notices are written.")
def add(slug: str, names: tuple[str, ...], kind: str, head: str, head_name: str, mail: str, language: str) -> None:
    """Found the institution called ADDRESS in addresses, with its NAMES as language=name, the first being the source.

    It is given a key, its head, and its own record, which it states itself.
    """
    uri = f"tag:{settings.NAMES}:institution/{slug}"
    document = _institution(uri, slug, names, kind)
    if uri in archive.known([uri]) or archive.uri_of(kind="institution", slug=slug):
        raise BadInput(f"institution/{slug}: this is on record already; give it a key with `koryu key give`.")
    with locked():
        did = actions.give_key(institution=uri, by=roles.OPERATOR, at=now())
        _enter(head, name=head_name, mail=mail, language=language)
        people.appoint(username=head, name=head_name, institution=uri, role="head", at=now())
        actions.propose(institution=uri, record=uri, document=document, replaces=None, by=head, at=now())
    say(f"{uri}\n  key   {did}\n  head  {head}")
    say(f"Give the head a password: koryu passwd {head} --generate")


@institution.command("list")
def list_() -> None:
    """List the institutions that somebody here speaks for, or that have a key here."""
    ever_keyed = queries.keys()
    keys = {uri for uri in ever_keyed if queries.key_of(uri)}
    here = sorted(queries.institutions_here() | keys)
    lines = archive.lines_named(here, asking=archive.EVERYBODY)
    for uri in here:
        heads = [
            f"{membership.username} {membership.name}".rstrip()
            for membership in queries.memberships_at(uri)
            if membership.role == "head"
        ]
        title = lines[uri].title.shown("en").text if uri in lines else "not on record"
        key = "with a key" if uri in keys else "without a key"
        say(in_line(uri, title, key, f"heads: {', '.join(heads) or 'none'}"))


@click.group()
def role() -> None:
    """Give, take and list roles: head, officer, contributor, translator, reader; and operator of the server."""


@role.command("give")
@click.argument("username")
@click.argument("given", metavar="ROLE", type=click.Choice([*_ROLES, "operator"]))
@click.argument("institution", required=False)
@_of_a_person[0]
@_of_a_person[1]
@_of_a_person[2]
def give_role(username: str, given: str, institution: str | None, name: str, mail: str, language: str) -> None:
    """Give the person called USERNAME a ROLE at an INSTITUTION, in the place of the one they had there.

    An operator runs this server and belongs to no institution.
    """
    if given == "operator":
        person = queries.person(username)
        reason = roles.may_enter(username=username, taken=False)
        if reason:
            raise Refused(reason)
        people.enter(
            username=username,
            name=name or (person.name if person else ""),
            email=mail or (person.email if person else ""),
            language=person.language if person else language,
            operator=True,
            at=now(),
        )
        say(f"{username}: operator")
        return
    if institution is None:
        raise BadInput(f"role give {username} {given}: at which institution? Name it, as institution/ndl.")
    uri = record_uri(institution)
    with locked():
        held = queries.role_of(person=username, institution=uri)
        reason = roles.may_give_role(role="head", given=given, held=held, heads=queries.heads(uri))
        if reason:
            raise Refused(reason)
        _enter(username, name=name, mail=mail, language=language)
        people.appoint(username=username, name=name, institution=uri, role=given, at=now())
    say(f"{username}: {given} at {uri}")


@role.command("take")
@click.argument("username")
@click.argument("institution")
def take_role(username: str, institution: str) -> None:
    """Remove the role of the person called USERNAME at an INSTITUTION; what they recorded is kept."""
    uri = record_uri(institution)
    with locked():
        held = queries.role_of(person=username, institution=uri)
        if held is None:
            raise BadInput(f"{username}: this person has no role at {uri}.")
        reason = roles.may_take_role(role="head", taken=held, heads=queries.heads(uri))
        if reason:
            raise Refused(reason)
        people.dismiss(username=username, institution=uri, at=now())
    say(f"{username}: no longer {held} at {uri}")


@role.command("list")
@click.argument("institution", required=False)
def list_roles(institution: str | None) -> None:
    """List who has which role, at one INSTITUTION or at all of them."""
    wanted = [record_uri(institution)] if institution else sorted(queries.institutions_here())
    for membership in queries.memberships_at(*wanted) if wanted else ():
        say(in_line(membership.institution, membership.role, membership.username, membership.name))


@click.command()
@click.argument("username")
@click.option("--generate", is_flag=True, help="Make one for the first time, print it, and have them choose their own.")
def passwd(username: str, generate: bool) -> None:
    """Set the password of the person called USERNAME: asked for twice, or read from the standard input, or made."""
    if queries.person(username) is None or roles.is_reserved(username):
        raise BadInput(f"{username}: there is no user of this name here; add them with `koryu role give`.")
    password = people.initial_password() if generate else _password()
    try:
        validate_password(password)
    except BadPassword as bad:
        raise BadInput(f"{username}: {' '.join(bad.messages)}") from bad
    people.set_password(username=username, password=password, must_change_password=generate, at=now())
    say(f"{username}: {password}" if generate else f"{username}: the password was set.")


def _institution(uri: str, slug: str, names: tuple[str, ...], kind: str) -> Document:
    """The institution's own record; raises BadInput with one sentence for what it cannot hold."""
    if not _SLUG.fullmatch(slug):
        raise BadInput(f"{slug}: an address is made of small letters, digits and hyphens.")
    title: dict[str, str] = {}
    for written in names:
        tag, equals, name = written.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"{written}: a name is given with its language, as ja=国立国会図書館.")
        try:
            title[LanguageTag(tag)] = name.strip()
        except Refused as refused:
            raise BadInput(f"{written}: {refused.reason}.") from refused
    if len(title) > 1:
        title["source"] = next(iter(title))
    try:
        return document_of({"kind": "institution", "type": kind, "title": title, "kept_by": uri})
    except ValidationError as bad:
        where, problem = complaints(bad)[0]
        raise BadInput(f"institution/{slug}: {where}: {problem}.") from bad


def _enter(username: str, *, name: str, mail: str, language: str) -> None:
    """Enter a person who is new here; of somebody known nothing is changed."""
    if queries.person(username):
        return
    reason = roles.may_enter(username=username, taken=False)
    if reason:
        raise Refused(reason)
    people.enter(username=username, name=name, email=mail, language=language, at=now())


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise BadInput("The two passwords are not the same; nothing was changed.")
    return password
