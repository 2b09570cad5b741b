"""The shape of the house, where the import contract in pyproject.toml cannot see it."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.source import nodes_of, parsed

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "koryu"

# From the lowest up; rooms of one floor are siblings.
FLOORS = (
    ("values",),
    ("seals", "search"),
    ("records",),
    ("journal",),
    ("files",),
    ("ledger",),
    ("archive",),
    ("institutions",),
    ("consent",),
    ("wording",),
    ("sheets",),
    ("delivery",),
    ("federation", "supply", "statistics", "correspondence", "planning", "ingest", "notices", "publishing"),
    ("markup",),
    ("desk", "public"),
    ("gateway",),
)
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}
ROOMS = tuple(room for room in FLOOR if (HOUSE / room).is_dir())
BELOW_THE_PAGES = tuple(room for room in ROOMS if FLOOR[room] < FLOOR["markup"])
STATEFUL = tuple(room for room in ROOMS if (HOUSE / room / "models.py").exists() or (HOUSE / room / "models").is_dir())

FILES_OF_A_STATEFUL_ROOM = {"__init__", "rules", "models", "queries", "effects", "actions", "steps"}
VAGUE_MODULES = {"utils", "helpers", "common", "core", "services", "managers", "signals", "mixins"}
VAGUE_SUFFIXES = ("Manager", "Helper", "Mixin", "Base", "Util", "Utils", "Data", "Info")
LONGEST_FILE = 400
NAMES_FOR_NOTHING = {"one", "found", "told"}

CLOCKS = {
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "time": {"time", "time_ns", "localtime", "gmtime", "strftime"},
    "timezone": {"now", "localdate", "localtime"},
}
CLOCK_IMPORTS = {("time", name) for name in CLOCKS["time"]} | {
    ("django.utils.timezone", name) for name in CLOCKS["timezone"]
}
CLOCK_ARGUMENTS = {"auto_now", "auto_now_add"}
# Where sessions that ended are deleted, by the row, and none is read.
MAY_FORGET_SESSIONS = "koryu/institutions/steps.py: django.contrib.sessions.models.Session"
OF_THE_WEB = ("django.http", "django.shortcuts", "django.views", "django.contrib.sessions")

# In pieces, so that this file names none.
REGISTRIES = tuple(
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
    )
)
NOT_OURS = {".git", ".venv", ".koryu", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}


def sources(*folders: Path) -> Iterator[Path]:
    """Our Python files in these folders; generated migrations are not counted."""
    for folder in folders:
        yield from (file for file in sorted(folder.rglob("*.py")) if "migrations" not in file.parts)


def shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def room_of(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_in_one_sentence_what_it_is_for(room: str) -> None:
    said = ast.get_docstring(parsed(HOUSE / room / "__init__.py")) or ""
    assert re.fullmatch(r"[A-Z](?:[^.!?]|\.(?!\s|$))*\.", said), f"koryu/{room}/__init__.py says: {said!r}"


def test_every_folder_of_the_house_is_a_room_on_a_floor() -> None:
    folders = {folder.name for folder in HOUSE.iterdir() if folder.is_dir() and folder.name != "__pycache__"}
    assert folders - set(FLOOR) - {"cli", "data", "locale", "migrations", "static", "templates"} == set()


def test_the_house_is_drawn_as_it_is_built() -> None:
    drawn = (ROOT / "docs/explanation/house.md").read_text(encoding="utf-8").partition("```")[2].partition("```")[0]
    rooms = [room for line in drawn.splitlines() for room in re.findall(r"│ ([a-z]+)/", line)]
    assert sorted(rooms) == sorted(ROOMS)
    floors = [FLOOR[room] for room in rooms]
    assert floors == sorted(floors, reverse=True)


def test_a_table_never_points_to_a_table_of_a_higher_room_or_a_sibling() -> None:
    pointers = [
        (room_of(model.__module__), room_of(field.related_model.__module__), f"{model.__name__}.{field.name}")
        for model in apps.get_app_config("koryu").get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.many_to_one or (field.one_to_one and not field.auto_created)
        if isinstance(field.related_model, type)
    ]
    wrong = [what for own, other, what in pointers if own != other and FLOOR[other] >= FLOOR[own]]
    assert wrong == []


@pytest.mark.parametrize("room", STATEFUL)
def test_a_stateful_room_holds_the_same_few_files(room: str) -> None:
    names = {path.stem for path in (HOUSE / room).iterdir() if path.name != "__pycache__"}
    assert names - FILES_OF_A_STATEFUL_ROOM == set()


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [shown(path) for path in HOUSE.rglob("*.py") if path.stem in VAGUE_MODULES] == []


# Files that every room of a sort has, by the same name; everything else is named once.
NAMED_EVERYWHERE = FILES_OF_A_STATEFUL_ROOM | {"access", "pages", "urls"}


def test_every_other_module_is_named_once() -> None:
    names = Counter(file.stem for file in sources(HOUSE) if file.stem not in NAMED_EVERYWHERE)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_public_class_is_named_once() -> None:
    names = Counter(
        node.name
        for file in sources(HOUSE)
        for node in nodes_of(file)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Meta"
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_only_sheets_reads_what_was_typed_as_a_value() -> None:
    readers = {
        file.relative_to(HOUSE).parts[0]
        for file in sources(HOUSE)
        if file.relative_to(HOUSE).parts[:2] != ("values", "typed")
        for name in imported(nodes_of(file))
        if name.startswith("koryu.values.typed")
    }
    assert readers == {"sheets"}


MOST_IMPORTS_FROM_OTHER_ROOMS = 12


def test_no_module_of_a_room_leans_on_more_than_twelve_modules_of_other_rooms() -> None:
    leaning = {}
    for file in (file for room in ROOMS for file in sources(HOUSE / room)):
        own = f"koryu.{file.relative_to(HOUSE).parts[0]}."
        names = imported(nodes_of(file))
        modules = {module_of(name) for name in names if name.startswith("koryu.") and not name.startswith(own)}
        if len(modules) > MOST_IMPORTS_FROM_OTHER_ROOMS:
            leaning[shown(file)] = len(modules)
    assert leaning == {}


def module_of(name: str) -> str:
    """The module that an imported name is, or is in."""
    path = ROOT / name.replace(".", "/")
    return name if path.is_dir() or path.with_suffix(".py").exists() else name.rpartition(".")[0]


def test_no_class_is_named_for_its_part_in_a_framework() -> None:
    named = [
        f"{shown(file)}: {node.name}"
        for file in sources(HOUSE)
        for node in nodes_of(file)
        if isinstance(node, ast.ClassDef) and node.name.endswith(VAGUE_SUFFIXES)
    ]
    assert named == []


def test_no_source_file_is_longer_than_one_concept() -> None:
    lengths = {
        shown(file): len(file.read_text(encoding="utf-8").splitlines()) for file in sources(HOUSE, ROOT / "scripts")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def locals_named(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Where a variable, a parameter or what a pattern or an `except` binds is named, and how."""
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield node.lineno, name


