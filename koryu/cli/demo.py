"""`koryu demo`: the record that Koryu ships, loaded and served."""

from pathlib import Path

import click

from koryu.cli import serving

SHIPPED = Path(__file__).parent.parent / "data"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(host: str, port: int) -> None:
    """Load the record that Koryu ships and serve it."""
    serving.make_ready(host, port)
    serving.in_a_process_of_its_own("load", *map(str, shipped()))
    serving.answer_at(host, port)


def shipped() -> list[Path]:
    """The data files that come with Koryu."""
    return sorted(SHIPPED.glob("**/*.yaml"))
