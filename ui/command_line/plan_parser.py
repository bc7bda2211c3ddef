"""The words of plans that ``yuyan plan`` understands."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from plans_repo.store.tables.versions import Trigger
from ui.command_line import (
    check_commands,
    choices,
    comment_commands,
    draft_commands,
    force_commands,
    ledger_commands,
    linkage_commands,
    plan_commands,
    reread_commands,
    suggestion_commands,
    table_commands,
    writing_commands,
)
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.course_parser import add_course_commands
from ui.command_line.upkeep_parser import add_record_commands, add_upkeep_commands
from ui.command_line.usage import day
from ui.wording import _

Command = Callable[[Context], Answer | None]
Make = Callable[[str, Command, str], ArgumentParser]


def add_plan_commands(made: Make, of_plan: Make) -> None:
    """Add every command of plans; *made* makes one, *of_plan* one that takes PLAN first."""
    _importing(made, of_plan)
    _showing(made, of_plan)
    _exporting(of_plan)
    _examining(of_plan)
    _after_issue(made, of_plan)
    _writing(made, of_plan)
    add_record_commands(of_plan)
    add_upkeep_commands(of_plan)
    add_course_commands(of_plan)


def _importing(made: Make, of_plan: Make) -> None:
    taken = made("import", plan_commands.import_file, _("导入 Word、文本或 Markdown 预案"))
    taken.add_argument("file", metavar="FILE")
    taken.add_argument("--kind", type=choices.PLAN_KIND, default=None, help=_("预案类别"))
    taken.add_argument("--hazard", type=choices.HAZARD_OR_NONE, default=None, help=_("灾种；不属于单一灾种的写 none"))
    taken.add_argument("--title", default="", help=_("更正识别出的预案名称"))
    taken.add_argument(
        "--into", metavar="PLAN", default="", help=_("作为该预案的新版本；从该预案导出的 Word 则把改动带回初稿")
    )
    taken.add_argument(
        "--by-likeness",
        action="store_true",
        help=_("文件没有注明底稿版本时，按相似程度与最新版本对照后带回初稿"),
    )
    taken.add_argument(
        "--tracked",
        type=choices.TRACKED,
        default=None,
        help=_("Word 修订痕迹：接受、拒绝，或列为修改建议；文件有修订痕迹时必须写明"),
    )
    taken.add_argument("--split", action="store_true", help=_("文件中有几件预案时，分别导入为相互关联的预案"))
    words = _("查看、采纳或不采纳随文件带入的修改建议")
    what = of_plan("suggestions", suggestion_commands.suggestion_list, words).add_mutually_exclusive_group()
    what.add_argument("--accept", metavar="ID", nargs="+", default=[], help=_("采纳这些建议，写入初稿"))
    what.add_argument("--decline", metavar="ID", nargs="+", default=[], help=_("不采纳这些建议"))
    what.add_argument("--accept-all", action="store_true", help=_("采纳全部未定的建议"))
    what.add_argument("--decline-all", action="store_true", help=_("不采纳全部未定的建议"))


def _showing(made: Make, of_plan: Make) -> None:
    begun = of_plan("draft", draft_commands.draft, _("初稿改了什么；形成新版本或者放弃"))
    end = begun.add_mutually_exclusive_group()
    end.add_argument("--commit", metavar="REASON", default="", help=_("形成新版本，写明改了什么、为什么改"))
    end.add_argument("--discard", action="store_true", help=_("放弃初稿，已形成的版本不变"))
    begun.add_argument(
        "--trigger", type=choices.TRIGGER, default=Trigger.EDITING.value, help=_("修订缘由，缺省为编制过程中修改")
    )
    again = of_plan("reread", reread_commands.reread, _("按现行规则重读导入时的原件，与当时的版本对照"))
    again.add_argument("--draft", action="store_true", help=_("把不同之处并入初稿；缺省只对照"))
    confirm = of_plan("confirm", plan_commands.confirm, _("按现状确认拟议的目标与处置程序"))
    confirm.add_argument("--target", metavar="ID", action="append", help=_("只确认该目标，可重复；不写即全部"))
    made("list", plan_commands.list_plans, _("列出预案"))
    show = of_plan("show", plan_commands.show, _("显示一件预案"))
    show.add_argument("--version", metavar="V", default="")
    show.add_argument("--on", metavar="DATE", type=day, default=None, help=_("该日有效的文本"))
    diff = of_plan("diff", plan_commands.diff, _("比较两个版本"))
    diff.add_argument("a", metavar="A")
    diff.add_argument("b", metavar="B")
    ledger = of_plan("ledger", ledger_commands.show, _("时限、阈值、电话、数量的台账"))
    ledger.add_argument("--version", metavar="V", default="")
    procedure = of_plan("procedure", plan_commands.procedure, _("取出或替换处置程序（JSON）"))
    procedure.add_argument("--version", metavar="V", default="")
    procedure.add_argument("--out", metavar="F.json", default="")
    procedure.add_argument("--set", metavar="F.json", default="", help=_("以该文件中的处置程序形成新版本"))
    procedure.add_argument(
        "--base", metavar="V", default="", help=_("该文件取自哪个版本；其后的改动与之合并，有冲突即拒绝")
    )
    procedure.add_argument("--reason", default=_("替换处置程序"), help=_("修改理由"))


def _exporting(of_plan: Make) -> None:
    _tables(of_plan("tables", table_commands.tables, _("导出修订对照表或征求意见汇总表")))
    _comments(of_plan("comments", comment_commands.comment_list, _("查看、提出、答复和办结批注")))
    export = of_plan("export", plan_commands.export, _("导出为 Word"))
    export.add_argument("--version", metavar="V", default="")
    marks = export.add_mutually_exclusive_group()
    marks.add_argument("--against", metavar="V0", default="", help=_("以修订痕迹标出与该版本的差异"))
    marks.add_argument("--suggestions", action="store_true", help=_("未定的修改建议以修订痕迹带出，署原修订人"))
    export.add_argument("--comments", action="store_true", help=_("带上批注"))
    export.add_argument("--out", metavar="F.docx", required=True)


def _examining(of_plan: Make) -> None:
    found = of_plan("references", linkage_commands.references, _("列出引用及其所指"))
    found.add_argument("--version", metavar="V", default="")
    of_plan("linkage", linkage_commands.linkage, _("列出预案关系，对照级别、时限、职责和资源"))
    check = of_plan("check", check_commands.check, _("按规则检查"))
    check.add_argument("--version", metavar="V", default="")
    check.add_argument("--file", metavar="F.docx", default="", help=_("测量该文件的版式，缺省测量导出稿"))
    health = of_plan("health", check_commands.health, _("预案体检：逐条列出问题和建议"))
    health.add_argument("--version", metavar="V", default="")
    health.add_argument("--out", metavar="F.docx", default="", help=_("写出体检报告"))


def _after_issue(made: Make, of_plan: Make) -> None:
    of_plan("versions", force_commands.versions, _("历次文本：编号、状态、缘由、形成人、有效起止"))
    clause = of_plan("clause", force_commands.clause, _("一条条款的历次文本"))
    clause.add_argument("clause", metavar="CLAUSE", help=_("条号、标题或条款标识"))
    clause.add_argument("--on", metavar="DATE", type=day, default=None, help=_("该日有效的文本"))
    late = made("overdue", force_commands.overdue, _("公布、备案、回执、试行、评估超期"))
    late.add_argument("--soon", action="store_true", help=_("将到期的也列出"))
    entered = of_plan("register", force_commands.register, _("登记系统启用前印发的预案"))
    entered.add_argument("--number", metavar="N", required=True, help=_("文号"))
    entered.add_argument("--on", metavar="DATE", type=day, required=True, help=_("印发日期"))
    entered.add_argument("--effective", metavar="DATE", type=day, default=None, help=_("实施日期，缺省同印发日期"))
    entered.add_argument("--trial", metavar="DATE", type=day, default=None, help=_("试行截止日期"))
    entered.add_argument("--trial-reason", metavar="TEXT", default="", help=_("试行超过一般期限的理由"))
    entered.add_argument("--document", metavar="FILE", required=True, help=_("红头文件扫描件"))
    entered.add_argument("--reason", default=_("系统启用前已印发，补录"), help=_("说明"))


def _writing(made: Make, of_plan: Make) -> None:
    made("templates", writing_commands.list_templates, _("列出编制模板和填写项"))
    new = made("new", writing_commands.begin, _("由模板起草一件预案"))
    new.add_argument("template", metavar="TEMPLATE")
    new.add_argument("--body", metavar="ORGANISATION", required=True, help=_("编制单位的名称或编号"))
    new.add_argument("--hazard", type=choices.HAZARD, default=None, help=_("灾种"))
    new.add_argument("--title", default="", help=_("标题，缺省按模板"))
    new.add_argument("--set", metavar="FIELD=WORDS", action="append", default=[], help=_("填写一项，可重复"))
    villages = made("villages", writing_commands.villages, _("批量编制村（社区）预案"))
    villages.add_argument("township", metavar="TOWNSHIP", help=_("乡镇（街道）的名称或编号"))
    either = villages.add_mutually_exclusive_group(required=True)
    either.add_argument("--sheet", metavar="F.xlsx", default="", help=_("写出填写表"))
    either.add_argument("--file", metavar="F.xlsx", default="", help=_("填好的表，.xlsx 或 .csv"))
    support = of_plan("support", writing_commands.support, _("由处置程序生成工作手册或行动方案"))
    support.add_argument("--unit", metavar="UNIT", required=True, help=_("处置程序中的单位"))
    support.add_argument("--scheme", action="store_true", help=_("行动方案；缺省为工作手册"))
    support.add_argument("--out", metavar="F.docx", required=True)
    page = of_plan("page", writing_commands.page, _("村（社区）一页纸预案"))
    page.add_argument("--version", metavar="V", default="")
    page.add_argument("--out", metavar="F.docx", required=True)


def _tables(command: ArgumentParser) -> None:
    command.add_argument("--kind", type=choices.TABLE, default=table_commands.REVISIONS, help=_("哪一种表"))
    command.add_argument("--version", metavar="V", default="")
    command.add_argument("--against", metavar="V0", default="", help=_("与该版本对照，不写即与上一次印发的文本对照"))
    command.add_argument("--note", metavar="CLAUSE", default="", help=_("先写入该条款的修订理由和依据"))
    command.add_argument("--reason", default="", help=_("修订理由"))
    command.add_argument("--basis", default="", help=_("修订依据"))
    command.add_argument("--out", metavar="F.docx", required=True)


def _comments(command: ArgumentParser) -> None:
    command.add_argument("--version", metavar="V", default="")
    command.add_argument("--draft", action="store_true", help=_("针对初稿"))
    command.add_argument("--open", action="store_true", help=_("只列未办结的批注"))
    one = command.add_mutually_exclusive_group()
    one.add_argument("--add", metavar="CLAUSE", default="", help=_("对该条款（标识或条号）提出批注"))
    one.add_argument("--reply", metavar="COMMENT", default="", help=_("答复该批注"))
    one.add_argument("--resolve", metavar="COMMENT", default="", help=_("办结该批注"))
    one.add_argument("--reopen", metavar="COMMENT", default="", help=_("重新打开该批注"))
    command.add_argument("--quote", metavar="WORDS", default="", help=_("所引文字"))
    command.add_argument("--text", default="", help=_("意见"))
