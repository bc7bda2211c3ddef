"""The yearly work plan, changes of the register and occasions to revise by command line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plans_repo import drafts, organisations, plans, replacements
from plans_repo.contacts import Contact, add_contact
from plans_repo.course import passage
from plans_repo.importing import keep
from plans_repo.organisations import OrganisationKind
from plans_repo.store.actor import local_actor
from plans_repo.text.reading import read_plan
from ui.command_line import main
from ui.installation import open_installation

PLAN = """临江县山洪灾害应急预案

一、总则

为做好山洪灾害防范应对工作，制定本预案。

二、应急响应

县水利局值班电话0571-87654321，接到险情报告后30分钟内报告县防汛抗旱指挥部。

三、应急保障

夜间拨打0571-87654321。
"""
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def yuyan(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*words: str) -> tuple[int, Any, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        capsys.readouterr()
        code = main(["--data", str(tmp_path / "data"), "--json", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out.strip() else None, told.err.strip()

    return run


def test_a_changed_number_is_taken_into_the_draft_or_declined_with_a_reason(yuyan: Run, tmp_path: Path) -> None:
    source, paper = tmp_path / "plan.txt", tmp_path / "red.pdf"
    source.write_text(PLAN, "utf-8")
    paper.write_bytes(b"%PDF")
    _code, opened, _err = yuyan("plan", "import", str(source), "--kind", "special")
    plan = opened["plan"]
    number, document = ("--number", "临政办发〔2026〕1号"), ("--document", str(paper))
    assert yuyan("plan", "register", plan, *number, "--on", "2026-03-01", *document)[0] == 0
    store = open_installation(tmp_path / "data").store
    with store.work(local_actor("tests")) as work:
        bureau = organisations.create_organisation(work, "临江县水利局", kind=OrganisationKind.DEPARTMENT, area="/")
        kept = add_contact(work, Contact(name="甲", post="值班室", phone="0571-87654321", organisation=bureau.id))
        replacements.correct_contact(work, replace(kept, phone="0571-81112222"))
    _code, told, _err = yuyan("plan", "replacements", plan)
    first, second = (one["id"] for one in told["offers"])
    code, _none, err = yuyan("plan", "replacements", plan, "--decline", second)
    assert (code, err) == (1, "不采纳须说明理由（不超过300个字）。")
    _code, told, _err = yuyan(
        "plan", "replacements", plan, "--accept", first, "--decline", second, "--reason", "夜间号码不变"
    )
    assert (told["offers"], told["answered"]) == ([], [first, second])
    _code, told, _err = yuyan("plan", "occasions", plan)
    (occasion,) = told["occasions"]
    assert (occasion["source"], occasion["state"], len(occasion["clauses"])) == ("register", "open", 2)
    assert "0571" not in occasion["summary"]
    _code, told, _err = yuyan("plan", "occasions", plan, "--revise", occasion["id"], "--reason", "简化程序修订")
    assert told["occasions"][0]["state"] == "to_revise"


def test_what_the_catalogue_misses_is_proposed_and_answered(yuyan: Run, tmp_path: Path) -> None:
    assert yuyan("catalogue")[0] == 0
    with open_installation(tmp_path / "data").store.work(local_actor("tests")) as work:
        for name, area in (("临江县人民政府", "/a/"), ("清河县人民政府", "/b/")):
            organisations.create_organisation(work, name, kind=OrganisationKind.GOVERNMENT, area=area)
    _code, told, _err = yuyan("work-plan", "2027")
    first, second = told["proposals"]
    assert (told["entries"], first["title"], first["trigger"]) == ([], "临江县突发事件总体应急预案", "first")
    assert (first["mark"], "第八条" in first["source"]) == ("to_be_confirmed", True)
    _code, told, _err = yuyan("work-plan", "2027", "--accept", first["key"], "--due", "2027-06-30")
    assert [(one["title"], one["due_on"]) for one in told["entries"]] == [(first["title"], "2027-06-30")]
    code, _none, err = yuyan("work-plan", "2027", "--decline", second["key"])
    assert code == 1
    assert "理由" in err
    _code, told, _err = yuyan("work-plan", "2027", "--decline", second["key"], "--reason", "归市里编")
    assert [(one["answer"], one["words"]) for one in told["proposals"]] == [("declined", "归市里编")]


def test_the_filing_letter_is_drafted(yuyan: Run, tmp_path: Path) -> None:
    source, paper, out = tmp_path / "plan.txt", tmp_path / "red.pdf", tmp_path / "letter.docx"
    source.write_text(PLAN, "utf-8")
    paper.write_bytes(b"%PDF")
    _code, opened, _err = yuyan("plan", "import", str(source), "--kind", "special")
    plan = opened["plan"]
    code, _none, err = yuyan("filing", "letter", plan, "--out", str(out))
    assert (code, out.exists()) == (1, False)
    assert err
    document = ("--number", "临政办发〔2026〕1号", "--document", str(paper))
    yuyan("plan", "register", plan, "--on", "2026-03-01", *document)
    number = ("--out", str(out), "--number", "临政函〔2026〕3号")
    code, _none, err = yuyan("filing", "letter", plan, *number, "--signer", "甲")
    assert (code, "不标注签发人" in err, out.exists()) == (1, True, False)
    code, told, _err = yuyan("filing", "letter", plan, *number)
    assert (code, out.exists(), told["kind"]) == (0, True, "letter")
    assert [one["there"] for one in told["annexes"]] == [True, False]
    assert told["addressees"] == ["上一级人民政府相应牵头部门（单位待填）"]


def test_a_paper_given_with_a_package_is_kept_with_the_plan_and_said_so(yuyan: Run, tmp_path: Path) -> None:
    source, paper, out = tmp_path / "plan.txt", tmp_path / "备案报告.pdf", tmp_path / "package.zip"
    source.write_text(PLAN, "utf-8")
    paper.write_bytes(b"%PDF")
    _code, opened, _err = yuyan("plan", "import", str(source), "--kind", "special")
    plan = opened["plan"]
    document = ("--number", "临政办发〔2026〕1号", "--document", str(paper))
    yuyan("plan", "register", plan, "--on", "2026-03-01", *document)
    make = ("filing", "make", plan, "--out", str(out), "--to", "云陵市水利局", "--paper", f"filing_report={paper}")
    code, _told, err = yuyan(*make)
    assert (code, out.exists(), "说明" in err) == (1, False, True)  # nothing is kept of what was refused
    assert "filing_report" not in kept_papers(tmp_path / "data", plan)
    code, told, _err = yuyan(*make, "--incomplete")
    assert (code, told["attached"], told["missing"]) == (0, ["备案报告.pdf"], ["explanation"])
    assert "filing_report" in kept_papers(tmp_path / "data", plan)


def kept_papers(data: Path, plan: str) -> set[str]:
    with open_installation(data).store.reading(local_actor("tests")) as work:
        return {one.kind.value for one in passage.passage(work, plans.version_of(work, plan).id).papers}


def test_issuing_name_and_a_reported_drill_are_entered_with_their_papers(yuyan: Run, tmp_path: Path) -> None:
    source, paper = tmp_path / "plan.txt", tmp_path / "red.pdf"
    source.write_text(PLAN, "utf-8")
    paper.write_bytes(b"%PDF")
    _code, opened, _err = yuyan("plan", "import", str(source), "--kind", "unit")
    plan = opened["plan"]
    document = ("--number", "石煤发〔2026〕1号", "--document", str(paper))
    yuyan("plan", "register", plan, "--on", "2026-03-01", *document)
    code, told, _err = yuyan("plan", "issuer", plan, "unit", "--signed-by", "矿长")
    assert (code, told["issued_by"], told["signed_by"], told["on"]) == (0, "unit", "矿长", "2026-03-01")
    sent = ("--to", "临江县应急管理局", "--paper", str(paper), "--on", "2026-06-20")
    code, told, _err = yuyan("plan", "drill-report", plan, "--drilled", "2026-06-12", *sent)
    assert (code, told["drilled_on"], told["to"]) == (0, "2026-06-12", "临江县应急管理局")
    code, _none, err = yuyan("plan", "drill-report", plan, "--drilled", "2026-06-21", *sent)
    assert (code, "不能早于演练" in err) == (1, True)


def test_the_elements_of_an_enterprise_plan_are_listed(yuyan: Run, tmp_path: Path) -> None:
    source = tmp_path / "plan.txt"
    source.write_text(PLAN, "utf-8")
    _code, opened, _err = yuyan("plan", "import", str(source), "--kind", "unit")
    _code, told, _err = yuyan("plan", "elements", opened["plan"])
    assert {one["table"] for one in told["elements"]} == {"formal", "comprehensive", "annex"}
    assert all(one["judgement"] is None and one["source"] for one in told["elements"])
    code, _none, err = yuyan("plan", "elements", opened["plan"], "--answer", "formal:cover=good")
    assert code == 1
    assert "基本符合" in err


def test_every_version_is_listed_with_the_days_on_which_it_counts(yuyan: Run, tmp_path: Path) -> None:
    source, paper = tmp_path / "plan.txt", tmp_path / "red.pdf"
    source.write_text(PLAN, "utf-8")
    paper.write_bytes(b"%PDF")
    _code, opened, _err = yuyan("plan", "import", str(source), "--kind", "special")
    plan = opened["plan"]
    document = ("--number", "临政办发〔2026〕1号", "--document", str(paper))
    yuyan("plan", "register", plan, "--on", "2026-03-01", "--effective", "2026-04-01", *document)
    source.write_text(PLAN.replace("30分钟", "20分钟"), "utf-8")
    yuyan("plan", "import", str(source), "--into", plan)
    code, told, _err = yuyan("plan", "versions", plan)
    first, second = told["versions"]
    assert (code, first["ordinal"], first["document_number"]) == (0, 1, "临政办发〔2026〕1号")
    assert (first["from_on"], first["until_on"], first["state"]) == ("2026-04-01", None, "in_force")
    assert (second["ordinal"], second["parents"], second["from_on"]) == (2, [first["id"]], None)
    assert first["root_hash"] != second["root_hash"]


def test_a_kept_original_is_read_again_and_taken_into_the_draft_when_asked(yuyan: Run, tmp_path: Path) -> None:
    source = tmp_path / "plan.txt"
    source.write_text(PLAN, "utf-8")
    opened = yuyan("plan", "import", str(source), "--kind", "special")[1]
    code, told, _err = yuyan("plan", "reread", opened["plan"], "--draft")
    assert (code, told["file"], told["version"]) == (0, "plan.txt", opened["version"])
    assert (told["changes"], told["draft"], told["conflicts"]) == ([], None, [])  # nothing differs, nothing is begun

    store = open_installation(tmp_path / "data").store
    with store.work(local_actor("tests")) as work:  # as poorer rules have read it
        reading = read_plan(PLAN.encode(), "plan.txt", new_id=work.new_id)
        clauses = tuple(replace(one, text="夜间值班。") if "夜间" in one.text else one for one in reading.clauses)
        kept = keep(work, replace(reading, clauses=clauses), PLAN.encode(), "plan.txt", kind=plans.PlanKind.SPECIAL)
    plan = kept.opened.plan
    told = yuyan("plan", "reread", plan)[1]
    assert ([one["change"] for one in told["changes"]], told["draft"]) == (["edited"], None)
    told = yuyan("plan", "reread", plan, "--draft")[1]
    assert (len(told["changes"]), told["conflicts"]) == (1, [])
    with store.reading(local_actor("tests")) as work:
        draft = drafts.draft(work, plan)
        assert draft is not None
        assert (draft.id, "夜间拨打0571-87654321。" in [one.clause.text for one in draft.clauses]) == (
            told["draft"],
            True,
        )
        assert [one.id for one in plans.versions_of(work, plan)] == [kept.opened.version]
    code, _none, err = yuyan("plan", "reread", "00000000-0000-0000-0000-000000000000")
    assert (code, "预案" in err) == (1, True)


def test_a_trial_of_many_years_asks_for_its_reason_and_names_the_rule(yuyan: Run, tmp_path: Path) -> None:
    source, paper = tmp_path / "plan.txt", tmp_path / "red.pdf"
    source.write_text(PLAN, "utf-8")
    paper.write_bytes(b"%PDF")
    plan = yuyan("plan", "import", str(source), "--kind", "special")[1]["plan"]
    entered = (
        "plan",
        "register",
        plan,
        "--number",
        "临政办发〔2026〕1号",
        "--document",
        str(paper),
        "--on",
        "2026-03-01",
    )
    code, _none, err = yuyan(*entered, "--trial", "2036-03-01")
    assert (code, "超过2年" in err, "2028-03-01" in err, "以本地规定为准" in err) == (1, True, True, True)
    assert yuyan("plan", "stand", plan)[1]["state"] == "draft"  # nothing was stored
    assert yuyan(*entered, "--trial", "2036-03-01", "--trial-reason", "省级试点期限为十年")[0] == 0
    told = yuyan("plan", "stand", plan)[1]
    assert (told["state"], told["validity"]) == ("in_force", "on_trial")

    extend = ("plan", "trial", plan, "延长试行", "--reason", "试点延期", "--paper", str(paper), "--dated", "2026-11-02")
    code, _none, err = yuyan(*extend, "--number", "临政办发〔2026〕31号", "--until", "2046-12-31")
    assert (code, "2年" in err, "2038-03-01" in err) == (1, True, True)
    code, told, _err = yuyan(*extend, "--number", "临政办发〔2026〕31号", "--until", "2037-03-01")
    (decided,) = told["trial_decisions"]
    assert (code, decided["on"], decided["said"]["number"]) == (0, "2026-11-02", "临政办发〔2026〕31号")
    abolish = ("plan", "move", plan, "abolish", "--reason", "并入总体预案", "--paper", f"abolition_decision={paper}")
    assert "落款日期" in yuyan(*abolish, "--number", "临政发〔2026〕2号")[2]
    dated = ("--number", "临政发〔2026〕2号", "--dated", "2026-11-02", "--ends", "2030-01-01")
    code, told, _err = yuyan(*abolish, *dated)
    assert (code, told["abolition"]["said"]["counts_from"]) == (0, "2030-01-01")


def test_the_notice_of_days_off_is_entered_whole_or_not_at_all(yuyan: Run, tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_bytes("一、元旦：1月1日（周五）至3日（周日）放假，共3天。".encode("gb18030"))
    assert yuyan("working-days", "2027")[1]["is_announced"] is False
    code, _none, words = yuyan("working-days", "2027", "--notice", str(notice))
    assert (code, words) == (1, "请写明通知的文号（不超过 200 个字符）。")
    notice.write_text("一、元旦：1月1日（周四）放假1天。", encoding="utf-8")
    code, _none, words = yuyan("working-days", "2027", "--notice", str(notice), "--number", "国办发明电〔2026〕9号")
    assert (code, words) == (1, "“1月1日(周四)”的星期与日历不符（2027-01-01 是周五），请核对日期和年份。")
    notice.write_text("一、元旦：1月1日（周五）至4日放假，共4天。1月9日（周六）上班。", encoding="utf-8")
    code, told, _words = yuyan("working-days", "2027", "--notice", str(notice), "--number", "国办发明电〔2026〕9号")
    assert (code, told["is_announced"]) == (0, True)
    days = {one["day"]: (one["is_workday"], one["number"]) for one in told["days"]}
    assert days["2027-01-04"] == (False, "国办发明电〔2026〕9号")
    assert days["2027-01-09"] == (True, "国办发明电〔2026〕9号")


def test_a_draft_is_told_of_and_becomes_a_version_or_is_thrown_away(yuyan: Run, tmp_path: Path) -> None:
    text = tmp_path / "plan.txt"
    text.write_text(PLAN, encoding="utf-8")
    plan = yuyan("plan", "import", str(text))[1]["plan"]
    assert yuyan("plan", "draft", plan)[1]["draft"] is None
    with open_installation(tmp_path / "data").store.work(local_actor("tests")) as work:
        entry = next(one for one in drafts.open_draft(work, plan).clauses if "30分钟" in one.clause.text)
        changed = replace(entry.clause, text=entry.clause.text.replace("30分钟", "20分钟"))
        drafts.save_clause(work, plan, changed, revision=entry.revision)
    assert yuyan("plan", "stand", plan)[1]["changed_in_draft"] == 1
    told = yuyan("plan", "draft", plan)[1]
    assert [one["change"] for one in told["changes"]] == ["edited"]
    made = yuyan("plan", "draft", plan, "--commit", "按演练结果收紧时限", "--trigger", "finding")[1]
    assert "20分钟" in json.dumps(yuyan("plan", "show", plan)[1], ensure_ascii=False)
    assert yuyan("plan", "versions", plan)[1]["versions"][-1]["id"] == made["version"]
    assert yuyan("plan", "stand", plan)[1]["changed_in_draft"] == 0
    code, _none, words = yuyan("plan", "draft", plan, "--discard")
    assert (code, words) == (1, "“临江县山洪灾害应急预案”目前没有初稿，请先开始编修。")
