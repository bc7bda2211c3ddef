"""The house itself: floors, lock files, licences, what is kept in the repository, and the bootstrap."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from sim.errors import CodedError

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("sim", "plans_repo", "drills", "ui")
LOCKS = ("build", "run", "dev")
LARGEST_MB = 3
# Put together here, so that this file does not name one itself.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("files", "pythonhosted"), ("registry", "npmjs"), ("deb", "debian", "org"),
        ("pypi", "tuna"), ("mirrors", "aliyun"), ("mirrors", "tuna"), ("mirrors", "cloud"), ("proxy", "golang"),
    )
)  # fmt: skip
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def our_files() -> list[Path]:
    """Return every file that is or would be in the repository; where there is no git, every file outside .venv."""
    words = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split("\0")
        files = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        files = [path for path in ROOT.rglob("*") if not {".venv", ".git", "var"} & set(path.parts)]
    return [path for path in files if path.is_file()]


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall(lock(name)))


# ---- Floors ----------------------------------------------------------------------------------------------------------


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_imports_only_look_down() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("sim/plan.py", "import plans_repo"),
        ("sim/store.py", "import sqlmodel"),
        ("sim/luck.py", "import random"),
        ("plans_repo/page.py", "import streamlit"),
        ("drills/page.py", "import ui"),
    ],
)
def test_an_import_that_looks_up_is_found(tmp_path: Path, module: str, line: str) -> None:
    a_house(tmp_path)
    (tmp_path / module).write_text(line + "\n", "utf-8")
    assert lint_imports(tmp_path).returncode == 1


def test_an_import_that_looks_down_is_not(tmp_path: Path) -> None:
    a_house(tmp_path)
    (tmp_path / "ui" / "page.py").write_text("import streamlit\nimport drills\nimport sim\n", "utf-8")
    assert lint_imports(tmp_path).returncode == 0


def a_house(folder: Path) -> None:
    """Build four empty floors under our contract."""
    for floor in FLOORS:
        (folder / floor).mkdir()
        (folder / floor / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", folder)


@pytest.mark.parametrize("floor", FLOORS)
def test_every_floor_has_its_own_coded_errors(floor: str) -> None:
    module = importlib.import_module(f"{floor}.errors")
    own = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]
    assert any(issubclass(value, CodedError) for value in own), f"{floor}/errors.py has no CodedError"


# ---- Lock files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=\S)", lock(name).strip())
    assert len(entries) == len(pins(name)) > 3
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda path: path.name)
def test_lock_files_name_packages_and_hashes_only(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"://| @ |--(index|extra-index|find-links|trusted-host)", text)


def test_tests_run_on_the_versions_that_run_in_the_office() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_every_package_asked_for_is_pinned() -> None:
    for name in LOCKS:
        asked = re.findall(r"^[A-Za-z][\w-]*", (ROOT / "requirements" / f"{name}.in").read_text("utf-8"), re.MULTILINE)
        assert {word.lower() for word in asked} <= pins(name).keys()


def test_no_second_lock_file_grows_beside_ours() -> None:
    strangers = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"}
    assert [path for path in our_files() if path.name in strangers] == []


def licence(package: str) -> str:
    about = metadata.metadata(package)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    stated = about.get("License-Expression") or (about.get("License") or "").partition("\n")[0]
    return " ".join([stated, *classifiers])


def test_no_package_at_run_time_is_under_the_gpl() -> None:
    """psycopg's LGPL is the one exception (docs/decisions/0002-libraries.md)."""
    installed = {distribution.metadata["Name"].lower() for distribution in metadata.distributions()}
    here = [name for name in pins("run") if name in installed]
    assert len(here) > 50
    found = {name for name in here if re.search(r"GPL|General Public|SSPL|Business Source", licence(name))}
    assert found == {"psycopg", "psycopg-binary"}


# ---- What is kept ----------------------------------------------------------------------------------------------------


