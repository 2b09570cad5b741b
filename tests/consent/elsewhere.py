"""What comes from another server."""

from typing import Any

from koryu.consent.rules.statement import Statement
from koryu.seals.keys import SecretKey
from koryu.seals.proofs import seal
from tests.world import AT, NLK


def came(key: SecretKey, *, institution: str = NLK, by: SecretKey | None = None, said: str = "keyed") -> dict[str, Any]:
    """An entry that gives or retires a key as it comes from another server, sealed `by` another key or itself."""
    named = {"key": key.public.did} if said == "keyed" else {}
    whole = {"said": said, "institution": institution, "by": "head", "at": AT, **named}
    statement = Statement.model_validate(whole)
    return seal(statement.plain(), key=by or key, created=AT)
