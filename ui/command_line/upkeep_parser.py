"""The words of upkeep that ``yuyan`` understands: the yearly work plan, replacements, occasions to revise."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from ui.command_line import choices, record_commands, upkeep_commands, work_plan_commands
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.usage import between, day
from ui.wording import _

Command = Callable[[Context], Answer | None]
Make = Callable[[str, Command, str], ArgumentParser]


def add_upkeep_commands(made: Make) -> None:
    """Add what is done for a plan once it is in force; *made* makes one with the arguments all share and PLAN."""
    offered = made(
        "replacements", upkeep_commands.replacement_list, _("台账变更涉及的条款；采纳写入初稿，不采纳须说明理由")
    )
    offered.add_argument("--accept", metavar="OFFER", nargs="+", default=[], help=_("采纳这些，写入初稿；all 为全部"))
    offered.add_argument("--decline", metavar="OFFER", nargs="+", default=[], help=_("不采纳这些；all 为全部"))
    offered.add_argument("--reason", default="", help=_("不采纳的理由"))
    told = made("occasions", upkeep_commands.occasion_list, _("修订情形及其处理"))
    one = told.add_mutually_exclusive_group()
    one.add_argument("--revise", metavar="OCCASION", default="", help=_("该情形列入修订"))
    one.add_argument("--not-needed", metavar="OCCASION", default="", help=_("该情形无须修订"))
    told.add_argument("--reason", default="", help=_("处理的理由"))


def add_record_commands(made: Make) -> None:
    """Add what is entered beside an issued edition."""
    issuer = made("issuer", record_commands.issuer, _("登记印发名义和签发人职务"))
    issuer.add_argument("issued_by", metavar="NAME", type=choices.ISSUED_BY)
    issuer.add_argument("--signed-by", metavar="POST", default="", help=_("签发人职务"))
    issuer.add_argument("--paper", metavar="FILE", default="", help=_("红头文件扫描件，材料中已有的不必再附"))
    issuer.add_argument("--on", metavar="DAY", type=day, default=None, help=_("印发日期"))
    report = made("drill-report", record_commands.drill_report, _("登记演练情况已报送监管部门"))
    report.add_argument("--drilled", metavar="DAY", type=day, required=True, help=_("演练日期"))
    report.add_argument("--to", metavar="BODY", required=True, help=_("报送部门"))
    report.add_argument("--paper", metavar="FILE", required=True, help=_("演练情况报告"))
    report.add_argument("--drill", default="", help=_("演练内容"))
    report.add_argument("--on", metavar="DAY", type=day, default=None, help=_("报送日期"))


def add_work_plan(made: Make) -> None:
    """Add ``work-plan``."""
    plan = made("work-plan", work_plan_commands.work_plan, _("年度编修计划：计划项目和系统建议"))
    plan.add_argument("year", metavar="YEAR", type=between(2000, 2100))
    plan.add_argument("--accept", metavar="KEY", nargs="+", default=[], help=_("把这些建议列入计划"))
    plan.add_argument("--decline", metavar="KEY", nargs="+", default=[], help=_("不列入这些建议"))
    plan.add_argument("--reason", default="", help=_("不列入的理由"))
    plan.add_argument("--due", metavar="DAY", type=day, default=None, help=_("列入时改定的完成时限"))
    plan.add_argument("--lead", default="", help=_("列入时改定的牵头单位"))
    plan.add_argument("--note", default="", help=_("列入时的说明"))
