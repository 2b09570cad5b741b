"""What partners without a key here are to be told by mail: proposed texts that wait for them, and whom to write to.

Nothing of it is kept: it is read anew from what is open and from our contacts each time the page is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from koryu.archive.queries import Line
from koryu.consent import queries as consent
from koryu.consent.queries import Consultation
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import Contact
from koryu.desk.access import CurrentUser
from koryu.institutions import rules as roles
from koryu.notices.actions.compose import for_partner
from koryu.values.text import Text
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class PartnerToTell:
    """A proposed text of ours that waits for a partner who only mails; `contact` is whom to write to, if anybody."""

    partner: str
    record: str
    title: Text | None
    since: str
    contact: Contact | None


@dataclass(frozen=True, kw_only=True)
class PartnerMail:
    """A mail to a partner, to be opened in one's own mail program."""

    email: str
    subject: str
    text: str


def partners_to_tell(me: CurrentUser, *, today: date) -> tuple[PartnerToTell, ...]:
    """Our texts that wait for partners without a key here, for whoever keeps contacts."""
    if roles.may_keep_contacts(role=me.role):
        return ()
    waiting = [text for text in consent.unsettled() if text.proposed.institution == me.institution]
    pairs = [(text, partner) for text in waiting for partner in _only_mailing(text, me)]
    if not pairs:
        return ()
    kept = [each for each in correspondence.contacts(me.institution) if each.email and each.holds_on(today)]
    return tuple(
        PartnerToTell(
            partner=partner,
            record=text.record,
            title=title_of(text.content or {}),
            since=text.proposed.at,
            contact=_addressed([each for each in kept if each.of == partner], "plan"),
        )
        for text, partner in pairs
    )


def mail_for(waiting: PartnerToTell, me: CurrentUser, lines: dict[str, Line]) -> PartnerMail | None:
    """The mail in the language of whoever receives it, with the name and form of address that were chosen for it."""
    if waiting.contact is None:
        return None
    tag = waiting.contact.writes_in or "en"
    subject, said = for_partner(title=waiting.title, who=me.institution, when=waiting.since, tag=tag, lines=lines)
    return PartnerMail(
        email=waiting.contact.email, subject=subject, text=f"{waiting.contact.called_in(tag)}\n\n{said}\n"
    )


def _only_mailing(text: Consultation, me: CurrentUser) -> Iterator[str]:
    """Those who have not answered a text, and have no key here to answer it with."""
    return iter(sorted(text.waits_for - me.keyed)) if not text.declined else iter(())


def _addressed(contacts: list[Contact], kind: str) -> Contact | None:
    """Whoever is named for letters of a kind, else for every letter, else the only one there is."""
    named = next((each for wanted in (kind, "") for each in contacts if wanted in each.addressed), None)
    return named or (contacts[0] if len(contacts) == 1 else None)
