"""The ways through the public record: the kinds in their order, and what each link that arrives at a record says."""

from collections.abc import Mapping
from typing import Final

from koryu.values.reason import N_

# The kinds as a reader meets them: what was agreed and done first, what it is described with last.
NAVIGATION: Final = (
    "programme",
    "exchange",
    "paper",
    "agreement",
    "outcome",
    "service",
    "institution",
    "theme",
    "work",
)

# The other ways through the record, by the names of their pages.
OTHER_WAYS: Final[Mapping[str, str]] = {
    "timeline": N_("Timeline"),
    "network": N_("Network"),
    "browse": N_("Browse"),
    "new": N_("New"),
}

# What the results of a search can be narrowed down by.
FACETS: Final[Mapping[str, str]] = {
    "kind": N_("Kind of record"),
    "programme": N_("Programme"),
    "institution": N_("Institution"),
    "theme": N_("Theme"),
    "form": N_("Form"),
    "decade": N_("Decade"),
}

_RESTING: Final = {
    "exchange": N_("Exchanges that cite it"),
    "programme": N_("Programmes that cite it"),
    "agreement": N_("Agreements that cite it"),
    "outcome": N_("Outcomes that cite it"),
    "service": N_("Services that cite it"),
    "institution": N_("Institutions whose record cites it"),
    "theme": N_("Themes whose record cites it"),
    "work": N_("Works whose record cites it"),
    "person": N_("People whose record cites it"),
    "participation": N_("Participations that cite it"),
    "paper": N_("Papers that cite it"),
    "timetable": N_("Timetables that cite it"),
    "report": N_("Reports that cite it"),
}
_PROGRAMMES: Final = N_("Programmes that name it")
_SERVICES: Final = N_("Services that name it")
_KEPT: Final = {
    "theme": N_("Themes it keeps"),
    "work": N_("Works it has described"),
    "institution": N_("Institutions it has described"),
    "outcome": N_("Outcomes it has recorded"),
    "person": N_("People it has recorded"),
}

# What each link into a record says of it, in the order shown. Links that a page shows elsewhere are not here: what
# came of a record stands among its lines of descent.
LINKS: Final[Mapping[tuple[str, str], str]] = {
    ("programme", "institutions"): N_("Programmes it takes part in"),
    ("programme", "hosting_order"): N_("Programmes it takes part in"),
    ("programme", "basis"): N_("Programmes that rest on it"),
    ("programme", "continues"): N_("Continued by"),
    ("programme", "number_series"): N_("Programmes that number with it"),
    ("programme", "fields"): _PROGRAMMES,
    ("programme", "shared_concern"): _PROGRAMMES,
    ("agreement", "institutions"): N_("Agreements it has made"),
    ("agreement", "done"): N_("Agreements it has made"),
    ("agreement", "proposed_by"): N_("Agreements it has made"),
    ("agreement", "extends"): N_("Extended by"),
    ("exchange", "agreements"): N_("Exchanges held under it"),
    ("exchange", "programmes"): N_("Exchanges held under it"),
    ("exchange", "institutions"): N_("Exchanges it takes part in"),
    ("exchange", "hosts"): N_("Exchanges it takes part in"),
    ("exchange", "invited_by"): N_("Exchanges it takes part in"),
    ("exchange", "places"): N_("Exchanges held there"),
    ("exchange", "stands_in_for"): N_("What took its place"),
    ("exchange", "themes"): N_("Exchanges on this theme"),
    ("participation", "exchange"): N_("Who took part"),
    ("participation", "institution"): N_("Its delegations and participants"),
    ("participation", "host"): N_("Whom it received"),
    ("participation", "members"): N_("Where they took part"),
    ("timetable", "exchange"): N_("Timetable"),
    ("timetable", "arranged_by"): N_("Timetables it arranged"),
    ("timetable", "sessions"): N_("Timetables that name it"),
    ("paper", "exchange"): N_("Papers given"),
    ("paper", "institution"): N_("Papers it gave"),
    ("paper", "speakers"): N_("Papers they gave"),
    ("report", "exchange"): N_("Reports of those who took part"),
    ("report", "institution"): N_("Its own reports"),
    ("report", "published_as"): N_("Reports published as this work"),
    ("service", "providers"): N_("Services it provides"),
    ("service", "receivers"): N_("Services it receives"),
    ("service", "introduced"): _SERVICES,
    ("outcome", "concerns"): N_("Outcomes that concern it"),
    ("outcome", "stated_by"): N_("Outcomes it has stated"),
    ("outcome", "took_form_in"): N_("Outcomes that took form in it"),
    ("outcome", "follows_example"): N_("Outcomes that follow its example"),
    ("institution", "part_of"): N_("Institutions that belong to it"),
    ("institution", "formerly"): N_("Came after it"),
    ("institution", "followed_by"): N_("Came before it"),
    ("institution", "names"): N_("Institutions it has its own name for"),
    ("institution", "places"): N_("Institutions with a place there"),
    ("theme", "broader"): N_("Narrower themes"),
    ("work", "about"): N_("Works about it"),
    **{(kind, rel): says for kind, says in _RESTING.items() for rel in ("sources", "variants", "evidence")},
    **{(kind, "kept_by"): says for kind, says in _KEPT.items()},
}
