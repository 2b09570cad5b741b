"""Makes Django and its tables ready for a command."""

import os

from koryu.cli.bad_input import BadInput


def set_up() -> None:
    """Load Django's settings and every room's tables; may be called again without harm.

    Raises BadInput for a setting that cannot be used.
    """
    # Imported here, as below: the commands that only read a file start without Django.
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koryu.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise BadInput(str(error)) from error


def bring_up_to_date() -> None:
    """Create or migrate this installation's tables, silently; after `set_up`.

    Raises BadInput when the database cannot be opened.
    """
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", interactive=False, verbosity=0)
        _fill_what_is_derived()
    except OperationalError as error:
        reason = " ".join(str(error).split())
        raise BadInput(f"The database cannot be opened (see KORYU_DATABASE and KORYU_HOME): {reason}") from error


def _fill_what_is_derived() -> None:
    """Read the ledger again where a new release has emptied what is derived from it."""
    from koryu.archive import queries as archive
    from koryu.consent import actions
    from koryu.ledger import queries as ledger

    if archive.is_empty() and ledger.last_number():
        actions.rebuild()
