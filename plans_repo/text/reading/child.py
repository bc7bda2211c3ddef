"""Programs that read what is not trusted: bounded in time, memory and output, and ended by their own id."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SHELL = Path("/bin/sh")
LIMITED = 'ulimit -v {memory} 2>/dev/null; ulimit -f {file} 2>/dev/null; ulimit -c 0 2>/dev/null; exec "$@"'
KILO = 1024
BLOCK = 512  # bytes; the unit of ulimit -f


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What a child may use: seconds of the clock, bytes of address space, bytes of any one file it writes."""

    time_s: float
    memory_bytes: int
    file_bytes: int


@dataclass(frozen=True, kw_only=True)
class Finished:
    """How a child ended; *code* is None when its time was up and it was killed."""

    code: int | None
    out: bytes


def run_child(
    command: Sequence[str],
    bounds: Bounds,
    *,
    given: bytes = b"",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """Run *command* with *given* on its standard input, and wait for it no longer than its bounds say.

    It gets a session of its own, so that everything it started ends with it. Where the
    system has no limits for memory and files (Windows), time is the only bound.

    >>> import sys
    >>> bounds = Bounds(time_s=30, memory_bytes=2_000_000_000, file_bytes=1000)
    >>> run_child([sys.executable, "-c", "print(1)"], bounds).out.strip()
    b'1'
    """
    child = subprocess.Popen(
        [*_limits(bounds), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=None if environment is None else dict(environment),
        start_new_session=True,
    )
    try:
        out, _ = child.communicate(given, timeout=bounds.time_s)
        return Finished(code=child.returncode, out=out)
    except subprocess.TimeoutExpired:
        return Finished(code=None, out=b"")
    finally:
        _end(child)


def _limits(bounds: Bounds) -> list[str]:
    """A shell that sets the limits and then becomes the command; nothing on systems without one."""
    if os.name != "posix" or not SHELL.exists():
        return []
    script = LIMITED.format(memory=bounds.memory_bytes // KILO, file=bounds.file_bytes // BLOCK)
    return [str(SHELL), "-c", script, "sh"]


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it left running in its session, by the id it was started under."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):  # nothing of it is left
            os.killpg(child.pid, signal.SIGKILL)
    elif child.poll() is None:
        child.kill()
    if child.stdin and not child.stdin.closed:
        child.stdin.close()
    child.wait()
    if child.stdout:
        child.stdout.close()
