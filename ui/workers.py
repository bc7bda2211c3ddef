"""The worker processes beside the application: started, restarted when they fall, ended with us.

A worker lives as long as the pipe on its standard input: when the launcher ends, however it
ends, the pipe closes and the worker goes.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import time
from pathlib import Path

log = logging.getLogger("yuyan.workers")

LOOK_EVERY_S = 1.0
LONGEST_PAUSE_S = 60.0  # between two starts of a worker that keeps falling
STEADY_S = 30.0  # a worker that lived this long fell for a new reason
LEAVE_S = 5.0  # time to end the chunk at hand


class Worker:
    """One worker process and its next successor."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause_s = 0.0

    def look_after(self) -> None:
        """Start the process when there is none; one that falls again and again is started ever more slowly."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._mourn(now)
        if self.process is None and now >= self._started_at + self._pause_s:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE)
            self._started_at = now

    def leave(self) -> None:
        """Close the pipe, which tells the process to go."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def wait(self, seconds: float) -> None:
        """Wait until the process has gone, and end it when it does not go."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _mourn(self, now: float) -> None:
        assert self.process is not None
        self.leave()
        log.warning("worker %s ended with %s", self.process.pid, self.process.returncode)
        steady = now - self._started_at > STEADY_S
        self._pause_s = 0.0 if steady else min(LONGEST_PAUSE_S, max(1.0, 2 * self._pause_s))
        self.process = None


class Crew:
    """All workers of an installation."""

    def __init__(self, data: Path, count: int) -> None:
        command = [sys.executable, "-m", "ui.worker", "--data", str(data)]
        self.workers = [Worker(command) for _number in range(count)]

    async def supervise(self) -> None:
        """Look after the workers until cancelled."""
        while True:
            for worker in self.workers:
                worker.look_after()
            await asyncio.sleep(LOOK_EVERY_S)

    def dismiss(self) -> None:
        """Let all of them go, then wait for each."""
        for worker in self.workers:
            worker.leave()
        for worker in self.workers:
            worker.wait(LEAVE_S)
