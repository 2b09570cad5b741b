"""`koryu practice`: an area to practise in, with libraries that are invented, in a database of its own."""

import os
from pathlib import Path

import click

from koryu.cli import serving
from koryu.cli.bad_input import BadInput

PORT = 8001


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--only-fill", is_flag=True, help="Put the invented record there, and do not serve it.")
@click.option("--while-open", is_flag=True, hidden=True, help="Stop when the standard input is closed.")
def practice(host: str, port: int, only_fill: bool, while_open: bool) -> None:
    """Serve a practice area: three invented libraries with people for every role, something in every state.

    It lies in a folder of its own inside KORYU_HOME; whoever removes that folder begins anew.
    """
    if only_fill:
        fill()
        return
    os.environ.update(apart(host, port))
    serving.make_ready(host, port)
    serving.in_a_process_of_its_own("practice", "--only-fill")
    with serving.beside("tend"):
        if while_open:
            serving.stop_with_the_standard_input()
        serving.answer_at(host, port, saying=invitation(serving.address(host, port)), index=False)


def apart(host: str, port: int) -> dict[str, str]:
    """The settings of the practice area: a folder, database and address of its own; no mail, no outside sign-in."""
    home = Path(os.environ.get("KORYU_HOME") or ".koryu").resolve()
    return {
        "KORYU_PRACTICE": "1",
        "KORYU_HOME": str(home if home.name == "practice" else home / "practice"),
        "KORYU_ADDRESS": serving.address(host, port),
        "KORYU_NAMES": "practice.example,2026",
        **dict.fromkeys(("KORYU_DATABASE", "KORYU_MAIL", "KORYU_OIDC", "KORYU_HOSTS", "KORYU_SECRET_KEY"), ""),
    }


def fill() -> None:
    """Put the invented record into the practice area; once it is there, do nothing."""
    from django.conf import settings

    from koryu.cli import database

    database.set_up()
    if not settings.PRACTICE:
        raise BadInput("This is not a practice area (KORYU_PRACTICE is not set): nothing invented is put here.")
    database.ready()
    from koryu.cli import practice_data

    practice_data.put_on_record()


def invitation(address: str) -> str:
    """What is printed when the practice area answers: where it is, and with what one signs in there."""
    from koryu.cli.practice_people import PASSWORD, people

    rows = [f"  {username:<18} {role:<12} {name}" for username, role, name in people()]
    return "\n".join(
        [f"Practice area: {address}/desk/ (every sign-in has the password {PASSWORD})", *rows],
    )
