"""A package goes from one installation to another and its answer back, all by `yuyan`."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui import conftest
from ui.command_line import main

PLAN = (
    "临江县防汛应急预案\n\n一、总则\n\n为做好防汛工作，制定本预案。\n\n二、应急响应\n\n接到险情报告后30分钟内到岗。\n"
)
CITY = "云陵市水利局"
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def yuyan(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``yuyan("county", "filing", "held")``: a command in one of two data directories; its code, answer, sentence."""
    for place in ("county", "city"):
        conftest.empty(tmp_path / place)
        shutil.rmtree(tmp_path / place / "keys", ignore_errors=True)  # each has a key of its own

    def run(place: str, *words: str) -> tuple[int, Any, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        capsys.readouterr()
        code = main(["--data", str(tmp_path / place), "--json", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out.strip() else None, told.err.strip()

    return run


@pytest.fixture
def answer(yuyan: Run, tmp_path: Path) -> tuple[str, str]:
    """The county's plan, and the file with which the city put it on file under 云水备〔2026〕1号."""
    source, paper = tmp_path / "plan.txt", tmp_path / "red.pdf"
    source.write_text(PLAN, "utf-8")
    paper.write_bytes(b"%PDF")
    _code, opened, _err = yuyan("county", "plan", "import", str(source), "--kind", "special", "--hazard", "flood")
    plan, package, receipt = opened["plan"], tmp_path / "F.zip", tmp_path / "R.zip"
    document = ("--number", "临政办发〔2026〕1号", "--on", "2026-03-01", "--document", str(paper))
    assert yuyan("county", "plan", "register", plan, *document)[0] == 0
    papers = ("--paper", f"filing_report={paper}", "--paper", f"explanation={paper}")
    assert yuyan("county", "filing", "make", plan, "--out", str(package), "--to", CITY, *papers)[0] == 0
    given = ("--receipt", str(receipt), "--number", "云水备〔2026〕1号")
    code, told, _err = yuyan("city", "filing", "receive", str(package), *given)
    assert (code, told["receipt"]["result"], told["key"], told["missing"]) == (0, "held", "unconfirmed", [])
    assert not receipt.exists()  # nobody has checked whose key it is: an officer looks first
    filing = told["filing"]
    assert yuyan("city", "filing", "answer", filing, "--return", " ")[0] == 1
    code, told, _err = yuyan("city", "filing", "answer", filing, "--filed", *given)
    assert (code, told["receipt"]["result"], told["receipt"]["number"]) == (0, "filed", "云水备〔2026〕1号")
    return plan, str(receipt)


def test_an_answer_waits_until_its_key_has_been_confirmed_by_name_and_fingerprint(
    yuyan: Run, answer: tuple[str, str]
) -> None:
    _plan, receipt = answer
    code, told, _err = yuyan("county", "filing", "receipt", receipt)
    assert (code, told["result"], told["lacks"], told["receiver"]) == (0, "filed", ["key_unconfirmed"], CITY)
    print_, held = told["fingerprint"], told["held"]
    _code, told, _err = yuyan("county", "filing", "held")
    assert [(one["id"], one["fingerprint"], one["lacks"]) for one in told["answers"]] == [
        (held, print_, ["key_unconfirmed"])
    ]
    code, _none, err = yuyan("county", "filing", "accept", held)
    assert (code, CITY in err, print_ in err) == (1, True, True)

    confirm = ("filing", "confirm-key")
    code, _none, err = yuyan("county", *confirm, "0000 " * 8, CITY, "--note", "电话核对")
    assert (code, "指纹" in err) == (1, True)
    code, _none, err = yuyan("county", *confirm, print_, CITY, "--note", " ")
    assert code == 1
    assert err
    assert yuyan("county", "filing", "accept", held)[0] == 1

    spaceless = print_.replace(" ", "").lower()  # as it is read over the telephone
    code, told, err = yuyan("county", *confirm, spaceless, CITY, "--note", "与对方备案科电话核对")
    assert err == ""
    assert (code, told) == (0, {"body": CITY, "fingerprint": print_})
    code, told, _err = yuyan("county", "filing", "accept", held)
    assert (code, told["lacks"], told["number"], told["key_standing"]) == (0, [], "云水备〔2026〕1号", "confirmed")
    assert yuyan("county", "filing", "held")[1]["answers"] == []
    assert yuyan("county", "filing", "accept", held)[0] == 1
    _code, _told, err = yuyan("county", "filing", "receipt", receipt)
    assert "云水备〔2026〕1号" in err


def test_a_key_confirmed_for_another_body_does_not_let_the_answer_count(yuyan: Run, answer: tuple[str, str]) -> None:
    _plan, receipt = answer
    told = yuyan("county", "filing", "receipt", receipt)[1]
    said = ("云陵市应急管理局", "--note", "电话核对")
    yuyan("county", "filing", "confirm-key", told["fingerprint"], *said)
    assert yuyan("county", "filing", "held")[1]["answers"][0]["lacks"] == ["key_unconfirmed"]
    assert yuyan("county", "filing", "accept", told["held"])[0] == 1


def test_what_is_sent_back_is_told_to_the_sender_with_its_reason(yuyan: Run, answer: tuple[str, str]) -> None:
    plan, receipt = answer
    papers = ("--paper", f"risk_assessment={receipt}")
    again = str(Path(receipt).with_name("G.zip"))
    back = str(Path(receipt).with_name("B.zip"))
    source, paper = Path(receipt).with_name("plan.txt"), Path(receipt).with_name("red.pdf")
    source.write_text(PLAN.replace("临江县防汛", "临江县抗旱"), "utf-8")
    opened = yuyan("county", "plan", "import", str(source), "--kind", "special", "--hazard", "flood")[1]
    document = ("--number", "临政办发〔2026〕2号", "--on", "2026-03-02", "--document", str(paper))
    yuyan("county", "plan", "register", opened["plan"], *document)
    both = ("--paper", f"filing_report={paper}", "--paper", f"explanation={paper}", *papers)
    yuyan("county", "filing", "make", opened["plan"], "--out", again, "--to", CITY, *both)
    told = yuyan("city", "filing", "receive", again)[1]
    assert (told["sender"], told["late_working_days"] > 0) == (told["sender"], True)  # issued in March, sent now
    code, said, _err = yuyan(
        "city", "filing", "answer", told["filing"], "--return", "分级标准与上位预案不一致", "--receipt", back
    )
    assert (code, said["receipt"]["result"]) == (0, "returned")
    entered = yuyan("county", "filing", "receipt", back)[1]
    assert (entered["result"], entered["missing"]) == ("returned", ["分级标准与上位预案不一致"])
    assert plan != opened["plan"]

    yuyan("county", "filing", "confirm-key", entered["fingerprint"], entered["receiver"], "--note", "电话核对")
    assert yuyan("county", "filing", "accept", entered["held"])[0] == 0
    assert "分级标准与上位预案不一致" in yuyan("county", "plan", "stand", opened["plan"])[1]["filing_asked"]
    source.write_text(source.read_text("utf-8").replace("30分钟", "20分钟"), "utf-8")
    yuyan("county", "plan", "import", str(source), "--into", opened["plan"])
    document = ("--number", "临政办发〔2026〕3号", "--on", "2026-03-05", "--document", str(paper))
    assert yuyan("county", "plan", "register", opened["plan"], *document, "--reason", "更正")[0] == 0
    made = yuyan("county", "filing", "make", opened["plan"], "--out", again, "--to", CITY, *both)[1]
    assert (made["manifest"]["format"], bool(made["manifest"]["mends"])) == (3, True)
    mended = yuyan("city", "filing", "receive", again)[1]
    said = mended["mends"]
    assert (said["filing"], said["told"]) == (told["filing"], ["分级标准与上位预案不一致"])
    ((change,),) = [[one for one in said["clauses"] if one["change"] == "edited"]]
    assert [token for token in change["tokens"] if token[0] != "equal"] == [["delete", "30分钟"], ["insert", "20分钟"]]
    listed = {one["id"]: one["state"] for one in yuyan("city", "filing", "list")[1]["filings"]}
    assert (listed[told["filing"]], listed[mended["filing"]]) == ("mended", "sent")
    code, _none, err = yuyan("city", "filing", "answer", told["filing"], "--filed", "--number", "云水备〔2026〕7号")
    assert (code, "后报的一件" in err) == (1, True)
    missing = ("--missing", "编制说明附件二", "--receipt", back)
    assert yuyan("city", "filing", "answer", mended["filing"], *missing)[0] == 0
    assert yuyan("county", "filing", "receipt", back)[1]["result"] == "supplement"
    assert "告知补正：编制说明附件二" in yuyan("county", "plan", "stand", opened["plan"])[1]["filing_asked"]
    assert yuyan("county", "filing", "supplement", opened["plan"], str(paper))[1]["state"] == "sent"
    assert yuyan("county", "plan", "stand", opened["plan"])[1]["filing_asked"] == ""
    code, _none, err = yuyan("county", "filing", "supplement", opened["plan"], str(paper))
    assert (code, "补正" in err) == (1, True)
    assert yuyan("city", "filing", "answer", mended["filing"], "--filed", "--number", "云水备〔2026〕7号")[0] == 0
