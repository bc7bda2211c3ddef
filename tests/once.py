"""What is dear to make and the same for every test: made once in a run, by whichever worker asks first, and copied.

The workers of a run share one folder. The first to ask for a name claims it by making its folder, which only
one can; the others wait until it is complete.
"""

import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

FOLDER = "YUYAN_TEST_RUN"
PATIENCE_S = 600.0
STEP_S = 0.05

Value = TypeVar("Value")


def begin() -> None:
    """Lay out the folder of this run; workers started afterwards find it in their environment."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="yuyan-tests-")


def end() -> None:
    """Take the folder of this run away."""
    shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def copy_of(name: str, to: Path, make: Callable[[Path], Value]) -> Value:
    """Fill the folder *to* with what *make* leaves in a folder; give what *make* answered, for every copy the same."""
    made, value = made_once(name, make)
    shutil.copytree(made, to, dirs_exist_ok=True)
    return value


def made_once(name: str, make: Callable[[Path], Value]) -> tuple[Path, Value]:
    """The folder that *make* filled under this name in this run, to be read only, and what *make* answered."""
    place = Path(os.environ[FOLDER]) / name
    answer = place / "answer"
    try:
        place.mkdir()
    except FileExistsError:
        return place / "made", cast(Value, waited_for(answer))
    (place / "made").mkdir()
    try:
        value = make(place / "made")
    except BaseException:
        keep(answer, None)
        raise
    keep(answer, (value,))
    return place / "made", value


def keep(answer: Path, value: tuple[object] | None) -> None:
    """Write an answer so that whoever sees the file sees all of it."""
    unfinished = answer.with_suffix(".unfinished")
    unfinished.write_bytes(pickle.dumps(value))
    unfinished.replace(answer)


def waited_for(answer: Path) -> object:
    until = time.monotonic() + PATIENCE_S
    while not answer.exists():
        assert time.monotonic() < until, f"{answer.parent.name}: still not made after {PATIENCE_S:.0f} s"
        time.sleep(STEP_S)
    found = pickle.loads(answer.read_bytes())  # noqa: S301 - written by ourselves a moment ago
    assert found is not None, f"{answer.parent.name}: could not be made; the first test that asked for it says why"
    return found[0]
