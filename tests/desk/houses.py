"""People who have signed in, for the tests of the desk."""

from django.test import Client

from koryu.institutions import actions, models


def person(handle: str, *roles: tuple[str, str], operator: bool = False, language: str = "en") -> Client:
    """Someone with these roles, as (institution, role), signed in and reading in this language."""
    actions.enter(handle=handle, name=handle.title(), operator=operator, language=language)
    for institution, role in roles:
        actions.appoint(handle=handle, name=handle.title(), institution=institution, role=role)
    client = Client()
    client.cookies["koryu-language"] = language
    client.force_login(
        models.Person.objects.get(handle=handle), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client
