"""The adequacy assessment of one study as an official Word report."""

from __future__ import annotations

from plans_repo.word.facts import ReportFacts
from plans_repo.word.identity import identify
from plans_repo.word.paper import TYPESETTINGS, Paper
from plans_repo.word.report import Report
from plans_repo.word.sections.advice import advice
from plans_repo.word.sections.causes import causes
from plans_repo.word.sections.conclusion import conclusion, opening
from plans_repo.word.sections.limits import limits
from plans_repo.word.sections.method import method
from plans_repo.word.sections.reproduction import reproduction, signature
from plans_repo.word.sections.results import results
from plans_repo.word.sections.subject import setting, subject
from plans_repo.word.wording import Wording

SECTIONS = (
    opening, conclusion, subject, setting, method, results, causes, advice, limits, reproduction, signature,
)  # fmt: skip


def assessment_report(facts: ReportFacts, *, language: str = "zh") -> bytes:
    """The report as a .docx file: every number in it is one of *facts*, printed by ``numbers``.

    Chinese by default, English with ``language="en"``. The same facts give the same bytes.
    """
    words = Wording(language)
    report = Report(paper=Paper(TYPESETTINGS[language]), facts=facts, words=words)
    for write in SECTIONS:
        write(report)
    identify(report.paper.document, _origin(facts))
    title = f"{facts.plan.title} {words.say('report.title')}"
    return report.paper.saved(title=title, author=words.say("report.author"), made_at=facts.study.created_at)


def _origin(facts: ReportFacts) -> dict[str, str]:
    """What the file itself says about the study it reports."""
    return {
        "YuyanStudy": facts.study.id,
        "YuyanResultsHash": facts.study.results_hash,
        "YuyanVersion": facts.plan.version_label,
        "YuyanRootHash": facts.plan.root_hash,
    }
