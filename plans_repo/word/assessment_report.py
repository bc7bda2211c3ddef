"""The adequacy assessment of one study as an official Word report."""

from __future__ import annotations

from plans_repo.word.assessed import SignatureFacts
from plans_repo.word.facts import ReportFacts
from plans_repo.word.identity import identify
from plans_repo.word.numbers import day
from plans_repo.word.paper import TYPESETTINGS, Paper
from plans_repo.word.report import Report
from plans_repo.word.running_head import mark_pages
from plans_repo.word.sections.advice import advice
from plans_repo.word.sections.annexes import annexes
from plans_repo.word.sections.causes import causes
from plans_repo.word.sections.conclusion import conclusion, opening
from plans_repo.word.sections.judgement import judgement, missing, signature
from plans_repo.word.sections.limits import limits
from plans_repo.word.sections.method import method
from plans_repo.word.sections.reproduction import reproduction
from plans_repo.word.sections.results import results
from plans_repo.word.sections.subject import setting, subject
from plans_repo.word.wording import Wording

SECTIONS = (
    opening, missing, conclusion, judgement, subject, setting, method, results, causes, advice, limits, signature,
    annexes, reproduction,
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
    mark_pages(report.paper.document, running_head(report), red=not facts.assessed.is_final)
    title = f"{facts.plan.title} {words.say('report.title')}"
    return report.paper.saved(title=title, author=words.say("report.author"), made_at=facts.study.created_at)


def running_head(report: Report) -> str:
    """An internal draft until it was signed out; then who assessed it and who signed it out, when."""
    assessed = report.facts.assessed
    submitted, signed = assessed.last("submit"), assessed.last("sign_out")
    if not assessed.is_final or submitted is None or signed is None:
        return report.say("head.draft", state=report.say(f"assessed_state.{assessed.state}"))
    return report.say(
        "head.final",
        assessor=_person(report, submitted),
        signer=_person(report, signed),
        day=day(report.words, signed.at),
    )


def _person(report: Report, who: SignatureFacts) -> str:
    return report.say("head.person", name=who.name, post=who.told_post) if who.told_post else who.name


def _origin(facts: ReportFacts) -> dict[str, str]:
    """What the file itself says about the study it reports."""
    return {
        "YuyanStudy": facts.study.id,
        "YuyanResultsHash": facts.study.results_hash,
        "YuyanVersion": facts.plan.version_label,
        "YuyanRootHash": facts.plan.root_hash,
        "YuyanAssessment": facts.assessed.digest if facts.assessed.is_final else "draft",
    }
