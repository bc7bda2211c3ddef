"""Why a relation is proposed, and why none is, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.linkage.network import Tie
from plans_repo.linkage.proposing import Basis, Doubt
from plans_repo.linkage.subjects import subject_name
from plans_repo.plans import UPWARD, RelationKind
from ui.wording import _, language, later

SENTENCES = {
    (Basis.CITED, True): later("一件的正文引用了另一件"),
    (Basis.CITED, False): later("一件的正文引用了另一件"),
    (Basis.SAME_SUBJECT, True): later("题名同为“{subject}”，对方是上一级的预案"),
    (Basis.SAME_SUBJECT, False): later("题名同为“{subject}”，同一地区"),
    (Basis.WIDER_SUBJECT, True): later("上一级没有“{subject}”的预案，“{other}”包含这一类事件"),
    (Basis.WIDER_SUBJECT, False): later("“{other}”包含“{subject}”，同一地区"),
    (Basis.OVERALL, True): later("上一级的总体预案；没有更贴近的预案"),
}
"""What a proposal rests on, by basis and by whether the other plan stands above."""
OVERALL_HERE = later("本级的总体预案")


def why_proposed(tie: Tie) -> str:
    """What a proposal rests on; "" for a relation somebody entered."""
    if tie.basis is None:
        return ""
    if tie.basis.basis is Basis.OVERALL and tie.kind is RelationKind.SPECIAL_OF:
        return _(OVERALL_HERE)
    subject, other = (subject_name(one, language()) for one in (tie.basis.subject, tie.basis.other_subject))
    return _(SENTENCES[tie.basis.basis, tie.kind in UPWARD], subject=subject, other=other)


def doubt_words(doubt: Doubt, titles: Mapping[str, str]) -> str:
    """Which plan nothing is proposed of, and why."""
    return _(
        "“{title}”题名写的是“{place}”，与登记的制定单位（{body}）不一致，归属核实前不为它建议任何关系。",
        title=titles.get(doubt.plan, doubt.plan),
        place=doubt.place,
        body=doubt.body or _("未登记"),
    )
