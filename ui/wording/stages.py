"""What officials call the stages of a plan, and the tone each is shown in."""

from __future__ import annotations

from plans_repo.course.stages import Stage
from ui.wording.catalogue import _, later

STAGES = {
    Stage.DRAFT: (later("起草"), "open"),
    Stage.CONSULTATION: (later("征求意见"), "blue"),
    Stage.LINKAGE: (later("衔接协调"), "blue"),
    Stage.REVIEW: (later("评审"), "blue"),
    Stage.DELIBERATION: (later("会议审议"), "blue"),
    Stage.LEGALITY: (later("合法性审查"), "blue"),
    Stage.EDITING: (later("政府办核稿"), "blue"),
    Stage.LEADERSHIP: (later("分管领导审签"), "blue"),
    Stage.APPROVAL: (later("审批"), "blue"),
    Stage.PARTY: (later("党委审定"), "blue"),
    Stage.NUMBERING: (later("编号印发"), "blue"),
    Stage.ISSUED: (later("已印发，待公布和备案"), "warn"),
    Stage.PUBLISHED: (later("已公布，待备案"), "warn"),
    Stage.FILED: (later("已报送备案，待公布"), "warn"),
    Stage.IN_FORCE: (later("现行有效"), "good"),
    Stage.SUPERSEDED: (later("已被替代"), "plain"),
    Stage.ABOLISHED: (later("已废止"), "plain"),
}

DRAFTS = {
    Stage.DRAFT: later("初稿"),
    Stage.CONSULTATION: later("征求意见稿"),
    Stage.LINKAGE: later("送审稿"),
    Stage.REVIEW: later("送审稿"),
    Stage.DELIBERATION: later("审议稿"),
    Stage.LEGALITY: later("审议稿"),
    Stage.EDITING: later("报批稿"),
    Stage.LEADERSHIP: later("报批稿"),
    Stage.APPROVAL: later("报批稿"),
    Stage.PARTY: later("报批稿"),
    Stage.NUMBERING: later("印发稿"),
}
"""What the text being written is called at each stage; after issue a first draft of the next edition."""


def draft_word(stage: Stage) -> str:
    """What the text being written is called.

    >>> draft_word(Stage.CONSULTATION), draft_word(Stage.IN_FORCE)
    ('征求意见稿', '初稿')
    """
    return _(DRAFTS.get(stage, DRAFTS[Stage.DRAFT]))


def stage_word(stage: Stage | None) -> str:
    """The name of a stage; that of a first draft where there is no version yet.

    >>> stage_word(Stage.IN_FORCE)
    '现行有效'
    """
    return _(STAGES[stage or Stage.DRAFT][0])
