"""What 120 versions of a 400-clause plan cost, against a row for every clause of every version.

    python -m benchmarks.version_storage

Versions are made by the services in an SQLite store of their own; the snapshots are written in the same run.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.texts import a_text, edited
from plans_repo import plans, versions
from plans_repo.plans import PlanKind
from plans_repo.store.actor import local_actor
from plans_repo.store.database import migrate
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store, new_uuid, sqlite_url
from plans_repo.text.clause import Clause, to_plain
from plans_repo.text.difference import Change, changes
from plans_repo.text.tokens import token_difference
from sim.plain import canonical

VERSIONS, CLAUSES, EDITS = 120, 400, 12
OWN = ("blob", "node", "version")
MB = 1_000_000


def main() -> None:
    """Build, measure, print."""
    draw = random.Random(20261122)
    with tempfile.TemporaryDirectory(prefix="yuyan-storage-") as folder:
        data = Path(folder)
        migrate(sqlite_url(data))
        store = Store.in_directory(data, clock=lambda: datetime(2026, 11, 22, 1, tzinfo=UTC), new_id=new_uuid)
        texts = [a_text(draw, CLAUSES, new_uuid)]
        for _ in range(VERSIONS - 1):
            texts.append(edited(draw, texts[-1], EDITS))
        start = perf_counter()
        plan_id = build(store, texts)
        say("写入全部版本", f"{(perf_counter() - start) / VERSIONS * 1000:.0f} ms/版本")
        tables = sizes(data / "yuyan.sqlite3")
        own = sum(size for name, size in tables.items() if name.split("/")[0] in OWN)
        rows = snapshot_size(data / "snapshots.sqlite3", texts)
        say("条款数 / 版本数 / 字数", f"{len(texts[0])} / {VERSIONS} / {sum(c.char_count for c in texts[-1])}")
        say("版本所占（blob、node、version 及索引）", f"{own / MB:.2f} MB")
        for name, size in sorted(tables.items(), key=lambda pair: -pair[1])[:8]:
            say(f"  {name}", f"{size / MB:.2f} MB")
        say("逐版逐条存行", f"{rows / MB:.2f} MB")
        say("占比", f"{own / rows:.1%}")
        measure(store, plan_id, texts)
        store.close()


def build(store: Store, texts: list[tuple[Clause, ...]]) -> str:
    with store.work(local_actor("benchmark")) as work:
        plan = plans.create_plan(work, "某县防汛抗旱应急预案", kind=PlanKind.SPECIAL)
        for text in texts:
            plans.make_version(work, plan.id, text, reason="修改", trigger=Trigger.EDITING)
    return plan.id


def sizes(path: Path) -> dict[str, int]:
    """Bytes of every table and index."""
    with closing(sqlite3.connect(path)) as base:
        base.execute("VACUUM")
        rows = base.execute(
            "SELECT m.tbl_name || CASE m.type WHEN 'index' THEN '/' || m.name ELSE '' END, sum(s.pgsize) "
            "FROM dbstat s JOIN sqlite_master m ON m.name = s.name GROUP BY 1"
        )
        return dict(rows.fetchall())


def snapshot_size(path: Path, texts: list[tuple[Clause, ...]]) -> int:
    """The file a row for every clause of every version makes: the same fields, the same ids, one index to read by."""
    with closing(sqlite3.connect(path)) as base:
        base.execute(
            "CREATE TABLE snapshot (version_id TEXT, clause_id TEXT, position INTEGER, value TEXT, "
            "PRIMARY KEY (version_id, position)) WITHOUT ROWID"
        )
        for text in texts:
            version = new_uuid()
            base.executemany(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?)",
                [(version, c.id, at, canonical(to_plain(c)).decode()) for at, c in enumerate(text)],
            )
        base.commit()
        base.execute("VACUUM")
    return path.stat().st_size


def measure(store: Store, plan_id: str, texts: list[tuple[Clause, ...]]) -> None:
    with store.reading(local_actor("benchmark")) as work:
        first, last = (versions.version_row(work, plan_id, key) for key in ("1", str(VERSIONS)))
        found = versions.tree_changes(work, first, last)
        assert len(found.changed) == sum(a != b for a, b in zip(texts[0], texts[-1], strict=True))

        def listed() -> object:
            work.session.expunge_all()
            return versions.tree_changes(work, first, last)

        say(f"列出首末版本间改动（{len(found.changed)} 条）", f"{median_ms(listed):.2f} ms")
        say("取出一个版本的全文", f"{median_ms(lambda: versions.clauses(work, last)):.1f} ms")
    pair = next((a.text, b.text) for a, b in zip(texts[0], texts[-1], strict=True) if a != b)
    say("逐字对照一条", f"{median_ms(lambda: token_difference(*pair)):.3f} ms")

    def compared() -> int:
        return sum(change.change is not Change.UNCHANGED for change in changes(texts[0], texts[-1]))

    say("全文对照（对齐并逐条比较）", f"{median_ms(compared, 5):.0f} ms")


def median_ms(call: Callable[[], Any], times: int = 25) -> float:
    call()
    taken = []
    for _ in range(times):
        start = perf_counter()
        call()
        taken.append((perf_counter() - start) * 1000)
    return statistics.median(taken)


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what}\t{figure}\n")


if __name__ == "__main__":
    main()
