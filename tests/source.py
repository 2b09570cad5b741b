"""Python files of the house, each read once for whatever is asked of it."""

import ast
from functools import cache
from pathlib import Path


@cache
def parsed(file: Path) -> ast.Module:
    """What stands in a file, as Python reads it; it is not to be changed."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """The same, piece by piece."""
    return tuple(ast.walk(parsed(file)))
