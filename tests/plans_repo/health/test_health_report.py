"""The health report as a Word file: the sum first, then tables by severity; the same report, the same bytes."""

import io
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from plans_repo.health.examination import report
from plans_repo.ledger import Contradiction, Disagreement, Side
from plans_repo.word.health_report import health_report
from tests.plans_repo.checks.dossiers import dossier
from tests.plans_repo.health.test_examination import OLD, of_file
from tests.plans_repo.word.checking import complaints

AT = datetime(2026, 11, 20, 1, tzinfo=UTC)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_has_its_parts_in_order(language: str) -> None:
    found = report(of_file(OLD), language=language)
    data = health_report(found, made_at=AT, language=language)
    document = docx.Document(io.BytesIO(data))
    heads = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert len(heads) == 4  # sum, grave, moderate, how it was made: nothing minor was found
    counts, grave, moderate = document.tables
    assert counts.cell(len(counts.rows) - 1, 4).text == str(len(found.complaints))
    assert len(grave.rows) - 1 + len(moderate.rows) - 1 == len(found.complaints)
    assert health_report(found, made_at=AT, language=language) == data


def test_a_healthy_plan_has_a_short_report() -> None:
    document = docx.Document(io.BytesIO(health_report(report(dossier()), made_at=AT)))
    assert document.tables == []
    assert any("未发现问题" in each.text for each in document.paragraphs)


def test_the_file_is_sound_for_word(tmp_path: Path) -> None:
    assert complaints(health_report(report(of_file(OLD)), made_at=AT), tmp_path) == []


def test_a_contradiction_stands_with_both_quotations() -> None:
    plan = of_file(OLD)
    clause = plan.clauses[-1].id
    here = Side(plan=plan.plan, title=plan.title, clause=clause, cited="附件1", words="12艘", sentence="冲锋舟12艘")
    there = Side(plan="q", title="县总体预案", clause="x", cited="3.2", words="10艘", sentence="县有冲锋舟10艘")
    found = Contradiction(kind=Disagreement.NUMBER_DIFFERS, about="县水上救援队冲锋舟", here=here, there=there)
    document = docx.Document(io.BytesIO(health_report(report(plan, contradictions=[found]), made_at=AT)))
    (quoted,) = [cell.text for table in document.tables for cell in table.columns[2].cells if "10艘" in cell.text]
    assert quoted == "“冲锋舟12艘”\n《县总体预案》3.2：“县有冲锋舟10艘”"
