"""What a text says on reporting: within how long, by whom, and on which telephone day and night."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plans_repo.text.clause import Clause
from plans_repo.text.finding.limits import FoundLimit, LimitKind

REPORTS = re.compile(r"报告|上报|报送|直报|速报|报[省市县区]|首报|初报")
NOT_FIRST = re.compile(
    r"续报|终报|核报|补报|补正|总结|评估|日报|零报告|书面报告事故|调查报告|定性|分析报告|灾情会商|反馈|签收|更新|变更|备案|核对|恢复|核定|稳定后|结束后"
)
OF_UNIT = re.compile(r"企业|单位负责人|事[发故]单位|煤矿|矿长|公司|厂|经营单位|业主|产权单位")
DUTY = re.compile(r"24\s*小时|二十四小时|昼夜|值班|值守|报告电话|应急电话|调度电话")
NUMBER = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-－—]\d{7,8}|1[3-9]\d{9}|[2-8]\d{6,7}|400[-－]?\d{3}[-－]?\d{4}|(?:12350|12345|12119|96\d{3}))(?!\d)"
)


@dataclass(frozen=True, kw_only=True)
class DutyPhone:
    """The telephone that is manned, where it stands; without a number, where only the duty is named."""

    number: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportLimit:
    """A limit for a first report; *of_unit* when a unit, not an authority, reports."""

    clause: str
    minutes: float
    text: str
    of_unit: bool


def report_limits(limits: Iterable[FoundLimit]) -> Iterator[ReportLimit]:
    """The limits of first reports; follow-ups, corrections and final reports are none."""
    for limit in limits:
        if is_first_report(limit):
            of_unit = bool(OF_UNIT.search(limit.who))
            yield ReportLimit(clause=limit.clause, minutes=limit.minutes, text=limit.text, of_unit=of_unit)


def is_first_report(limit: FoundLimit) -> bool:
    """Whether a limit is that of a first report."""
    local = _around(limit)
    return limit.kind is LimitKind.RESPONSE and bool(REPORTS.search(local)) and not NOT_FIRST.search(local)


def _around(limit: FoundLimit) -> str:
    """The part of the sentence the limit belongs to: from the comma before to the comma after the next."""
    before = re.split(r"[。；;]", limit.text[: limit.at])[-1][-24:]
    after = re.split(r"[。；;]", limit.text[limit.at :])[0]
    return before + "，".join(re.split(r"[，,]", after)[:2])


def duty_phone(clauses: Sequence[Clause], words: Sequence[str]) -> DutyPhone:
    """A number beside words of duty (*words* of the pack, or 24小时值班), in one sentence or one table."""
    wanted = re.compile("|".join(words))
    named: list[str] = []
    for clause in clauses:
        table = clause.table.text if clause.table else ""
        for sentence in (*re.split(r"[。；\n]", f"{clause.title}\n{clause.text}"), table):
            if not (wanted.search(sentence) or DUTY.search(sentence)):
                continue
            number = _number(sentence)
            if number:
                return DutyPhone(number=number, clauses=(clause.id,))
            if wanted.search(sentence):
                named.append(clause.id)
    return DutyPhone(clauses=tuple(dict.fromkeys(named)))


def _number(words: str) -> str:
    match = NUMBER.search(words) or re.search(r"0000-\d{7}", words)
    return match[0] if match else ""
