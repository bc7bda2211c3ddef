"""The course of a plan by command line: what is missing, papers, consultation, answers, opinions, the draw."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from plans_repo.course import courses
from plans_repo.course.stages import Stage
from plans_repo.course.working_days import local_day
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from tests.plans_repo.builders import a_body, a_plan
from tests.plans_repo.course.walking import EVERYBODY, a_pool, walk
from ui.command_line import main
from ui.installation import open_installation

PLAN = """临江县山洪灾害应急预案

一、总则

为做好山洪灾害防范应对工作，制定本预案。

二、应急响应

县水利局接到险情报告后，应当在30分钟内报告县防汛抗旱指挥部。
"""


@pytest.fixture
def yuyan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, Any, str]]:
    def run(*words: str) -> tuple[int, Any, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        capsys.readouterr()
        code = main(["--data", str(tmp_path / "data"), "--json", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out.strip() else None, told.err.strip()

    return run


def test_the_other_side_of_a_joint_plan_is_listed_and_its_paper_entered(
    yuyan: Callable[..., tuple[int, Any, str]], tmp_path: Path
) -> None:
    paper = tmp_path / "sheet.pdf"
    paper.write_bytes(b"%PDF")
    yuyan("plan", "list")
    with open_installation(tmp_path / "data").store.work(EVERYBODY) as work:
        for name, area in (("清河县", "/1/e/"), ("石岭县", "/1/s/")):
            a_body(work, f"{name}人民政府", area, OrganisationKind.GOVERNMENT)
        own = a_body(work, "清河县应急管理局", "/1/e/").id
        plan = a_plan(work, "清河县石岭县防汛联合应急预案", kind=PlanKind.JOINT, organisation=own)[0].id
        course = courses.latest(work, plan)
        assert course
        course.stage = Stage.APPROVAL
    _code, told, _err = yuyan("plan", "sides", plan)
    assert [(one["side"], one["agrees"]) for one in told["sides"]] == [("石岭县人民政府", None)]
    code, _told, err = yuyan("plan", "countersign", plan, "--paper", str(paper), "--signed-by", "县长", "--refuse")
    assert (code, err.count("理由")) == (1, 1)
    code, told, _err = yuyan("plan", "countersign", plan, "--paper", str(paper), "--signed-by", "县长")
    (side,) = told["sides"]
    assert (code, side["agrees"], side["is_entered"], side["signed_by"]) == (0, True, True, "县长")
    _code, stand, _err = yuyan("plan", "stand", plan)
    assert [one["agrees"] for one in stand["sides"]] == [True]


def test_a_plan_is_taken_out_for_comment_and_its_opinions_dealt_with(
    yuyan: Callable[..., tuple[int, Any, str]], tmp_path: Path
) -> None:
    source, letter = tmp_path / "plan.txt", tmp_path / "letter.pdf"
    source.write_text(PLAN, "utf-8")
    letter.write_bytes(b"%PDF")
    _code, opened, _err = yuyan("plan", "import", str(source), "--kind", "special")
    plan = opened["plan"]
    _code, begun, _err = yuyan("plan", "stand", plan)
    assert (begun["state"], begun["path"]) == ("draft", "special")
    assert [one["code"] for one in begun["unmet"]][-1] == "consultation-missing"
    assert "应急资源调查报告" in begun["unmet"][4]["text"]
    code, _answer, err = yuyan("plan", "move", plan, "consult", "--paper", f"consultation_letter={letter}")
    assert (code, err) == (1, "编制工作小组没有组长，或组长不是编制部门（单位）负责人。")
    assert begun["unmet"][0]["command"].startswith(f"yuyan plan group {plan} --add")

    head = ("--unit", "县应急管理局", "--part", "组长", "--responsible")
    assert yuyan("plan", "group", plan, "--add", "田甲", *head)[0] == 0
    expert = ("--unit", "省水科院", "--part", "专家", "--experienced")
    code, members, _err = yuyan("plan", "group", plan, "--add", "钱乙", *expert)
    assert (code, [(one["name"], one["part"]) for one in members["members"]]) == (
        0,
        [("田甲", "head"), ("钱乙", "expert")],
    )
    for kind in ("risk_assessment", "resource_survey", "case_analysis"):
        code, _answer, _err = yuyan("plan", "attach", plan, kind, str(letter), "--dated", "2020-01-02")
        assert code == 0
    _code, asked, _err = yuyan("plan", "consult", plan, "--unit", "县水利局", "--unit", "县气象局", "--days", "5")
    assert [unit["name"] for unit in asked["units"]] == ["县气象局", "县水利局"]
    code, moved, _err = yuyan("plan", "move", plan, "consult", "--paper", f"consultation_letter={letter}")
    assert (code, moved["state"]) == (0, "consultation")

    answer = ["plan", "answer", plan, "县水利局", "--signatory", "王局", "--paper", str(letter)]
    code, said, _err = yuyan(*answer, "--opinion", "时限建议改为20分钟")
    assert (code, said["answer"]) == (0, "opinions")
    _code, listed, _err = yuyan("plan", "opinions", plan)
    (opinion,) = listed["opinions"]
    assert (opinion["giver"], opinion["treatment"], listed["silent"]) == ("县水利局", None, ["县气象局"])
    assert yuyan("plan", "treat", plan, opinion["id"], "refused")[0] == 1
    code, treated, _err = yuyan("plan", "treat", plan, opinion["id"], "未采纳", "--reason", "上位预案规定30分钟")
    assert (code, treated["treatment"]) == (0, "refused")

    store = open_installation(tmp_path / "data").store
    a_pool(store)
    store.close()
    code, drawn, _err = yuyan("plan", "draw", plan, "--size", "3", "--field", "水利=2")
    assert code == 0
    assert sum("水利" in seat["fields"] for seat in drawn["seats"]) >= 2
    assert yuyan("plan", "draw", plan, "--field", "水利")[0] == 1

    background = tmp_path / "background.txt"
    background.write_text("演练暴露出报告时限不清。", "utf-8")
    code, told, _err = yuyan(
        "plan", "explanation", plan, "--set", f"background=@{background}", "--set", "编制原则=简明"
    )
    assert (code, told["fields"]["background"], len(told["missing"])) == (0, "演练暴露出报告时限不清。", 4)
    assert yuyan("plan", "explanation", plan, "--set", "背影=x")[0] == 1

    first, second, third = (seat["name"] for seat in drawn["seats"])
    code, met, _err = yuyan("plan", "panel", plan, "--head", second, "--absent", third, "--place", "二楼会议室")
    assert [bool(seat["signed_in_on"]) for seat in met["seats"]] == [True, True, False]
    scan, other = tmp_path / "scan.pdf", tmp_path / "other.pdf"
    scan.write_bytes(b"%PDF two forms")
    other.write_bytes(b"%PDF one form")
    remark = ("--opinion", "二=30分钟偏长", "--words", "按意见修改")
    assert yuyan("plan", "vote", plan, first, "原则同意", "--paper", str(scan), *remark)[0] == 0
    code, _told, err = yuyan("plan", "vote", plan, second, "同意", "--paper", str(scan))
    assert code == 1
    assert f"已经登记为“{first}”签名的意见表" in err
    code, signed, _err = yuyan("plan", "vote", plan, second, "同意", "--paper", str(scan), "--scan-of-all")
    assert [seat.get("scan_of_all") for seat in signed["seats"]] == [True, True, None]
    assert len(yuyan("plan", "opinions", plan)[1]["opinions"]) == 2
    wrong = ("--correction", "分别扫描", "--paper", str(other))
    code, signed, _err = yuyan("plan", "vote", plan, second, "同意", *wrong)
    assert [seat.get("scan_of_all") for seat in signed["seats"]] == [False, False, None]
    answers = ("--answer", "lawful=符合", "--answer", "各方面意见是否一致=基本符合")
    _code, form, _err = yuyan("plan", "review-form", plan, *answers)
    assert [one["judgement"] for one in form["items"]] == ["conforms", None, None, None, "mostly", None]


def test_a_plan_that_was_signed_lists_its_signatures_with_both_days(
    yuyan: Callable[..., tuple[int, Any, str]], tmp_path: Path
) -> None:
    source = tmp_path / "plan.txt"
    source.write_text(PLAN, "utf-8")
    opened = yuyan("plan", "import", str(source), "--kind", "special")[1]
    store = open_installation(tmp_path / "data").store
    walk(store, opened["version"], Stage.DELIBERATION)
    store.close()
    _code, told, _err = yuyan("plan", "stand", opened["plan"])
    assert [one["move"] for one in told["signatures"]] == ["agree_linkage", "pass_review"]
    for one in told["signatures"]:
        entered = datetime.fromisoformat(one["entered_at"])
        assert (one["on"], one["holds"]) == (local_day(entered).isoformat(), True)
