"""People who have signed in, for the tests of the desk."""

import re
from typing import Any

from django.core import signing
from django.test import Client

from koryu.institutions import actions, models


def person(username: str, *roles: tuple[str, str], operator: bool = False, language: str = "en") -> Client:
    """Someone with these roles, as (institution, role), signed in and reading in this language."""
    actions.enter(username=username, name=username.title(), operator=operator, language=language)
    for institution, role in roles:
        actions.appoint(username=username, name=username.title(), institution=institution, role=role)
    client = Client()
    client.cookies["koryu-language"] = language
    client.force_login(models.Account.objects.get(username=username), backend="koryu.desk.account.backend.OneStatement")
    return client


def brought(answer: Any) -> str:
    """What the page to sign in on holds of what was typed until then."""
    return str(re.findall(r'name="koryu_brought" value="([^"]+)"', answer.content.decode())[0])


def typed_in(brought: str) -> str:
    """The same, read."""
    return str(signing.loads(brought, salt="koryu_brought")["typed"])
