"""28,000 injects released by the clock: how late, and whether each comes once though the releaser is killed.

``python -m benchmarks.play [--engine postgresql] [--injects 28000] [--minutes 4] [--kills 6] [--seed 1]`` spreads the
injects at random over so many real minutes, lets the releaser of the application run in a process of its own, and ends
that process hard at random moments. Lateness is that of the log: when a release was written, less when it was due on
the drill clock. What was due while no releaser ran is late by the restart and told apart.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from datetime import timedelta
from random import Random

from benchmarks.databases import database
from drills import register
from drills.conduct import log, playing
from drills.conduct.entry import EntryKind
from drills.conduct.play import Play
from drills.conduct.releasing import Releaser
from drills.designs import keeping as designs
from drills.designs.design import Appointment, Design, Post
from drills.drill import Content, DrillType, Form, Purpose
from drills.scheduling import Days
from drills.scripts import keeping as scripts
from drills.scripts.script import Inject, Script, Standing
from drills.store.tables import DrillRow
from plans_repo.store.actor import Actor, local_actor
from plans_repo.store.engine import open_engine
from plans_repo.store.work import Store, new_uuid, utc_now
from ui.duties import PLAY_EVERY_S

TABLETOP = DrillType(content=Content.SINGLE, form=Form.TABLETOP, purpose=Purpose.TEST)
STARTING_S = 5.0
"""A new process needs less than that until it has read the script and looks for the first time."""
AFTERWARDS_S = 5.0


def main() -> None:
    """Measure and print."""
    asked = _asked()
    if asked.release:
        _release(asked.release)
        return
    with database(asked.engine, None) as url:
        store = _store(url)
        actor = local_actor("benchmark")
        drill = _planned(store, actor, asked)
        downs = _play(store, actor, drill, url, asked)
        _tell(store, actor, drill, downs)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.play")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--injects", type=int, default=28_000)
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--release", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _planned(store: Store, actor: Actor, asked: argparse.Namespace) -> str:
    random = Random(asked.seed)
    injects = tuple(
        Inject(id=f"i{place}", number=str(place), title=f"注入{place}", text="请处置并报告。", to=("县水利局",),
               at_min=random.uniform(0, asked.minutes), standing=Standing.APPROVED)
        for place in range(asked.injects)
    )  # fmt: skip
    with store.work(actor) as work:
        made = register.plan_drill(work, "万条注入", year=2026, type=TABLETOP)
        register.schedule_drill(work, made.id, utc_now().date() + timedelta(days=1), days=Days.ANY)
        scripts.keep(work, made.id, Script(duration_min=max(1.0, asked.minutes), injects=injects), base=0)
        post = Appointment(post=Post.EVALUATOR, name="周评", unit="第三方")
        designs.keep(work, made.id, Design(posts=(post,)), base="")
    return made.id


def _play(store: Store, actor: Actor, drill: str, url: str, asked: argparse.Namespace) -> list[tuple[float, float]]:
    """Begin beside a releasing process and go on until all is due; the stretches of time in which none ran."""
    random = Random(asked.seed + 1)
    process = _releasing(url)
    time.sleep(STARTING_S)
    with store.work(actor) as work:
        playing.begin(work, drill)
    until = time.time() + asked.minutes * 60 + AFTERWARDS_S
    downs = []
    for kill in sorted(time.time() + random.uniform(5, asked.minutes * 60) for _ in range(asked.kills)):
        time.sleep(max(0.0, kill - time.time()))
        process.kill()
        process.wait()
        downs.append((time.time(), time.time() + STARTING_S))
        process = _releasing(url)
    time.sleep(until - time.time())
    process.kill()
    process.wait()
    return downs


def _releasing(url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "benchmarks.play", "--release", url])


def _store(url: str) -> Store:
    return Store(open_engine(url), clock=utc_now, new_id=new_uuid)


def _release(url: str) -> None:
    releaser, store = Releaser(), _store(url)
    while True:
        releaser.round(store)
        time.sleep(PLAY_EVERY_S)


def _tell(store: Store, actor: Actor, drill: str, downs: list[tuple[float, float]]) -> None:
    with store.reading(actor) as work:
        row = work.session.get(DrillRow, drill)
        assert row is not None
        lines = log.entries(work, drill)
        script = log.script_of(work, row, lines)
        play = Play.of(script, lines)
        changed = log.first_changed(work, drill)
    released = [one.about for one in lines if one.kind is EntryKind.RELEASED]
    lost = len(script.injects) - len(set(released))
    _say(f"{len(script.injects)} injects, {len(released)} releases, {lost} lost, "
          f"{len(released) - len(set(released))} twice, log changed: {changed}, kills: {len(downs)}")  # fmt: skip
    stretch = play.stretch
    assert stretch is not None
    due = {one.id: stretch.instant_of(one.at_min or 0.0).timestamp() for one in script.injects}
    down = [name for name in play.late_s if any(start - PLAY_EVERY_S <= due[name] <= end for start, end in downs)]
    _line("while one ran", sorted(late for name, late in play.late_s.items() if name not in set(down)))
    if down:
        _line("due around a kill", sorted(play.late_s[name] for name in down))


def _line(words: str, late_s: list[float]) -> None:
    at = [late_s[min(len(late_s) - 1, int(len(late_s) * share))] for share in (0.5, 0.99)]
    _say(f"{words}: {len(late_s)} injects, late by {at[0]:.2f} s in the middle, {at[1]:.2f} s at the 99th percentile, "
          f"{late_s[-1]:.2f} s at most")  # fmt: skip


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
