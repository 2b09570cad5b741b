"""May this person do this for this institution? Plain values in, None or the reason out."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from koryu.records.kinds import KINDS
from koryu.values.reason import N_, Reason


class Role(StrEnum):
    """What a person is for an institution."""

    HEAD = "head"
    OFFICER = "officer"
    CONTRIBUTOR = "contributor"
    TRANSLATOR = "translator"
    READER = "reader"


# Who acts without being a person: the loader of data sets, this server, and whoever types commands on it.
LOADER: Final = "loader"
SERVER: Final = "server"
OPERATOR: Final = "operator"
# What the loader has in place of a role at the compiler of a data set. No person can have it; it only lets it speak.
MACHINE: Final = "machine"
# Nobody may have one of these usernames, or one that looks like it: entries and the journal name people by them.
RESERVED: Final = frozenset(
    {LOADER, SERVER, OPERATOR, MACHINE, "admin", "administrator", "compiler", "koryu", "nobody", "root", "system"}
)
# What those are called who are nobody.
_NOBODY: Final[Mapping[str, str]] = {
    OPERATOR: N_("the operator, by a command on the server"),
    SERVER: N_("the server, by itself"),
    LOADER: N_("the loader of data sets"),
}
# The kinds by which an institution describes its own part: its officers send them out without asking the head.
OWN_HALF: Final = frozenset(kind for kind, model in KINDS.items() if model.own_half)
# What a contributor writes, where it is their own.
OWN_PAPERS: Final = frozenset({"paper"})
# What all the staff of an institution types into together where it says it itself, contributors too; only who sends may
# drop it.
TYPED_TOGETHER: Final = frozenset({"questions"})
_USERNAME: Final = re.compile(r"[a-z][a-z0-9.-]{0,38}[a-z0-9]")
# Letters and digits that are read as another, as a username is written.
_LOOK_ALIKES: Final = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("3", "e"), ("4", "a"), ("5", "s"), ("7", "t"))
_LONGEST_NAME: Final = 200
# RFC 5321, section 4.5.3.1.3, without the brackets.
_LONGEST_ADDRESS: Final = 254
_DRAFT: Final = frozenset({Role.HEAD, Role.OFFICER})
# Of what a private calendar is: of somebody's own work, of all that the institution plans, of one exchange.
CALENDAR_SCOPES: Final = ("person", "institution", "exchange")
# For whom a private link is: somebody who comes, who interprets, or who only reads.
LINK_SCOPES: Final = ("delegate", "interpreter", "reader")
# How long one can be open, counted from today, and how many of one exchange an institution has open at a time.
LONGEST_LINK: Final = timedelta(days=180)
MOST_LINKS: Final = 100
# How many secret addresses somebody has at a time.
MOST_TOKENS: Final = 10


def called(username: str, names: Mapping[str, str], *, translate: Callable[[str], str]) -> str:
    """What a person is called wherever people read of them, by the username in what was said or noted; a plain text.

    Their name as in `names`, in its own order; the machine in words; of whom nothing is known here, the username.
    """
    return translate(_NOBODY[username]) if username in _NOBODY else names.get(username) or username


def may_read(*, role: str | None) -> Reason | None:
    """Whether someone with this role sees what is the institution's own."""
    return None if role in set(Role) else Reason("Only people with a role at the institution can see this.")


def may_speak(*, role: str | None, kind: str, delegated: frozenset[str]) -> Reason | None:
    """Whether someone with this role may let the institution say something about a record of this kind.

    The head may always; an officer for the institution's own half, and where the head has given that right.
    """
    if role in (Role.HEAD, MACHINE) or (role == Role.OFFICER and kind in OWN_HALF | delegated):
        return None
    return Reason("Only the head, or an officer to whom the head has given that right, can act for the institution.")


def may_draft(*, role: str | None, kind: str = "", own: bool = True, own_account: bool = True) -> Reason | None:
    """Whether someone with this role may begin, change and submit drafts of this kind; `own` if they began it.

    `own_account` where the institution says it for itself, and does not record what a partner says.
    """
    if role in _DRAFT:
        return None
    if role != Role.CONTRIBUTOR:
        return Reason("Only the staff of the institution can draft for it.")
    if kind in TYPED_TOGETHER and own_account:
        return None
    if kind not in OWN_PAPERS:
        return Reason("Contributors can draft only papers, and type in the questions of their institution.")
    return None if own else Reason("Contributors can change only the drafts they began.")


