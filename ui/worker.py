"""The worker process: `python -m ui.worker --data DIR`. It ends when its standard input closes."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from plans_repo.store.worker import run_worker
from ui.handlers import all_handlers
from ui.installation import occupy, open_installation

NICENESS = 10  # the screens come before the studies


def main(arguments: Sequence[str] | None = None) -> int:
    """Work off jobs until the launcher goes."""
    parser = argparse.ArgumentParser(prog="python -m ui.worker")
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args(arguments).data
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the launcher, which then closes our input
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    work_until_closed(data, f"{socket.gethostname()}:{os.getpid()}")
    return 0


def work_until_closed(data: Path, worker_id: str) -> None:
    """The loop of the worker, with a thread that watches the standard input."""
    closed = threading.Event()
    threading.Thread(target=_watch_input, args=(closed,), daemon=True).start()
    installation = open_installation(data)
    occupy(installation)
    run_worker(installation.store, all_handlers(), worker_id=worker_id, sleep=closed.wait, stop=closed.is_set)
    installation.store.close()


def _watch_input(closed: threading.Event) -> None:
    while sys.stdin.buffer.read(1):
        pass
    closed.set()


if __name__ == "__main__":
    sys.exit(main())
