"""Ten thousand plans × ten versions: how long the library, a plan, its history, a difference and a search take.

    python -m benchmarks.library_scale [--plans 10000] [--versions 10] [--engine sqlite|postgresql]
                                       [--keep DIR [--refill]]

The store is written in bulk (`benchmarks.big_store`, `benchmarks.big_life`), a sample of it is checked with the
product's own functions, the index is filled by the product. Each figure is the median over random plans, asked as the
city's government, which sees everything, and as a township, by somebody who writes, approves and files there.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from sqlmodel import Session, select

from benchmarks import big_life, big_store
from benchmarks.databases import database, server_ms
from plans_repo import (
    editions,
    histories,
    importing,
    library,
    library_tree,
    organisations,
    plan_difference,
    plans,
    versions,
)
from plans_repo.checks import runs
from plans_repo.course.stages import Stage
from plans_repo.filing.filings import own_filings
from plans_repo.overdue import overdue
from plans_repo.search import index
from plans_repo.search.comments import search_comments
from plans_repo.search.finding import search
from plans_repo.search.question import Question, Scope
from plans_repo.store.actor import Actor
from plans_repo.store.engine import WRITES, is_sqlite, keep_statistics
from plans_repo.store.roles import Role
from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.plans import PlanRow
from plans_repo.store.work import Store, Work, new_uuid
from plans_repo.wanted import Wanted
from plans_repo.writing.catalogue import catalogue
from ui.sections.programme_parts import sheet_of
from ui.todos import todos

QUESTIONS = {
    "两个字": "防疫",
    "两个词": "巡堤 会商",
    "原句": "“启动Ⅱ级响应后15分钟内”",
    "地名": "青川0县双0镇",
    "一个字": "堤",
    "极常见的词": "应急",
    "文号": "政办发〔2025〕12号",
}
REMARKS = ("核对", "台账 不符", "会议纪要")
NEXT_YEAR = 2027
ROLES = frozenset({Role.PLAN_AUTHOR, Role.APPROVER, Role.FILING_OFFICER})


def main() -> None:
    """Build, check, measure, print."""
    asked = _arguments()
    with database(asked.engine, asked.keep) as url:
        store = Store.open(url, clock=lambda: datetime(2026, 11, 22, tzinfo=UTC), new_id=new_uuid)
        if not _is_built(store):
            _build(store, asked.plans, asked.versions)
        elif asked.refill:
            _fill(store, with_clearing=True)
        _say("数据库", f"{_size(store) / 1e6:.0f} MB")
        _say("机器负载（1、5、15 分钟）", " ".join(f"{load:.1f}" for load in os.getloadavg()))
        for name, size in _largest(store):
            _say(f"  {name}", f"{size / 1e6:.0f} MB")
        for who, area in (("市政府（见全部）", "/c/"), ("乡镇", "/c/3/7/")):
            _measure(store, who, _actor(store, area))
        _say("机器负载（1、5、15 分钟）", " ".join(f"{load:.1f}" for load in os.getloadavg()))
        store.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=10_000)
    parser.add_argument("--versions", type=int, default=10)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--keep", type=Path, default=None, help="keep the store there and use it again")
    parser.add_argument("--refill", action="store_true", help="make the search index of a kept store anew, and time it")
    return parser.parse_args()


def _is_built(store: Store) -> bool:
    with Session(store.engine) as session:
        return session.exec(select(PlanRow.id).limit(1)).first() is not None


def _build(store: Store, count: int, each: int) -> None:
    start = perf_counter()
    with store.engine.execution_options(**{WRITES: True}).begin() as connection:
        made = big_store.build(connection, count, each)
        big_life.enliven(connection)
    _say("写入", f"{perf_counter() - start:.0f} s")
    with Session(store.engine) as session:
        faults = big_store.faults_of_sample(session, random.Random(2).sample(made, min(25, count)))
    _say("抽查 25 件（树、事件链、锚）", "相符" if not faults else str(faults[:3]))
    _fill(store)


def _fill(store: Store, *, with_clearing: bool = False) -> None:
    """Fill the index; emptying one that is there is timed apart."""
    with Session(store.engine.execution_options(**{WRITES: True})) as session:
        if with_clearing:
            start = perf_counter()
            index.clear(session)
            session.commit()
            _say("清空检索索引", f"{perf_counter() - start:.0f} s")
        load, start, begun = os.getloadavg()[0], perf_counter(), process_time()
        index.fill(session)
        session.commit()
        own = process_time() - begun
        took = f"{perf_counter() - start:.0f} s（本进程占用处理器 {own:.0f} s；开始时负载 {load:.1f}）"
        _say("建立检索索引", took)
    keep_statistics(store.engine)
    if not is_sqlite(store.engine):  # what its autovacuum does within a minute
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _actor(store: Store, area: str) -> Actor:
    with Session(store.engine) as session:
        body = session.exec(select(OrganisationRow.id).where(OrganisationRow.area == area)).one()
    return Actor(account="benchmark", name="benchmark", roles=ROLES, organisation=body, os_user="benchmark")


def _measure(store: Store, who: str, actor: Actor) -> None:
    draw = random.Random(3)
    with store.reading(actor) as work:
        seen = [entry.id for entry in library.entries(work) if entry.newest]
        _say(f"{who}：可见预案", f"{len(seen)} 件")

    def figure(
        what: str, call: Callable[[Work, str], object], times: int = 15, *, asking: Actor = actor
    ) -> tuple[float, float]:
        """The median on the clock and of the processor time of both processes, in milliseconds; but for the first."""
        taken, busy, served = [], [], []
        for _ in range(times + 1):
            plan = draw.choice(seen)
            with store.reading(asking) as work:
                before, start, begun = server_ms(work.session), perf_counter(), process_time()
                call(work, plan)
                taken.append((perf_counter() - start) * 1000)
                busy.append((process_time() - begun) * 1000)
                served.append(server_ms(work.session) - before)
        median, most = statistics.median(taken[1:]), max(taken[1:])
        own, server = statistics.median(busy[1:]), statistics.median(served[1:])
        _say(f"{who}：{what}", f"{median:.0f} ms（最长 {most:.0f}；占用处理器：本进程 {own:.0f}，数据库 {server:.0f}）")
        return median, own + server

    figure("预案库一页", _library_page(Wanted()))
    figure("预案库按文字查找", _library_page(Wanted(text="3号 应急")), 5)
    figure("预案库按状态筛选", _library_page(Wanted(state=Stage.IN_FORCE)), 5)
    figure("打开正文", lambda work, plan: importing.show(work, plan))
    figure("历史", lambda work, plan: (histories.history(work, plan), plans.versions_of(work, plan)))
    figure("首末版本对照", _difference)
    figure("首末版本改动清单", _changes)
    figure("工作台", lambda work, _plan: todos(work), 5)
    figure("期限（备案页）", lambda work, _plan: overdue(work, soon=True), 5)
    figure("本级备案（备案页）", lambda work, _plan: own_filings(work), 3)
    figure("预案目录", lambda work, _plan: catalogue(work), 1)
    organiser = replace(actor, roles=frozenset({Role.DRILL_ORGANISER}))
    figure("演练组织者的工作台", lambda work, _plan: todos(work), 3, asking=organiser)
    figure("年度演练计划及其后四年", lambda work, _plan: sheet_of(work, NEXT_YEAR, ""), 3, asking=organiser)
    found = [
        figure(f"检索{name}（{words}，{scope.value}）", _searching(words, scope), 7)
        for name, words in QUESTIONS.items()
        for scope in (Scope.CURRENT, Scope.ALL)
    ]
    found += [
        figure(f"检索批注（{words}）", lambda work, _plan, asked=words: search_comments(work, Question(words=asked)), 7)
        for words in REMARKS
    ]
    clock, processor = ([each[at] for each in found] for at in (0, 1))
    told = f"{statistics.median(clock):.0f} ms（最长 {max(clock):.0f}；占用处理器 {statistics.median(processor):.0f}）"
    _say(f"{who}：检索，各问的中位数的中位数", told)


def _library_page(wanted: Wanted) -> Callable[[Work, str], object]:
    """What the page of the library asks for."""

    def asked(work: Work, _plan: str) -> object:
        seen = library.overview(work, wanted, 3, size=50)
        shown = editions.editions(work, seen.page.items)
        bodies = organisations.organisations(work)
        return (
            editions.overdue(work),
            library_tree.tree(library_tree.shelves(work, wanted), {body.area for body in bodies}),
            runs.runs(work, {one.plan.id for one in shown}),
        )

    return asked


def _difference(work: Work, plan: str) -> object:
    seen = plans.versions_of(work, plan)
    return plan_difference.difference(work, plan, seen[0].id, seen[-1].id)


def _changes(work: Work, plan: str) -> object:
    seen = plans.versions_of(work, plan)
    first, last = (versions.version_row(work, plan, one.id) for one in (seen[0], seen[-1]))
    return versions.tree_changes(work, first, last)


def _searching(words: str, scope: Scope) -> Callable[[Work, str], object]:
    return lambda work, _plan: search(work, Question(words=words, scope=scope))


def _size(store: Store) -> int:
    with store.engine.connect() as connection:
        if is_sqlite(store.engine):
            pages, size = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
            )
            return int(pages * size)
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def _largest(store: Store) -> list[tuple[str, int]]:
    query = (
        "SELECT name, sum(pgsize) FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 8"
        if is_sqlite(store.engine)
        else "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' ORDER BY 2 DESC LIMIT 8"
    )
    with store.engine.connect() as connection:
        return [(str(name), int(size)) for name, size in connection.exec_driver_sql(query)]


def _say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what}\t{figure}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
