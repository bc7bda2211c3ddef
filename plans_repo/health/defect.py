"""A defect of a plan: where, which words, how grave, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from plans_repo.checks.pack import words_from
from plans_repo.checks.rule import Words
from plans_repo.packs.reading import pack


class Severity(StrEnum):
    """How grave a defect is."""

    GRAVE = "grave"  # 严重
    MODERATE = "moderate"  # 一般
    MINOR = "minor"  # 提示


class DefectKind(StrEnum):
    """What a defect is about, in the order of the report."""

    BLANK = "blank"  # 待填
    CHAPTER = "chapter"  # 章节
    LIMITS = "limits"  # 时限与分级
    SUM = "sum"  # 合计与分项
    CONTRADICTION = "contradiction"  # 与相关预案不一致
    BODY = "body"  # 机构名称
    LAW = "law"  # 依据
    REFERENCE = "reference"  # 引用
    UPPER = "upper"  # 上位预案
    CONTACT = "contact"  # 联系方式


@dataclass(frozen=True, kw_only=True)
class OtherPlace:
    """A place in another plan that says something else: its clause, how that is cited, the words."""

    plan: str
    title: str
    clause: str
    citation: str
    quotation: str


@dataclass(frozen=True, kw_only=True)
class Defect:
    """One defect: the reason is a key of the wording, filled from *fields*; *clause* is "" for the plan as a whole;
    *also* are further clauses with the same defect.

    *replacement* are the words that would mend it, in place of *quotation*'s; "" where a person has to write.
    *there* is the place in another plan it is at odds with.
    """

    kind: DefectKind
    reason: str
    clause: str = ""
    quotation: str = ""
    also: tuple[str, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    replacement: tuple[str, str] = ("", "")
    severity: Severity | None = None
    there: OtherPlace | None = None

    @property
    def how_grave(self) -> Severity:
        """Its severity: its own, or that of its reason."""
        return self.severity or Severity(wording()[self.reason]["severity"])


@cache
def wording() -> Mapping[str, Mapping[str, Any]]:
    """What is said of each reason."""
    data = pack("health", "wording")
    return {key: item for key, item in data.items() if isinstance(item, dict)}


def found_words(reason: str) -> Words:
    """What is said of a defect."""
    return words_from(wording()[reason]["found"])


def suggestion_words(reason: str) -> Words:
    """What is suggested about it."""
    return words_from(wording()[reason]["suggestion"])