def test_no_file_names_the_host_of_a_package_registry() -> None:
    named = [
        (path.relative_to(ROOT), host)
        for path in our_files()
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert named == []


def test_no_file_is_large() -> None:
    assert [path for path in our_files() if path.stat().st_size > LARGEST_MB * 1_000_000] == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    own = re.escape(str(ROOT).encode())
    homes = re.compile(rb"/(?:home|Users|root)/\w|" + own)
    assert [path.relative_to(ROOT) for path in our_files() if homes.search(path.read_bytes())] == []


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(numbers) > 10
    assert sorted(set(numbers)) == numbers
    said = [page.read_text("utf-8").split(maxsplit=2)[:2] for page in pages]
    assert said == [["#", number] for number in numbers]


def test_tests_mirror_the_floors() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert set(FLOORS) <= folders


def test_every_floor_goes_into_the_installed_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert settings["tool"]["setuptools"]["packages"]["find"]["include"] == [f"{floor}*" for floor in FLOORS]
    assert settings["tool"]["mypy"]["packages"] == settings["tool"]["importlinter"]["root_packages"] == list(FLOORS)


def test_what_the_floors_read_beside_code_goes_into_the_installed_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = {pattern.removeprefix("*") for pattern in settings["tool"]["setuptools"]["package-data"]["*"]}
    floors = [path for path in our_files() if path.relative_to(ROOT).parts[0] in FLOORS]
    assert {path.suffix for path in floors} - packed == {".py"}


# ---- The bootstrap ---------------------------------------------------------------------------------------------------


def test_the_bootstrap_is_readable_for_an_old_python() -> None:
    """So that Python 3.7 prints the sentence about 3.11 instead of a syntax error."""
    assert ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 7)).body


def test_the_bootstrap_needs_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text("utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names = plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def a_checkout(folder: Path) -> Path:
    """Copy what the bootstrap reads to *folder* with a blank in its path, and return the bootstrap."""
    there = folder / "a checkout"
    (there / "requirements").mkdir(parents=True)
    for name in ("dev.py", "pyproject.toml", *(f"requirements/{lock_name}.txt" for lock_name in LOCKS)):
        shutil.copy(ROOT / name, there / name)
    return there / "dev.py"


def ask(bootstrap: Path, question: str) -> str:
    words = [sys.executable, "-c", f"import dev; print(repr({question}))"]
    return subprocess.run(words, cwd=bootstrap.parent, capture_output=True, text=True, check=True).stdout.strip()


def test_another_lock_or_another_place_makes_another_environment(tmp_path: Path) -> None:
    bootstrap = a_checkout(tmp_path / "one")
    before = ask(bootstrap, "dev.stamp('run')")
    assert before == ask(bootstrap, "dev.stamp('run')")
    assert before != ask(a_checkout(tmp_path / "two"), "dev.stamp('run')")
    with (bootstrap.parent / "requirements" / "run.txt").open("a") as text:
        text.write("\n")
    assert before != ask(bootstrap, "dev.stamp('run')")


def test_checker_settings_do_not_rebuild_the_environment(tmp_path: Path) -> None:
    bootstrap = a_checkout(tmp_path)
    before = ask(bootstrap, "dev.stamp('dev')")
    settings = bootstrap.parent / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("line-length = 120", "line-length = 100"), "utf-8")
    assert before == ask(bootstrap, "dev.stamp('dev')")


def test_an_environment_without_its_stamp_is_not_trusted(tmp_path: Path) -> None:
    assert ask(a_checkout(tmp_path), "(dev.is_ready('run'), dev.is_finished())") == "(False, False)"


def test_a_broken_environment_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    bootstrap = a_checkout(tmp_path)
    theirs = bootstrap.parent / ".venv" / "theirs.txt"
    theirs.parent.mkdir()
    theirs.touch()
    words = [sys.executable, str(bootstrap), "setup"]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    assert (done.returncode, theirs.exists()) == (1, True)
    assert str(theirs.parent) in done.stderr


@pytest.mark.parametrize("name", ["setup", "run", "test", "lint", "check", "clean"])
def test_make_and_the_bootstrap_know_the_same_commands(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^\.PHONY:.*\b{name}\b", makefile, re.MULTILINE)
    done = subprocess.run([sys.executable, str(ROOT / "dev.py"), "-h"], capture_output=True, text=True, check=True)
    assert re.search(rf"^ +{name} ", done.stdout, re.MULTILINE)
