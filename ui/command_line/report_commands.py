"""``yuyan study report`` and ``yuyan study review``: the Word report of a study, and its assessment step by step."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from plans_repo import assessment, studies
from plans_repo.assessing import service
from plans_repo.assessing.telling import value_words
from plans_repo.assessing.values import OVERALL, Assessment, Conclusion, Judgement, Needed
from plans_repo.errors import PlansRepoError
from plans_repo.store.work import Work
from plans_repo.study_assumptions import Assumption
from plans_repo.word.assessment_report import assessment_report
from plans_repo.word.paper import TYPESETTINGS, Paper
from plans_repo.word.report import Report
from plans_repo.word.sections.judgement import gaps
from plans_repo.word.sections.stress import STRESS_ITEMS, missing_items
from plans_repo.word.wording import Wording
from ui.command_line.answer import Answer
from ui.command_line.context import Context, require_writable, write_file
from ui.wording import _, language
from ui.wording.assessments import COMPUTED, JUDGEMENTS, STATES, STEPS

Adding = Callable[[str, Callable[[Context], Answer], str], ArgumentParser]
STEP_WORDS = ("show", "tick", "object", "answer", "withdraw", "verdict", "submit", "return", "sign-out")
REST = "rest"


def add_report_commands(add: Adding) -> None:
    """``report`` and ``review``; *add* makes a command."""
    report = add("report", write_report, _("写出研究的评估报告（Word）"))
    report.add_argument("study", metavar="STUDY")
    report.add_argument("--out", metavar="F.docx", default="", help=_("写到的文件；不写则只列出尚缺什么"))
    review = add("review", review_study, _("评估一项研究：复核数据、给出结论、报送、审签"))
    review.add_argument("step", choices=STEP_WORDS, metavar="STEP", help="、".join(STEP_WORDS))
    review.add_argument("study", metavar="STUDY")
    review.add_argument("figures", metavar="FIGURE", nargs="*", help=_("数据编号，rest 为尚未复核的全部"))
    review.add_argument("--note", default="", help=_("异议说明；答复异议的为答复，撤回的为理由"))
    review.add_argument("--basis", default="", help=_("复核依据，一次复核多项的必填"))
    review.add_argument("--target", default=OVERALL, help=_("目标编号，缺省为总体"))
    review.add_argument("--verdict", choices=[each.value for each in Judgement], default=None, help=_("评估结论"))
    review.add_argument("--reason", default="", help=_("理由，退回时为退回理由"))
    review.add_argument("--departure", default="", help=_("与推演判定不一致的理由"))
    review.add_argument("--post", default="", help=_("职务"))
    review.add_argument("--opinion", default="", help=_("审签意见"))


def write_report(context: Context) -> Answer:
    """The report as a Word file, with what is still missing in it."""
    asked = context.arguments
    if asked.out:
        require_writable(asked.out)
    with context.reading() as work:
        facts = assessment.report_facts(work, asked.study, language())
    data = assessment_report(facts, language=language())
    file = write_file(asked.out, data) if asked.out else ""
    report = Report(paper=Paper(TYPESETTINGS[language()]), facts=facts, words=Wording(language()))
    missing, lacking = list(gaps(report)), missing_items(report)
    fields: dict[str, Any] = {
        "study": facts.study.id,
        "state": facts.assessed.state,
        "final": facts.assessed.is_final,
        "missing": missing,
        "stress": {"filled": len(STRESS_ITEMS) - len(lacking), "missing": [item.replace("_", ".") for item in lacking]},
        "result_digest": facts.study.result_digest,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    lines = [
        _("{kind}，STRESS-DES 已填 {filled}/{all} 项", kind=_kind(facts.assessed.is_final), **_counts(lacking)),
        *(_("  尚缺：{what}", what=what) for what in missing),
        *([_("报告已写入 {file}", file=file)] if file else []),
    ]
    return Answer(fields=fields | ({"file": file} if file else {}), lines=lines)


def _kind(is_final: bool) -> str:
    return _("正式稿") if is_final else _("内部征求意见稿")


def _counts(lacking: tuple[str, ...]) -> dict[str, int]:
    return {"filled": len(STRESS_ITEMS) - len(lacking), "all": len(STRESS_ITEMS)}


def review_study(context: Context) -> Answer:
    """One step in the assessment of a study, or how it stands."""
    asked = context.arguments
    if asked.step == "show":
        with context.reading() as work:
            study, found = studies.study(work, asked.study), service.assessment(work, asked.study)
    else:
        with context.work() as work:
            found, study = _take(work, asked), studies.study(work, asked.study)
    names = {result.target.id: result.verdict for result in study.findings.targets}
    return Answer(
        fields={
            "study": found.study,
            "state": found.state.value,
            "figures": [_item_fields(found, item) for item in found.items],
            "conclusions": [_conclusion_fields(each) for each in found.conclusions],
            "computed": {name: verdict.value for name, verdict in names.items()},
            "open_figures": len(found.open_items),
            "open_objections": [look.key for look in found.open_objections],
            "open_targets": [name or "overall" for name in found.open_targets],
            "signatures": [
                {"step": each.kind.value, "name": each.name, "post": each.post, "at": each.at.isoformat()}
                for each in found.signatures
            ],
        },
        lines=[_state_line(found), *(_item_line(found, item) for item in found.items), *_other_lines(found)],
    )


def _take(work: Work, asked: Any) -> Assessment:
    """The step asked for."""
    steps: dict[str, Callable[[], Assessment]] = {
        "tick": lambda: _tick(work, asked),
        "object": lambda: service.object_to(work, asked.study, asked.figures, asked.note),
        "answer": lambda: service.answer(work, asked.study, asked.figures, asked.note),
        "withdraw": lambda: service.withdraw(work, asked.study, asked.figures, asked.note),
        "verdict": lambda: service.judge(
            work, asked.study, _judgement(asked), asked.reason, target=asked.target, departure=asked.departure
        ),
        "submit": lambda: service.submit(work, asked.study, post=asked.post),
        "return": lambda: service.send_back(work, asked.study, asked.reason, post=asked.post),
        "sign-out": lambda: service.sign_out(work, asked.study, post=asked.post, opinion=asked.opinion),
    }
    return steps[asked.step]()


def _tick(work: Work, asked: Any) -> Assessment:
    if asked.figures == [REST]:
        return service.tick_rest(work, asked.study, basis=asked.basis)
    return service.tick(work, asked.study, asked.figures, basis=asked.basis)


def _judgement(asked: Any) -> Judgement:
    if asked.verdict is None:
        raise PlansRepoError(
            "assessment-word-missing", thing=f"study {asked.study}", field="verdict", rule="must be given",
            assessment_word=Needed.VERDICT,
        )  # fmt: skip
    return Judgement(asked.verdict)


def _item_fields(found: Assessment, item: Assumption) -> dict[str, Any]:
    look = found.look_at(item.key)
    return {
        "figure": item.key,
        "title": item.title if language() == "zh" else item.title_en,
        "value": value_words(Wording(language()), item),
        "source": item.source,
        "mark": item.mark.value,
        "look": "open" if look is None else "objected" if look.is_objection else "ticked",
        "note": look.note if look else "",
        "answer": look.answer if look else "",
    }


def _conclusion_fields(each: Conclusion) -> dict[str, Any]:
    return {
        "target": each.target or "overall",
        "verdict": each.judgement.value,
        "computed": each.computed.value,
        "departs": each.departs,
        "reason": each.reason,
        "departure": each.departure,
    }


def _state_line(found: Assessment) -> str:
    return _(
        "{state}：数据 {all} 项，未复核 {open} 项，异议 {objections} 项（未答复 {left}）；结论尚缺 {targets} 项",
        state=_(STATES[found.state]),
        all=len(found.items),
        open=len(found.open_items),
        objections=len(found.objections),
        left=len(found.open_objections),
        targets=len(found.open_targets),
    )


def _item_line(found: Assessment, item: Assumption) -> str:
    look = found.look_at(item.key)
    sign = "·" if look is None else "!" if look.is_objection else "√"
    title = item.title if language() == "zh" else item.title_en
    note = f"\t{look.note}" if look and look.note else ""
    if look and look.is_objection:
        said = _("答复：{answer}（{name}）", answer=look.answer, name=look.answered_by)
        note += "\t" + (_("未答复") if look.is_open else said)
    return f"  {sign}\t{item.key}\t{title}\t{value_words(Wording(language()), item)}{note}"


def _other_lines(found: Assessment) -> list[str]:
    conclusions = [
        f"  {_(JUDGEMENTS[each.judgement])}\t{each.target or _('总体')}\t{_(COMPUTED[each.computed])}\t{each.reason}"
        for each in found.conclusions
    ]
    signatures = [f"  {_(STEPS[each.kind])}\t{each.name}\t{each.post}\t{each.at.date()}" for each in found.signatures]
    return [*conclusions, *signatures]
