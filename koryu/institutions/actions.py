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


def enter(*, handle: str, name: str, email: str = "", language: str = "en", operator: bool = False) -> None:
    """Enter a person, or change what is known of one."""
    models.Person.objects.update_or_create(
        handle=handle, defaults={"name": name, "email": email, "language": language, "operator": operator}
    )


def set_password(*, handle: str, password: str) -> None:
    """Let a person sign in with this password from now on. Raises LookupError for a handle nobody has."""
    person = queries.person(handle)
    if person is None:
        raise LookupError(handle)
    person.set_password(password)
    person.save(update_fields=["password"])


def appoint(*, handle: str, name: str, institution: str, role: str) -> None:
    """Give a person a role at an institution; the person is entered when new."""
    person, _ = models.Person.objects.get_or_create(handle=handle, defaults={"name": name})
    models.Role.objects.update_or_create(person=person, institution=institution, defaults={"role": role})


def dismiss(*, handle: str, institution: str) -> None:
    """Take a person's role at an institution; the person stays known, for what was said stays."""
    models.Role.objects.filter(person__handle=handle, institution=institution).delete()


def delegate(*, institution: str, kind: str) -> None:
    """Let the officers of an institution send out records of a kind themselves."""
    models.Delegation.objects.get_or_create(institution=institution, kind=kind)


def undelegate(*, institution: str, kind: str) -> None:
    """Let the officers of an institution ask the head again before a record of a kind goes out."""
    models.Delegation.objects.filter(institution=institution, kind=kind).delete()


def write_to_in(*, handle: str, language: str) -> None:
    """Write to a person in this language from now on."""
    models.Person.objects.filter(handle=handle).update(language=language)
