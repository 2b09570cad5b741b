"""The ways through the desk, and what its people may do, in words."""

from collections.abc import Mapping
from typing import Final

from koryu.institutions.rules import Role
from koryu.values.reason import N_

# The pages named at the head of every page, in their order.
NAVIGATION: Final[Mapping[str, str]] = {
    "todo": N_("To do"),
    "exchanges": N_("Exchanges"),
    "agreements": N_("Agreements"),
    "year": N_("Year plan"),
    "drafts": N_("Drafts"),
    "outbox": N_("Outbox"),
    "people": N_("People and roles"),
}

# What each role lets somebody do.
ROLES: Final[Mapping[Role, str]] = {
    Role.HEAD: N_("approves what is sent, acts for the institution, gives roles"),
    Role.OFFICER: N_(
        "drafts joint records, sends the institution's own participations, papers, timetables, questions and reports, "
        "and what the head allows officers to send"
    ),
    Role.CONTRIBUTOR: N_("drafts papers of their own, types in the questions of the institution, keeps notes"),
    Role.TRANSLATOR: N_("translates the texts of drafts"),
    Role.READER: N_("reads the institution's own records and drafts"),
}
