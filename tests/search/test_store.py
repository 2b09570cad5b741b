import subprocess
import sys
from pathlib import Path

import pytest

from koryu.search.store import Busy, Store

HOLD = """
import sys
from pathlib import Path
from koryu.search.store import Store
with Store(Path(sys.argv[1])).writing(wait=5):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_folder_without_an_index_has_no_generation(tmp_path: Path) -> None:
    assert Store(tmp_path / "none").generation is None


def test_the_generation_in_use_changes_in_one_step_and_the_old_one_goes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second = store.new_generation(), store.new_generation()
    store.use(first)
    assert store.generation == first
    third = store.new_generation()
    store.use(third)
    assert store.generation == third
    assert sorted(path.name for path in tmp_path.glob("generation-*")) == [third.name]
    assert not second.exists()


@pytest.mark.parametrize("name", ["", "../elsewhere", "generation-gone", "\xff"])
def test_a_pointer_to_nowhere_is_no_generation(tmp_path: Path, name: str) -> None:
    (tmp_path / "current").write_bytes(name.encode("latin-1"))
    assert Store(tmp_path).generation is None


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    with Store(tmp_path).writing(wait=0), pytest.raises(Busy), Store(tmp_path).writing(wait=0.05):
        pass
    with Store(tmp_path).writing(wait=0):
        pass


def test_a_writer_that_dies_lets_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Busy), Store(tmp_path).writing(wait=0.05):
            pass
        other.kill()
    with Store(tmp_path).writing(wait=2):
        pass
