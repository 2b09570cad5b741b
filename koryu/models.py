"""Every table, gathered from the rooms that own them, so that Django finds them in one place."""

import koryu.archive.models
import koryu.consent.models
import koryu.correspondence.models
import koryu.files.models
import koryu.institutions.models
import koryu.journal.models
import koryu.ledger.models
import koryu.notices.models
import koryu.planning.models  # noqa: F401 -- importing a room's tables is what registers them
