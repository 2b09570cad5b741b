"""`koryu schemas`: the JSON Schema of each kind of record, written from the code."""

import json
from pathlib import Path

import click

from koryu.cli.bad_input import BadInput
from koryu.cli.terminal import say
from koryu.records.document import Document
from koryu.records.kinds import EARLIER, KINDS


@click.command()
@click.option("--to", "folder", default="docs/reference/schemas", type=click.Path(path_type=Path), show_default=True)
@click.option("--check", is_flag=True, help="Write nothing; end with 1 where a written schema is stale.")
def schemas(folder: Path, check: bool) -> None:
    """Write the JSON Schema of every kind into a folder."""
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
    written = {folder / f"{kind}.json": schema(kind) for kind in KINDS}
    written |= {folder / f"{kind}-{number}.json": schema_in(model) for (kind, number), model in EARLIER.items()}
    stale = [file for file, text in written.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
    left_over = sorted(set(folder.glob("*.json")) - written.keys()) if folder.exists() else []
    if check:
        if stale or left_over:
            names = ", ".join(str(file) for file in [*stale, *left_over])
            say(f"Stale: {names}. Write them anew with: koryu schemas", err=True)
            raise SystemExit(1)
        return
    if left_over:
        raise BadInput(f"{left_over[0]}: no kind has this schema; remove it.")
    for file in stale:
        file.write_text(written[file], encoding="utf-8")
    say(f"{len(stale)} of {len(written)} schemas written to {folder}.")


def schema(kind: str) -> str:
    """The JSON Schema (2020-12) of a kind, as it lies in the folder."""
    return schema_in(KINDS[kind])


def schema_in(model: type[Document]) -> str:
    """The same, of one model: those of earlier numbers lie beside the current ones."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
