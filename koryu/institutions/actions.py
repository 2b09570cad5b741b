"""People, roles, and the file of secret keys. That a key is an institution's is said in the ledger, by consent."""

import json
import os

from koryu.institutions import models, queries
from koryu.seals.keys import SecretKey


def keep_secret(key: SecretKey) -> None:
    """Write a secret key into the key file: made with mode 0600, replaced in one step, old keys kept."""
    path = queries.key_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {**queries.kept_secrets(), key.public.did: key.to_text()}
    beside = path.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(kept, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def appoint(*, handle: str, name: str, institution: str, role: str) -> None:
    """Give a person a role at an institution; the person is entered when new."""
    person, _ = models.Person.objects.get_or_create(handle=handle, defaults={"name": name})
    models.Role.objects.update_or_create(person=person, institution=institution, defaults={"role": role})


def delegate(*, institution: str, kind: str) -> None:
    """Let the officers of an institution send out records of a kind themselves."""
    models.Delegation.objects.get_or_create(institution=institution, kind=kind)