@pytest.mark.parametrize(
    "source",
    [
        "one = 1",
        "for one in many: pass",
        "[one for one in many]",
        "def count(found): pass",
        "sorted(many, key=lambda told: told.at)",
        "if (found := look()): pass",
        "first, *told = many",
        "with open(file) as found: pass",
        "match value:\n    case [one, *_]: pass",
    ],
)
def test_a_local_named_for_nothing_is_noticed(source: str) -> None:
    assert [name for _line, name in locals_named(ast.walk(ast.parse(source))) if name in NAMES_FOR_NOTHING]


def test_no_local_is_named_for_nothing() -> None:
    named = [
        f"{shown(file)}:{line}: {name}"
        for file in sources(HOUSE)
        for line, name in locals_named(nodes_of(file))
        if name in NAMES_FOR_NOTHING
    ]
    assert named == []


def clock_readings(nodes: Iterable[ast.AST]) -> Iterator[int]:
    """The lines on which a source takes the time from the clock, or hands the clock to somebody who will."""
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name) if name in CLOCKS.get(
                owner, ()
            ):
                yield node.lineno
            case ast.ImportFrom(module=str(module), names=names) if any(
                (module, name.name) in CLOCK_IMPORTS for name in names
            ):
                yield node.lineno
            case ast.keyword(arg=str(arg)) if arg in CLOCK_ARGUMENTS:
                yield node.lineno


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
        "time.time()",
        "timezone.now",
        "from django.utils.timezone import now",
        "DateTimeField(auto_now_add=True)",
    ],
)
def test_a_reading_of_the_clock_is_noticed(source: str) -> None:
    assert list(clock_readings(ast.walk(ast.parse(source)))) == [1]


@pytest.mark.parametrize("room", BELOW_THE_PAGES)
def test_nothing_below_the_pages_reads_the_clock(room: str) -> None:
    readings = [f"{shown(file)}:{line}" for file in sources(HOUSE / room) for line in clock_readings(nodes_of(file))]
    assert readings == []


def imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{name.name}" for name in names)


@pytest.mark.parametrize("room", BELOW_THE_PAGES)
def test_nothing_below_the_pages_knows_the_request_or_the_session(room: str) -> None:
    imports = [
        f"{shown(file)}: {name}"
        for file in sources(HOUSE / room)
        for name in imported(nodes_of(file))
        if f"{name}.".startswith(tuple(f"{module}." for module in OF_THE_WEB))
    ]
    assert [line for line in imports if line != MAY_FORGET_SESSIONS] == []


def test_every_exception_to_a_check_has_its_reason() -> None:
    exception = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma)\b(?!.* -- \S)")
    without = [
        f"{shown(file)}:{number}"
        for file in sources(HOUSE, ROOT / "scripts", ROOT / "tests")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if exception.search(line)
    ]
    assert without == []


def our_files() -> Iterator[Path]:
    for path in sorted(ROOT.iterdir()):
        if path.name in NOT_OURS or path.name.startswith(".venv-"):
            continue
        yield from [path] if path.is_file() else (file for file in path.rglob("*") if file.is_file())


def test_no_file_names_a_package_registry() -> None:
    names = re.compile("|".join(map(re.escape, REGISTRIES)).encode())
    assert [shown(file) for file in our_files() if names.search(file.read_bytes())] == []


@pytest.mark.parametrize("lock", ["run.lock", "test.lock"])
def test_a_lock_file_says_versions_and_hashes_and_no_address(lock: str) -> None:
    lines = (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines()
    pinned = re.compile(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not pinned.fullmatch(line)] == []
