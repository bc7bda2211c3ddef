"""The words of consultation, review and authoring that are stored: parts, answers, treatments, votes."""

from __future__ import annotations

from enum import StrEnum


class GroupPart(StrEnum):
    """What somebody is in a working group."""

    HEAD = "head"  # 组长
    MEMBER = "member"  # 成员
    EXPERT = "expert"  # 专家
    CLERK = "clerk"  # 执笔人


class Answer(StrEnum):
    """What a unit answers to a consultation."""

    NO_OPINION = "no_opinion"  # 无意见
    OPINIONS = "opinions"  # 有意见


class Treatment(StrEnum):
    """What became of an opinion."""

    ADOPTED = "adopted"  # 采纳
    PARTLY = "partly"  # 部分采纳
    REFUSED = "refused"  # 不采纳


class Vote(StrEnum):
    """An expert's conclusion."""

    AGREE = "agree"  # 同意
    AGREE_IF = "agree_if"  # 原则同意，修改后通过
    DISAGREE = "disagree"  # 不同意


class Judgement(StrEnum):
    """How a text stands to an item of the review form, or to an element of a review table."""

    CONFORMS = "conforms"  # 符合
    MOSTLY = "mostly"  # 基本符合
    FAILS = "fails"  # 不符合
    NOT_APPLICABLE = "not_applicable"  # 不适用


SCALE = (Judgement.CONFORMS, Judgement.MOSTLY, Judgement.FAILS)
"""The three answers to the six items every review gives."""
