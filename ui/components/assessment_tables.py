"""An assessment on screen: conclusions beside computed verdicts, every figure with its tick, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plans_repo.assessing.service import computed
from plans_repo.assessing.values import OVERALL, Assessment
from plans_repo.store.tables.assessments import StepKind
from plans_repo.studies import Study
from plans_repo.study_assumptions import Assumption
from ui.components.cells import card_table
from ui.components.html import Html, join, tag
from ui.components.promises import target_title
from ui.wording import _, instant_text, n_
from ui.wording.assessments import COMPUTED, JUDGEMENTS, STEPS


def conclusion_table(study: Study, found: Assessment) -> Html:
    """A row per target and one for the whole: computed, concluded, why; what is missing in red."""
    titles = [(result.target.id, target_title(result.target)) for result in study.findings.targets]
    rows = [_conclusion(study, found, name, title) for name, title in [*titles, (OVERALL, _("总体"))]]
    return card_table([_("目标"), _("仿真判定"), _("评估结论"), _("理由")], rows)


def _conclusion(study: Study, found: Assessment, name: str, title: str) -> list[object]:
    verdict = _(COMPUTED[computed(study, name)])
    each = found.conclusion_on(name)
    if each is None:
        return [title, verdict, _missing(), _missing()]
    judged = _(JUDGEMENTS[each.judgement])
    if not each.departs:
        return [title, verdict, judged, each.reason]
    why = tag("small", _("与判定不一致：{why}", why=each.departure), cls="yy-source")
    return [title, verdict, tag("b", judged), join([each.reason, why])]


def _missing() -> Html:
    return tag("span", _("待填写"), cls="yy-missing")


def _lacking(words: str) -> Html:
    return tag("span", words, cls="yy-missing")


def look_cell(found: Assessment, item: Assumption) -> object:
    """Who looked a figure over, or what was objected to; in red where nobody did."""
    look = found.look_at(item.key)
    if look is None:
        return _lacking(_("未复核"))
    if look.is_open:
        return _lacking(_("异议（未答复）：{note}（{name}）", note=look.note, name=look.name))
    if look.is_objection:
        said = _("答复：{answer}（{name}）", answer=look.answer, name=look.answered_by)
        return join(
            [tag("b", _("异议：{note}（{name}）", note=look.note, name=look.name)), tag("small", said, cls="yy-source")]
        )
    ticked = _("√ {name}", name=look.name)
    if not look.note:
        return ticked
    ground = _("异议已撤回：{note}", note=look.note) if look.is_withdrawn else _("依据：{note}", note=look.note)
    return join([ticked, tag("small", ground, cls="yy-source")])


def objection_list(found: Assessment, titles: Mapping[str, str]) -> Html:
    """Every objection that was not withdrawn: on what, whose, why, and how it was answered."""
    rows = [
        [
            titles.get(look.key, look.key),
            _("{note}（{name}）", note=look.note, name=look.name),
            _lacking(_("未答复")) if look.is_open else _("{note}（{name}）", note=look.answer, name=look.answered_by),
        ]
        for look in found.objections
    ]
    return card_table([_("有异议的数据"), _("异议"), _("答复")], rows)


def missing_words(found: Assessment) -> str:
    """What is missing before it can be signed out; "" where nothing is."""
    said = []
    if found.open_items:
        said.append(n_("{count} 项数据未复核", len(found.open_items)))
    if found.open_objections:
        said.append(n_("{count} 项异议未答复也未撤回", len(found.open_objections)))
    if found.open_targets:
        said.append(n_("{count} 项结论未填写", len(found.open_targets)))
    if not found.is_signed_out:
        said.append(_("审签"))
    return _("、").join(said)


def signature_lines(found: Assessment) -> Iterator[str]:
    """Every submission, return and signature, in order."""
    for each in found.signatures:
        words = _("：{words}", words=each.words) if each.words else ""
        post = "" if each.post in each.name else each.post
        who = _("{name}（{post}）", name=each.name, post=post) if post else each.name
        step = _(STEPS[each.kind])
        tail = _("（内容校验码 {digest}）", digest=each.digest[:12]) if each.kind is StepKind.SIGN_OUT else ""
        yield f"{step} · {who} · {instant_text(each.at)}{words}{tail}"