def may_discard(*, role: str | None, kind: str, own: bool) -> Reason | None:
    """Whether someone with this role may delete a draft of this kind; of what is typed together, who began it."""
    if role == Role.CONTRIBUTOR and kind in TYPED_TOGETHER and not own:
        return Reason("Contributors can change only the drafts they began.")
    return may_draft(role=role, kind=kind, own=own)


def may_translate(*, role: str | None) -> Reason | None:
    """Whether someone with this role may put the words of a draft into other languages."""
    if role in {*_DRAFT, Role.TRANSLATOR}:
        return None
    return Reason("Only officers and translators can change the texts of a draft in other languages.")


def may_share(*, role: str | None) -> Reason | None:
    """Whether someone with this role may show a draft to partners for comment, and comment on theirs."""
    if role in _DRAFT:
        return None
    return Reason("Only the head and officers can share drafts with partners.")


def may_note(*, role: str | None) -> Reason | None:
    """Whether someone with this role may keep notes of the institution's own."""
    if role in {*_DRAFT, Role.CONTRIBUTOR}:
        return None
    return Reason("Only the staff of the institution can keep notes.")


def may_plan(*, role: str | None) -> Reason | None:
    """Whether someone with this role sees and changes the calendar of the institution, and seeks dates by it."""
    return None if role in _DRAFT else Reason("Only the head and officers can see and change the calendar.")


def may_arrange(*, role: str | None) -> Reason | None:
    """Whether someone with this role sees and changes arrangements: who arrives when, who sleeps where and the like."""
    return None if role in _DRAFT else Reason("Only the head and officers can see and change arrangements.")


def may_give_links(*, role: str | None) -> Reason | None:
    """Whether someone with this role makes private links for people without an account, sees them and ends them."""
    return None if role in _DRAFT else Reason("Only the head and officers can make and end private links.")


def link_fails(*, scope: str, member: str, ends: date | None, today: date, made: int) -> Reason | None:
    """Whether a private link can be made: for whom, until when; `made` is how many of the exchange are open now."""
    if scope not in LINK_SCOPES:
        return Reason("Choose one of the values offered.")
    if scope == "delegate" and not member:
        return Reason("Choose the person it is for.")
    if ends is None or ends < today:
        return Reason("Choose a day still to come on which it ends.")
    if ends > today + LONGEST_LINK:
        return Reason("A link ends after %(days)s days at the latest.", days=LONGEST_LINK.days)
    return Reason("At most %(most)s links of one exchange at a time.", most=MOST_LINKS) if made >= MOST_LINKS else None


def may_keep_contacts(*, role: str | None) -> Reason | None:
    """Whether someone with this role sees and changes whom the institution writes to."""
    return None if role in _DRAFT else Reason("Only the head and officers can see and change contacts.")


def may_have_calendar(*, role: str | None, scope: str) -> Reason | None:
    """Whether someone with this role reads a calendar of this scope: asked when its address is made, and each time it
    is read."""
    if scope not in CALENDAR_SCOPES:
        return Reason("Choose one of the values offered.")
    return may_plan(role=role) if scope == "institution" else may_read(role=role)


def may_make_token(*, made: int) -> Reason | None:
    """Whether somebody who has made so many secret addresses that still work may make another."""
    return Reason("At most %(most)s addresses at a time.", most=MOST_TOKENS) if made >= MOST_TOKENS else None


def may_revoke_token(*, owner: bool, role: str | None) -> Reason | None:
    """Whether somebody may revoke a secret address: its owner, and the head of the institution it is of."""
    if owner or role == Role.HEAD:
        return None
    return Reason("Only the owner of the address, or the head, can revoke it.")


def may_give_roles(*, role: str | None) -> Reason | None:
    """Whether someone with this role may say who has which role, and what officers may send themselves."""
    return None if role == Role.HEAD else Reason("Only the head can give roles.")


def may_give_role(*, role: str | None, given: str, held: str | None, heads: int) -> Reason | None:
    """Whether someone with this role may give a person a role in the place of the one held."""
    if given not in set(Role):
        return Reason("There is no such role.")
    if held and held != given:
        return may_take_role(role=role, taken=held, heads=heads)
    return may_give_roles(role=role)


def may_take_role(*, role: str | None, taken: str, heads: int) -> Reason | None:
    """Whether someone with this role may take a role from a person: never that of the last head."""
    last = Reason("An institution must have at least one head: name the new one first.")
    return may_give_roles(role=role) or (last if taken == Role.HEAD and heads <= 1 else None)


