"""`koryu demo`: the record that Koryu ships, loaded and served, with a practice area beside it."""

from contextlib import ExitStack
from pathlib import Path

import click

from koryu.cli import practice, serving

SHIPPED = Path(__file__).parent.parent / "data"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--practice-port",
    default=practice.PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Where the practice area is served; 0 for none.",
)
def demo(host: str, port: int, practice_port: int) -> None:
    """Load the record that Koryu ships and serve it, and an area to practise in at a port of its own."""
    serving.make_ready(host, port)
    serving.in_a_process_of_its_own("load", "--replace", *map(str, shipped()))
    with ExitStack() as beside:
        beside.enter_context(serving.beside("tend"))
        if practice_port:
            beside.enter_context(serving.beside("practice", "--host", host, "--port", str(practice_port)))
        serving.answer_at(host, port, index=False)


def shipped() -> list[Path]:
    """The data files that come with Koryu."""
    return sorted(SHIPPED.glob("**/*.yaml"))
