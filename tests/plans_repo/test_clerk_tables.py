"""The clerk's tables: every changed clause with its reason, every opinion with what became of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plans_repo import clerk_tables, comments
from plans_repo.errors import NotAllowed, NotFound
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import make_version
from plans_repo.store.actor import Actor
from plans_repo.store.roles import Role
from plans_repo.store.tables.versions import Trigger
from plans_repo.store.work import Store
from tests.plans_repo.builders import a_body, a_clause, a_plan, edited, some_clauses
from tests.plans_repo.conftest import person
from tests.plans_repo.filing.builders import registered
from tests.plans_repo.word.builders import opened
from tests.plans_repo.word.checking import complaints


def rows(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in opened(data).tables[0].rows]


def test_every_changed_clause_stands_with_the_reasons_of_the_versions_that_changed_it(
    store: Store, author: Actor, tmp_path: Path
) -> None:
    second = edited("接到预警后15分钟内到岗。")
    third = edited("接到预警后10分钟内到岗。")
    fourth = (*third[:3], a_clause("c9", "保持通信畅通。"))
    with store.work(author) as work:
        plan, _ = a_plan(work)
        make_version(work, plan.id, second, reason="演练中发现到岗偏慢。", trigger=Trigger.FINDING)
        make_version(work, plan.id, third, reason="按评审意见再缩短", trigger=Trigger.REVIEW)
        make_version(work, plan.id, fourth, reason="补充通信要求", trigger=Trigger.OPINIONS)
        data = clerk_tables.revisions_document(work, plan.id, "1", "4")
    head, *body = rows(data)
    assert head == ["序号", "条款", "修订前", "修订后", "修订理由", "修订依据"]
    assert body[0][2:] == [
        "接到预警后30分钟内到岗。",
        "接到预警后10分钟内到岗。",
        "演练中发现到岗偏慢；按评审意见再缩短",
        "在突发事件应对或演练中发现问题；采纳评审意见",
    ]
    assert {tuple(row[2:]) for row in body[1:]} == {
        ("群众转移应在2小时内完成。", "（删除）", "", ""),  # the version changed two clauses for one reason
        ("（新增）", "保持通信畅通。", "", ""),
    }
    below = [one.text for one in opened(data).paragraphs if one.text.strip()]
    assert "修订说明：补充通信要求（修订情形：采纳征求到的意见）" in below[-1]
    assert complaints(data, tmp_path) == []
    assert opened(data).sections[0].page_width > opened(data).sections[0].page_height


def test_a_reason_of_ones_own_replaces_the_version_s(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        plan, _ = a_plan(work)
        make_version(work, plan.id, edited("接到预警后15分钟内到岗。"), reason="改", trigger=Trigger.EDITING)
        for reason in ("缩短到岗时间", "演练复盘要求缩短到岗时间"):
            clerk_tables.note(work, plan.id, "1", "2", "c2", reason=reason, basis="2026年防汛演练评估报告")
        (line,) = clerk_tables.revision_lines(work, plan.id, "1", "2")
        assert (line.reason, line.basis) == ("演练复盘要求缩短到岗时间", "2026年防汛演练评估报告")
        with pytest.raises(NotFound, match="clause-unknown"):
            clerk_tables.note(work, plan.id, "1", "2", "c1", reason="无", basis="")
    reviewer = person("reviewer", Role.REVIEWER)
    with pytest.raises(NotAllowed), store.work(reviewer) as work:
        clerk_tables.note(work, plan.id, "1", "2", "c2", reason="改", basis="")


def test_that_a_text_was_imported_is_no_reason(store: Store, author: Actor) -> None:
    with store.work(author) as work:
        plan, _ = a_plan(work)
        make_version(work, plan.id, edited("15分钟内到岗。"), reason="导入 dept6.docx", trigger=Trigger.IMPORT)
        (line,) = clerk_tables.revision_lines(work, plan.id, "1", "2")
        assert (line.reason, line.basis, line.is_unfilled) == ("", "", True)
        data = clerk_tables.revisions_document(work, plan.id, "1", "2")
        assert rows(data)[1][4:] == ["", ""]
        assert any("1行的修订理由" in one.text for one in opened(data).paragraphs)
        make_version(work, plan.id, edited("10分钟内到岗。"), reason="导入 dept7.docx", trigger=Trigger.LAW)
        (line,) = clerk_tables.revision_lines(work, plan.id, "2", "3")
        assert (line.reason, line.basis[:4]) == ("", "有关法律")


def test_what_was_before_is_the_edition_that_counted(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        plan, first = registered(work)
        with pytest.raises(NotFound, match="edition-before-missing"):
            clerk_tables.edition_before(work, plan)
        for words in ("改由公安局负责。", "15分钟内到岗。"):
            make_version(work, plan, edited(words), reason="过程稿", trigger=Trigger.EDITING)
        assert clerk_tables.edition_before(work, plan) == first
        with pytest.raises(NotFound, match="edition-before-missing"):
            clerk_tables.edition_before(work, plan, "1")


def test_lines_that_stayed_are_folded(store: Store, author: Actor) -> None:
    lines = [f"第{number}项工作由第{number}组负责。" for number in range(1, 9)]
    long = replace(some_clauses()[1], text="\n".join(lines))
    after = replace(long, text="\n".join([*lines[:7], "第8项工作由指挥部负责。"]))
    with store.work(author) as work:
        plan, _ = a_plan(work)
        for text in (long, after):
            make_version(work, plan.id, (some_clauses()[0], text), reason="改", trigger=Trigger.EDITING)
        (line,) = clerk_tables.revision_lines(work, plan.id, "2", "3")
    assert line.before.split("\n") == [lines[0], "……", lines[6], lines[7]]


def test_comments_of_other_bodies_stand_among_the_opinions(store: Store, everybody: Actor) -> None:
    with store.work(everybody) as work:
        county = a_body(work, "某县应急管理局", "/city/county/")
        upper = a_body(work, "某市应急管理局", "/city/", OrganisationKind.EMERGENCY_BUREAU)
    author = person("chen", Role.PLAN_AUTHOR, organisation=county.id)
    city = person("zhou", Role.UPPER_AUTHORITY, organisation=upper.id)
    with store.work(author) as work:
        plan, _ = a_plan(work)
        comments.comment(work, plan.id, "c2", "自己的批注。")
    with store.work(city) as work:
        made = comments.comment(work, plan.id, "c2", "时限偏长。", quotation="30分钟内")
    with store.work(author) as work:
        comments.resolve(work, made.id, "已改为15分钟。")
        data = clerk_tables.opinions_document(work, plan.id)
    assert rows(data)[1:] == [["1", "某市应急管理局", "1", "“30分钟内”：时限偏长。", "已办结", "已改为15分钟。"]]
