"""`koryu demo`: the record that Koryu ships, loaded and served, with a practice area beside it."""

from contextlib import ExitStack
from pathlib import Path

import click

from koryu.cli import serving

SHIPPED = Path(__file__).parent.parent / "data"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--practice-port",
    default=None,
    type=click.IntRange(0, 65535),
    help="Where the practice area is served; 0 for none. Without it, the port after --port.",
)
def demo(host: str, port: int, practice_port: int | None) -> None:
    """Load the record that Koryu ships and serve it, and an area to practise in at a port of its own."""
    beside = practice_beside(port) if practice_port is None else practice_port
    if beside:
        serving.refuse_unless_free(host, beside, option="--practice-port (0 for no practice area)")
    serving.make_ready(host, port)
    serving.in_a_process_of_its_own("load", "--replace", *map(str, shipped()))
    with ExitStack() as running:
        running.enter_context(serving.beside("tend"))
        if beside:
            running.enter_context(serving.beside("practice", "--host", host, "--port", str(beside)))
        serving.answer_at(host, port, index=False)


def practice_beside(port: int) -> int:
    """The port of the practice area beside a server at this one."""
    return port + 1 if port < 65535 else port - 1


def shipped() -> list[Path]:
    """The data files that come with Koryu."""
    return sorted(SHIPPED.glob("**/*.yaml"))