def may_enter(*, username: str, taken: bool) -> Reason | None:
    """Whether a new person can be entered under this username."""
    if not _USERNAME.fullmatch(username):
        return Reason("A user name is made of small letters, digits, dots and hyphens, and begins with a letter.")
    return may_be_called(username) or (Reason("This user name is already in use.") if taken else None)


def may_be_called(username: str) -> Reason | None:
    """Whether a username can be anybody's."""
    if is_reserved(username):
        return Reason(
            "The user name %(username)s, or one that looks like it, is reserved for the server. Choose another.",
            username=username,
        )
    return None


def may_be_known_as(*, name: str, email: str) -> Reason | None:
    """Whether somebody can be entered with this name and address: what the database keeps of them, on either."""
    if len(name) > _LONGEST_NAME:
        return Reason("A name has at most %(most)s characters.", most=_LONGEST_NAME)
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        return Reason("A name has no control characters.")
    if len(email) > _LONGEST_ADDRESS or any(unicodedata.category(character) in ("Cc", "Cs") for character in email):
        return Reason("This is not an e-mail address.")
    return None


def is_reserved(username: str) -> bool:
    """Whether a username is the server's own or could be taken for it, in whatever letters it is written."""
    plain = _plain(username)
    return any(_looked_at(written) in _RESERVED_AS_SEEN for written in (plain, plain.rstrip("0123456789")))


def may_send_notices(*, role: str | None) -> Reason | None:
    """Whether someone with this role may send the notices of the institution, or put them aside."""
    return None if role in _DRAFT else Reason("Only the head and officers can send notices.")


def may_tend(*, operator: bool) -> Reason | None:
    """Whether a person sees the system pages: tasks that are left undone, and failures."""
    return None if operator else Reason("Only operators can see the server status.")


def may_read_journal(*, role: str | None) -> Reason | None:
    """Whether someone with this role reads the journal of the institution."""
    return None if role == Role.HEAD else Reason("Only the head can read the journal of the institution.")


def may_vouch(*, institutions: frozenset[str], operators: bool, at: frozenset[str], operator: bool) -> Reason | None:
    """Whether a provider of these institutions may sign somebody in who has roles `at` these.

    All of a person's institutions must trust it: else one house could open another's desk. An operator is signed in
    only where the server's owner has said so.
    """
    if operator and not operators:
        return Reason("Operators cannot sign in with this provider.")
    if at <= institutions and (at or operator):
        return None
    return Reason("Only people of the institutions of this provider can sign in with it.")


def may_have_key(*, held: bool, lost: bool = False) -> Reason | None:
    """Whether an institution may begin with a key here, confirmed by the operator; `lost` if the one it has is lost."""
    if held and not lost:
        return Reason("The institution already has a key here; it can be renewed, not given again.")
    if lost and not held:
        return Reason("The institution has no key here that could be lost.")
    return None


def may_seal(*, who: str, said: str, key: str, seal: str, in_use: str | None, confirmed: bool) -> Reason | None:
    """Whether a statement of `who` may be sealed with `seal`, a did:key, where `in_use` is the one it has here.

    What it says is sealed with the key in use, and so is the giving of the next one. A key that seals its own giving is
    a first one: it counts once the operator of this server has `confirmed` it in the place of what is in use now.
    """
    if said == "keyed" and seal == key:
        if confirmed:
            return None
        if in_use is None:
            return Reason("The operator of this server has not confirmed this key of %(who)s yet.", who=who)
    return None if seal == in_use else Reason("This has no digital check made with the key of %(who)s.", who=who)


def _plain(username: str) -> str:
    """The letters and digits of a username: full-width ones as usual; accents, capitals, dots, hyphens taken away."""
    decomposed = unicodedata.normalize("NFKD", username).casefold()
    return "".join(character for character in decomposed if character.isalnum())


def _looked_at(plain: str) -> str:
    """A username with each character replaced by the letter it looks like."""
    seen = "".join(_AS_LATIN.get(character, character) for character in plain)
    for alike, letter in _LOOK_ALIKES:
        seen = seen.replace(alike, letter)
    # After the rest, and of both alike: an i without its dot is an l.
    return seen.replace("i", "l")


# Cyrillic and Greek letters that look like Latin ones.
_AS_LATIN: Final = dict(zip("аеорсухіѕԁмткнαεορυικντ", "aeopcyxisdmtkhaeopyiknt", strict=True))
_RESERVED_AS_SEEN: Final = frozenset(_looked_at(username) for username in RESERVED)
