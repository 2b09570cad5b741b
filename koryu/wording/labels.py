"""What the codes that records store are called. A code stays what it is for ever; what it is called may change.

The codes are English words of the first records, frozen as they were written then (see decision 19): what a label says
is in no digest. A label is a message to be translated.
"""

from collections.abc import Mapping
from typing import Final

from koryu.values.reason import N_

# The item types of CSL 1.0.2 as a reader knows them.
WORK_TYPES: Final[Mapping[str, str]] = {
    "article": N_("article"),
    "article-journal": N_("journal article"),
    "article-magazine": N_("magazine article"),
    "article-newspaper": N_("newspaper article"),
    "book": N_("book"),
    "chapter": N_("chapter of a book"),
    "paper-conference": N_("conference paper"),
    "report": N_("report"),
    "speech": N_("speech"),
    "webpage": N_("web page"),
    "document": N_("document"),
}

# The choices of every kind of record, kind by kind. A code that two kinds have is called the same in both.
CHOICES: Final[Mapping[str, str]] = {
    # institution.type
    "national library": N_("national library"),
    "parliamentary library": N_("parliamentary library"),
    "parliamentary research service": N_("parliamentary research service"),
    "branch library": N_("branch library"),
    "public library": N_("public library"),
    "university library": N_("university library"),
    "university or institute": N_("university or institute"),
    "museum": N_("museum"),
    "archive": N_("archive"),
    "parliament": N_("parliament"),
    "government body": N_("government body"),
    "association": N_("association"),
    "international organisation": N_("international organisation"),
    "company": N_("company"),
    "compiler of a data set": N_("compiler of a data set"),
    # institution.names.use
    "full name": N_("full name"),
    "short name": N_("short name"),
    "abbreviation": N_("abbreviation"),
    "former name": N_("former name"),
    # institution.places.role
    "seat": N_("main building"),
    "branch": N_("branch"),
    "venue": N_("venue"),
    # institution.identifiers.scheme
    "ISIL": "ISIL",
    "ROR": "ROR",
    "Wikidata": "Wikidata",
    "VIAF": "VIAF",
    "ISNI": "ISNI",
    "web": "web",
    # person.names.order
    "family first": N_("family name first"),
    "given first": N_("given name first"),
    "as written": N_("as written"),
    **WORK_TYPES,
    # work.about.relation
    "report of": N_("report of"),
    "outline of": N_("outline of"),
    "treats": N_("treats"),
    "reuses": N_("reuses"),
    # work.read
    "read whole": N_("read in full"),
    "read in part": N_("read in part"),
    "read through a copy": N_("read through a copy"),
    "not seen": N_("not consulted"),
    # agreement.type
    "Letter of Intent": N_("Letter of Intent"),
    "memorandum of understanding": N_("memorandum of understanding"),
    "agreement": N_("agreement"),
    "extension": N_("extension"),
    "amendment": N_("amendment"),
    "understanding not put in a document": N_("understanding without a document"),
    # agreement.amends_by
    "correction": N_("correction"),
    "extension of term": N_("extension of term"),
    "change of content": N_("change of content"),
    # agreement.act
    "exchanged": N_("exchanged"),
    "signed": N_("signed"),
    "renewed automatically": N_("renewed automatically"),
    "agreed without a signed document": N_("agreed without a signed document"),
    # agreement.term.renewal
    "renews automatically": N_("renews automatically"),
    "renewed by agreement": N_("renewed by agreement"),
    "not renewed": N_("not renewed"),
    # programme.type
    "mutual visit programme": N_("mutual visit programme"),
    "staff training programme": N_("staff training programme"),
    "staff exchange programme": N_("staff exchange programme"),
    "joint meeting series": N_("joint meeting series"),
    "invitation programme": N_("invitation programme"),
    # programme.online_turns, programme.numbering
    "turn kept": N_("the turn is kept"),
    "turn used": N_("the turn is used"),
    "numbers run on": N_("numbers run on"),
    "no numbers": N_("without numbers"),
    # exchange.form
    "visit": N_("visit"),
    "seminar": N_("seminar"),
    "online exchange": N_("online exchange"),
    "meeting of heads": N_("meeting of heads"),
    "meeting": N_("meeting"),
    "staff dispatch": N_("staff dispatch"),
    "training": N_("training"),
    "form not stated": N_("form not stated"),
    # exchange.event.state
    "planned": N_("planned"),
    "held": N_("held"),
    "postponed": N_("postponed"),
    "cancelled": N_("cancelled"),
    # exchange.dates.scope
    "exchange": N_("exchange"),
    "trip": N_("whole visit"),
    "seminar dates": N_("seminar dates"),
    "session": N_("session"),
    # exchange.themes.level
    "main theme": N_("main theme"),
    "sub-theme": N_("sub-theme"),
    # participation.side
    "visiting": N_("visiting"),
    "hosting": N_("hosting"),
    "online": N_("online"),
    "side not stated": N_("side not stated"),
    # participation.members.roles
    "head of delegation": N_("head of delegation"),
    "acting head of delegation": N_("acting head of delegation"),
    "member": N_("member"),
    "interpreter": N_("interpreter"),
    "auditor": N_("observer"),
    "trainee": N_("trainee"),
    "chair": N_("chair"),
    "gave a greeting": N_("gave a greeting"),
    "speaker": N_("speaker"),
    "escort": N_("accompanying staff"),
    # paper.type
    "keynote": N_("keynote"),
    "theme report": N_("theme report"),
    "paper": N_("paper"),
    "lecture": N_("lecture"),
    # paper.wordings.status
    "as given": N_("as given"),
    "supplied by the institution": N_("supplied by the institution"),
    "in translation": N_("in translation"),
    # timetable.sessions.type
    "opening session": N_("opening session"),
    "keynote session": N_("keynote session"),
    "working session": N_("working session"),
    "deliberation": N_("deliberation"),
    "closing session": N_("closing session"),
    "site visit": N_("site visit"),
    "reception": N_("reception"),
    "courtesy call": N_("courtesy call"),
    "orientation": N_("orientation"),
    "session not known": N_("session not known"),
    # timetable.sessions.attending.does
    "takes part": N_("takes part"),
    "interprets": N_("interprets"),
    "chairs": N_("chairs"),
    "greets": N_("greets"),
    # timetable.known.what
    "days": N_("days"),
    "sessions": N_("sessions"),
    "visits": N_("visits"),
    "papers": N_("papers"),
    # report.shown_to
    "public": N_("everyone"),
    "institutions": N_("the institutions named in it"),
    "own": N_("its own institution"),
    # questions.items.type, questions.items.when
    "question": N_("question"),
    "answer": N_("answer"),
    "statement": N_("statement"),
    "before": N_("before the exchange"),
    "during": N_("during the exchange"),
    "after": N_("after the exchange"),
    # service.type
    "exchange of publications": N_("exchange of publications"),
    "document supply (copying)": N_("document supply (copying)"),
    "acquisition cooperation": N_("acquisition cooperation"),
    "international lending": N_("international lending"),
    "reference service": N_("reference service"),
    # outcome.type
    "service begun": N_("service begun"),
    "practice adopted": N_("practice adopted"),
    "exchange of publications increased": N_("exchange of publications increased"),
    "cooperation in acquisition": N_("cooperation in acquisition"),
    "organisation founded": N_("organisation founded"),
    "staff dispatched": N_("staff dispatched"),
    "agreement made": N_("agreement made"),
    "programme widened": N_("programme widened"),
    "knowledge shared": N_("knowledge shared"),
    "joint work begun": N_("joint work begun"),
}

# What can be said in an entry of the ledger.
SAID: Final[Mapping[str, str]] = {
    "recorded": N_("recorded"),
    "proposed": N_("proposed"),
    "accepted": N_("accepted"),
    "accepted by letter": N_("accepted by letter"),
    "declined": N_("declined"),
    "withdrawn": N_("withdrawn"),
    "concluded": N_("concluded"),
    "checked": N_("checked"),
    "account differs": N_("account differs"),
    "erased": N_("erased"),
    "keyed": N_("keyed"),
    "key retired": N_("key retired"),
}

# On what it rests that a version stands.
BASES: Final[Mapping[str, str]] = {
    "recorded": N_("from published sources"),
    "agreed": N_("agreed"),
    "agreed by letter": N_("agreed by letter"),
}

# What somebody is at an institution.
ROLE_NAMES: Final[Mapping[str, str]] = {
    "head": N_("head"),
    "officer": N_("officer"),
    "contributor": N_("contributor"),
    "translator": N_("translator"),
    "reader": N_("reader"),
}


def chosen(code: str) -> str:
    """What a code of a choice is called: a message to be translated. What is no code is called as it is written."""
    return CHOICES.get(code, code)
