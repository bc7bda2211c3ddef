"""What a replayed disaster says, in one sentence."""

from __future__ import annotations

from plans_repo.packs.naming import cause_name
from plans_repo.validation import LossFacts, ReplayFacts
from sim.chain import DECIDE, REST, TRAVEL, WORK
from ui.components.plan_names import told
from ui.wording import _, duration_text, language, share_text

OWN = (WORK, TRAVEL, REST, DECIDE)


def loss_words(loss: LossFacts) -> str:
    """The task and the cause of a loss."""
    return _("{task}（{cause}）", task=told(loss.task, loss.task_en), cause=cause_name(loss.cause, language()))


def bottleneck_sentence(one: ReplayFacts) -> str:
    """What held the response back, how long, and when the end would have come without it."""
    loss = one.bottleneck
    said = {
        "what": loss_words(loss),
        "lost": duration_text(loss.minutes),
        "share": share_text(loss.share),
        "end": duration_text(one.end_min),
        "without": duration_text(one.without_min),
    }
    if loss.cause in OWN:
        return _("制约环节：{what}，{lost}，占全程（{end}）的 {share}；这一步减半，全程为 {without}。", **said)
    return _("制约环节：{what}，{lost}，占全程（{end}）的 {share}；没有这段等待，全程为 {without}。", **said)
