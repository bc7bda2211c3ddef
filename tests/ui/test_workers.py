"""Workers that fall are started again, ever more slowly, and all go when dismissed."""

from __future__ import annotations

import sys

from ui.workers import LONGEST_PAUSE_S, Worker

WAITING = [sys.executable, "-c", "import sys; sys.stdin.read()"]
FALLING = [sys.executable, "-c", "raise SystemExit(3)"]


def test_a_worker_leaves_when_its_pipe_closes() -> None:
    worker = Worker(WAITING)
    worker.look_after()
    assert worker.process is not None
    worker.leave()
    worker.wait(20)
    assert worker.process.returncode == 0


def test_a_worker_that_does_not_go_is_ended() -> None:
    worker = Worker([sys.executable, "-c", "import time; time.sleep(60)"])
    worker.look_after()
    assert worker.process is not None
    worker.leave()
    worker.wait(0.2)
    assert worker.process.returncode not in (None, 0)


def test_a_fallen_worker_is_not_started_again_at_once() -> None:
    worker = Worker(FALLING)
    worker.look_after()
    assert worker.process is not None
    worker.process.wait(20)
    worker.look_after()
    assert worker.process is None
    assert 0 < worker._pause_s <= LONGEST_PAUSE_S


def test_a_worker_killed_after_a_long_life_is_started_again_at_once() -> None:
    worker = Worker(WAITING)
    worker.look_after()
    first = worker.process
    assert first is not None
    first.kill()
    first.wait(20)
    worker._started_at -= 3600
    worker.look_after()
    second = worker.process
    assert second is not None
    assert second is not first
    worker.leave()
    worker.wait(20)
