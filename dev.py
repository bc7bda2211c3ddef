"""Build, start and check Yuyan with nothing but Python and pip: ``python dev.py setup|run|test|lint|check|clean``.

Only the standard library, and nothing newer than Python 3.7 in the grammar, so that an old Python reaches the sentence
that says which one is needed.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "yuyan-ready.json"  # written last: no stamp, no trust
MARK = VENV / "made-by-dev-py"  # what we made is ours to throw away; somebody else's .venv is only added to
LEAST = (3, 11)
OTHER_PYTHONS = (["python3.13"], ["python3.12"], ["python3.11"], ["python3"], ["python"], ["py", "-3"])
LOCKS = {"run": ("build.txt", "run.txt"), "dev": ("build.txt", "dev.txt")}  # dev.txt contains run.txt

NO_PYTHON = """\
需要 Python 3.11 或更高版本，当前是 {have}（{where}），也没有找到别的。
请先安装 Python 3.11 以上版本，再运行 make，或 python3.11 dev.py {command}（Windows：py -3.11 dev.py {command}）。
Python 3.11 or newer is needed; this is {have} ({where}), and no other was found.
Install Python 3.11 or newer and run make again, or python3.11 dev.py {command} (Windows: py -3.11 dev.py {command})."""

NO_PIP = """\
{where} 没有 ensurepip，也没有 pip（22.3 以上）或 virtualenv，无法建立 .venv。
请安装其中之一，例如 Debian、Ubuntu：apt install python3-venv（或 python3-pip）。
{where} has neither ensurepip nor pip (22.3 or newer) nor virtualenv, so .venv cannot be made.
Install one of them, for example on Debian or Ubuntu: apt install python3-venv (or python3-pip)."""

NOT_OURS = """\
{where} 已存在，不是本程序建立的，而且其中的 Python 不可用或低于 3.11。请将它移走或删除后重试。
{where} exists, was not made by this program, and its Python does not start or is older than 3.11: move it away."""

FAILED_STEP = """\
这一步没有完成（退出码 {code}）：{what}
改正后重新运行同一命令即可，未完成的环境会重新建立。
This step did not finish (exit code {code}): {what}
Put it right and run the same command again; an unfinished environment is built anew."""


PIP_IS_ENOUGH = "import pip; assert tuple(map(int, pip.__version__.split('.')[:2])) >= (22, 3)"
STRAY = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"} | {"PIP_" + name for name in ("USER", "TARGET", "PREFIX", "ROOT")}
CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis")


class Stop(Exception):
    """Ends the command with a message for the person at the keyboard."""


def main(words=None):
    """Run one command and return its exit code."""
    asked, rest = arguments(sys.argv[1:] if words is None else words)
    if sys.version_info < LEAST:
        return hand_over(asked.command)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console that lacks the characters shows "?", it does not stop us
    try:
        return COMMANDS[asked.command](asked, rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def arguments(words):
    parser = argparse.ArgumentParser(prog="dev.py", description="Yuyan 预演")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.required = True
    commands.add_parser("setup", help="建立运行、检查和测试用的环境 / make the environment in .venv")
    run = commands.add_parser(
        "run",
        help="建库、装入演示数据并启动；其余选项（如 --port 8600）交给 yuyan serve / "
        "start, with demo data; other options (such as --port 8600) go to yuyan serve",
    )
    run.add_argument("--data", help="数据目录，默认 ./var / data directory, ./var unless given")
    commands.add_parser("test", help="运行测试 / run the tests; options go to pytest")
    commands.add_parser("lint", help="检查风格、类型、楼层 / check style, types and floors")
    commands.add_parser("check", help="lint 加 test / lint, then test")
    commands.add_parser("clean", help="删除环境和缓存，不动数据 / remove the environment and caches, never data")
    asked, rest = parser.parse_known_args(words)
    if rest and asked.command not in ("run", "test", "check"):
        parser.error("unrecognized arguments: " + " ".join(rest))
    return asked, rest


# ---- Python ----------------------------------------------------------------------------------------------------------


def hand_over(command):
    """Start this file again with a Python that is new enough, or say that there is none."""
    for words in OTHER_PYTHONS:
        if is_new_enough(words):
            return subprocess.call(words + [str(Path(__file__).resolve())] + sys.argv[1:])
    have = ".".join(str(part) for part in sys.version_info[:3])
    print(NO_PYTHON.format(have=have, where=sys.executable, command=command), file=sys.stderr)
    return 1


def is_new_enough(python):
    return answers(python, "import sys; sys.exit(sys.version_info < {!r})".format(LEAST))


def answers(python, question):
    """Return whether *python*, a list of words, starts and gets through *question*."""
    try:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.call(python + ["-c", question], env=environment(), **quiet) == 0
    except OSError:
        return False


def base_python():
    """Return the interpreter outside every virtual environment: the one in .venv cannot rebuild .venv."""
    return getattr(sys, "_base_executable", None) or sys.executable


# ---- The environment -------------------------------------------------------------------------------------------------


def program(name):
    """Return the path of *name* inside .venv on this system."""
    return str(VENV / ("Scripts/" + name + ".exe" if os.name == "nt" else "bin/" + name))


def make_environment(kind):
    """Make .venv hold what *kind* ("run" or "dev") needs; returns at once when it does."""
    if is_ready(kind):
        return
    print("正在建立环境 .venv，约需一两分钟。/ Building .venv: a minute or two.", flush=True)
    if MARK.exists() and not is_finished():
        remove(VENV)
    if not VENV.exists():
        new_venv()
    elif not is_new_enough([program("python")]):
        raise Stop(NOT_OURS.format(where=VENV))
    if STAMP.exists():
        STAMP.unlink()
    fill(kind)
    STAMP.write_text(json.dumps(stamp(kind)), encoding="utf-8")
    print("环境已就绪。/ The environment is ready: " + str(VENV), flush=True)


def is_ready(kind):
    return read_stamp() in (stamp(kind), stamp("dev")) and is_new_enough([program("python")])


def is_finished():
    """Return whether .venv was once finished, in this place, and still starts: only then is it brought up to date."""
    return read_stamp().get("where") == str(ROOT) and is_new_enough([program("python")])


def read_stamp():
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def stamp(kind):
    """Return what .venv is made from: another lock, another way to install us or another place makes another one."""
    digest = hashlib.sha256(json.dumps(how_we_install(), sort_keys=True).encode())
    for name in LOCKS[kind]:
        digest.update((ROOT / "requirements" / name).read_bytes())
    return {"kind": kind, "made_of": digest.hexdigest(), "where": str(ROOT)}


def how_we_install():
    """Return the parts of pyproject.toml that reach the environment; the settings of the checkers do not."""
    import tomllib  # not in the old Pythons that must be able to read this file

    with open(str(ROOT / "pyproject.toml"), "rb") as file:
        settings = tomllib.load(file)
    return [settings["build-system"], settings["project"], settings["tool"]["setuptools"]]


def new_venv():
    """Make an empty .venv with a pip, in the first of three ways that this Python offers."""
    base = base_python()
    if answers([base], "import venv, ensurepip"):
        way = [[base, "-m", "venv", VENV]]
    elif answers([base], PIP_IS_ENOUGH):  # Debian without python3-venv
        borrow_pip = [base, "-m", "pip", "--python", program("python")]
        way = [[base, "-m", "venv", "--without-pip", VENV], borrow_pip + pip_install("build.txt")]
    elif answers([base], "import virtualenv"):
        way = [[base, "-m", "virtualenv", "-q", VENV]]
    else:
        raise Stop(NO_PIP.format(where=base))
    mark()
    for words in way:
        step(words)


def mark():
    try:
        VENV.mkdir()
        MARK.write_text("", encoding="utf-8")
    except OSError as error:
        raise Stop("无法写入 {0}：{1} / Cannot write {0}: {1}".format(VENV, error.strerror)) from None


def fill(kind):
    pip = [program("python"), "-m", "pip"]
    for lock in LOCKS[kind]:
        print("  requirements/" + lock, flush=True)
        step(pip + pip_install(lock))
    step(pip + ["install", "-q", "--no-input", "--no-build-isolation", "--no-deps", "-e", ROOT])


def pip_install(lock):
    return ["install", "-q", "--no-input", "--require-hashes", "-r", ROOT / "requirements" / lock]


def step(words):
    words = [str(word) for word in words]
    code = subprocess.call(words, cwd=str(ROOT), env=environment())
    if code:
        raise Stop(FAILED_STEP.format(code=code, what=" ".join(words)))


def environment(**more):
    """Return this process's environment without what would send packages or imports elsewhere."""
    clean = {name: value for name, value in os.environ.items() if name not in STRAY}
    clean["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    if not os.access(os.path.expanduser("~"), os.W_OK):
        clean["PIP_NO_CACHE_DIR"] = "1"
    clean.update(more)
    return clean


def remove(path):
    try:
        shutil.rmtree(str(path)) if path.is_dir() else path.unlink()
    except OSError as error:
        raise Stop("无法删除 {0}：{1} / Cannot remove {0}: {1}".format(path, error.strerror)) from None


# ---- The commands ----------------------------------------------------------------------------------------------------


def setup(asked, rest):
    make_environment("dev")
    return 0


def run(asked, rest):
    make_environment("run")
    data = asked.data or os.environ.get("YUYAN_DATA") or str(ROOT / "var")
    return become([program("yuyan"), "serve", "--demo"] + rest, YUYAN_DATA=str(Path(data).resolve()))


def test(asked, rest):
    make_environment("dev")
    return become([program("python"), "-m", "pytest"] + (rest or EVERYTHING))


def lint(asked, rest):
    make_environment("dev")
    return verdict(failures(CHECKS))


def check(asked, rest):
    make_environment("dev")
    return verdict(failures(dict(CHECKS, pytest=[program("python"), "-m", "pytest"] + (rest or EVERYTHING))))


# all cores; a file stays with one worker, which makes its data once; files in the order of tests/conftest.py
EVERYTHING = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
CHECKS = {
    "ruff check": [program("python"), "-m", "ruff", "check", "."],
    "ruff format": [program("python"), "-m", "ruff", "format", "--check", "."],
    "mypy": [program("python"), "-m", "mypy"],
    "lint-imports": [program("lint-imports")],
}


def failures(checks):
    """Run every check, also after one has failed, and return the names of those that did."""
    return [name for name, words in checks.items() if said(name, words)]


def verdict(failed):
    print("\n未通过 / failed: " + ", ".join(failed) if failed else "\n全部通过 / all checks passed")
    return 1 if failed else 0


def said(name, words):
    print("\n== " + name, flush=True)
    return subprocess.call(words, cwd=str(ROOT), env=environment())


def become(words, **more):
    """Give this process over to *words*, so that Ctrl-C and signals reach it alone; Windows has to wait for a child."""
    os.chdir(str(ROOT))
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(words[0], words, environment(**more))
    return subprocess.call(words, env=environment(**more))


def clean(asked, rest):
    for path in [ROOT / name for name in (".venv", "build", "yuyan.egg-info") + CACHES]:
        if path.exists():
            remove(path)
    print("已删除环境和缓存；数据（var）未动。/ Environment and caches removed; data (var) untouched.")
    return 0


COMMANDS = {"setup": setup, "run": run, "test": test, "lint": lint, "check": check, "clean": clean}

if __name__ == "__main__":
    sys.exit(main())
