"""检查 and 体检 on the plan page, last checks in the library and on the desk, contacts and the plans that name them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from plans_repo import plans, replacements
from plans_repo.checks import runs
from plans_repo.checks.result import Outcome
from plans_repo.course.passage import Attachment, move
from plans_repo.course.stages import Move, PaperKind
from plans_repo.intake import take_file
from plans_repo.plans import Plan
from sim.procedure import Hazard
from tests.ui.planned import actor, flood, furnished, markup
from ui import downloads
from ui.check_rounds import check_round
from ui.checking import check_plan
from ui.components.check_names import alike
from ui.components.check_table import check_table
from ui.installation import Installation
from ui.todos import todos

assert flood
assert furnished


def test_the_checks_of_a_plan_stand_on_its_page(app: Any, flood: Plan) -> None:
    shown = markup(app("author", "plan_page.py", id=flood.id, part="checks"))
    assert re.search(r"<b>[LAX]\d\d</b>", shown)
    assert "要求：" in shown
    ways = re.findall(r'part=checks&amp;outcomes=(\w+)"[^>]*><b>(\d+)</b>', shown)
    assert {code for code, _count in ways} == {one.value for one in Outcome}
    passed = app("author", "plan_page.py", id=flood.id, part="checks", outcomes="pass")
    assert passed.get("button_group")[0].value == [Outcome.PASS]
    assert dict(ways)["pass"] != "0"


def test_rules_that_cannot_tell_for_one_reason_stand_in_one_row(installation: Installation, flood: Plan) -> None:
    paper = Attachment(kind=PaperKind.ISSUED_DOCUMENT, name="红头文件.pdf", data=b"%PDF-1.4")
    with installation.store.work(actor(installation, "filing")) as work:
        version = plans.version_of(work, flood.id).id
        move(
            work, version, Move.REGISTER, reason="补录", attachments=[paper], document_number="青政办发〔2026〕3号",
            on=date(2026, 3, 18),
        )  # fmt: skip
    with installation.store.reading(actor(installation)) as work:
        results = check_plan(work, installation.data, flood.id).results
    groups = alike(results)
    assert sorted(one.id for group in groups for one in group) == sorted(one.id for one in results)
    (many,) = (group for group in groups if len(group) > 5)
    assert {one.outcome for one in many} == {Outcome.CANNOT_TELL}
    assert str(check_table(results, "/plan?id=1")).count(many[0].found) == 1


VAGUE = """某县防汛应急预案
1 应急响应
1.1 Ⅰ级响应
情况特别严重时启动。由指挥长决定。
1.2 Ⅱ级响应
情况严重时启动。
"""


def test_a_finding_leads_to_its_clause(app: Any, installation: Installation, flood: Plan) -> None:
    with installation.store.work(actor(installation)) as work:
        vague = take_file(work, VAGUE.encode(), "a.txt", hazard=Hazard.FLOOD).first.plan
    assert f"/plan?id={vague}" in markup(app("author", "plan_page.py", id=vague, part="checks"))


def test_the_health_report_stands_on_its_page_with_a_word_file(app: Any, flood: Plan) -> None:
    shown = markup(app("author", "plan_page.py", id=flood.id, part="health"))
    assert downloads.address("health-report", flood.id, version=flood.version or "") in shown
    for severity, count in re.findall(r'part=health&amp;severity=(\w+)"[^>]*><b>(\d+)</b>', shown):
        listed = markup(app("author", "plan_page.py", id=flood.id, part="health", severity=severity))
        table = listed[listed.index("只列“") :]
        assert ("没有这类事项" in table) is (count == "0")


def test_the_word_file_opens(installation: Installation, flood: Plan) -> None:
    with installation.store.reading(actor(installation)) as work:
        file = downloads.builder("health-report")(work, flood.id, {})
    assert file.name == f"{flood.title}体检报告.docx"
    assert file.data[:2] == b"PK"


def test_a_round_checks_every_plan_once_a_day_and_tells_the_author(installation: Installation, flood: Plan) -> None:
    assert check_round(installation) > 0
    assert check_round(installation) == 0
    with installation.store.reading(actor(installation)) as work:
        run = runs.runs(work, {flood.id})[flood.id]
        assert run.version == flood.version
        told = [todo for todo in todos(work) if f"id={flood.id}" in todo.href and "part=checks" in todo.href]
        assert bool(told) == any(rule.outcome.value in ("fail", "due_soon") for rule in run.rules)


def test_the_library_shows_the_last_checks(app: Any, installation: Installation, flood: Plan) -> None:
    check_round(installation)
    assert f'href="/plan?id={flood.id}&amp;part=checks"' in markup(app("author", "library_page.py"))


def test_contacts_are_for_those_who_may_look_people_up(app: Any, installation: Installation) -> None:
    at = app("author", "register_page.py")
    assert any("联系方式" in element.value for element in at.subheader)
    with installation.store.reading(actor(installation)) as work:
        assert replacements.changes(work) == ()
