"""The words ``yuyan timing`` and the calibrating commands of ``yuyan study`` understand."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from plans_repo.studies import CALIBRATED, WRITTEN
from ui.command_line import timing_commands
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.usage import between, decimal, of_table
from ui.components.timing_words import ENDS, KINDS
from ui.wording import _, later

Command = Callable[[Context], Answer]
Make = Callable[[str, Command, str], ArgumentParser]
KIND = of_table(KINDS)
ENDING = of_table(ENDS)
DURATIONS = {WRITTEN: later("按处置程序"), CALIBRATED: later("按实测校准")}
"""How a study is told which durations it plays."""
WHEN = later("时间，如 2026-06-01 14:05:00；只写 14:05:00 的，为此后第一个该时刻")


def add_timing_commands(of_plan: Make) -> None:
    """Add the commands of ``timing``; *of_plan* makes one with the arguments all share and PLAN."""
    of_plan("list", timing_commands.list_timings, _("演练、拉动和实战的实测用时"))
    _adding(of_plan("add", timing_commands.add, _("录入一条实测用时")))
    taken = of_plan("import", timing_commands.import_sheet, _("从表格（.xlsx）录入，有一行不对整张都不录入"))
    taken.add_argument("file", metavar="FILE")
    written = of_plan("export", timing_commands.export_sheet, _("导出为表格（.xlsx），填好可以再录入"))
    written.add_argument("file", metavar="FILE")
    written.add_argument("--turnout", metavar="TURNOUT", default="", help=_("只导出这一场"))
    _correcting(of_plan("correct", timing_commands.correct, _("更正或者撤销一条实测用时，原记录保留")))


def _adding(command: ArgumentParser) -> None:
    command.add_argument("task", metavar="TASK", help=_("任务（目标）编号，见导出表格的“编号”页"))
    command.add_argument("start", metavar="START", help=_(WHEN))
    command.add_argument("end", metavar="END", help=_(WHEN))
    command.add_argument("--kind", type=KIND, required=True, help=KIND.known())
    command.add_argument("--title", required=True, help=_("演练、拉动或者事件的名称"))
    command.add_argument("--zero", required=True, help=_("零时，如 2026-06-01 14:00:00"))
    command.add_argument("--recorder", required=True, help=_("记录人"))
    command.add_argument("--place", default="", help=_("地点"))
    command.add_argument("--unannounced", action="store_true", help=_("没有事先通知"))
    command.add_argument("--version", metavar="V", default="", help=_("所练的版本，缺省为最新"))
    _what(command)


def _correcting(command: ArgumentParser) -> None:
    command.add_argument("turnout", metavar="TURNOUT", help=_("演练或者处置的编号，见 yuyan timing list"))
    command.add_argument("task", metavar="TASK", help=_("任务（目标）编号，见导出表格的“编号”页"))
    command.add_argument("--start", metavar="START", default="", help=_(WHEN))
    command.add_argument("--end", metavar="END", default="", help=_(WHEN))
    command.add_argument("--withdraw", action="store_true", help=_("撤销这条记录"))
    command.add_argument("--reason", required=True, help=_("更正或者撤销的理由"))
    _what(command)


def _what(command: ArgumentParser) -> None:
    command.add_argument("--target", action="store_true", help=_("计时的是目标，不是任务"))
    command.add_argument("--entity", default="", help=_("何处，如村的编号"))
    command.add_argument("--attempt", type=between(1, 1000), default=1, metavar="N", help=_("第几次"))
    command.add_argument("--ending", type=ENDING, default=None, help=ENDING.known())
    command.add_argument("--quantity", type=decimal, default=None, help=_("按数量计时的任务，数量是多少"))
    command.add_argument("--note", default=None, help=_("备注"))


def add_calibrating(plain: Make, of_plan: Make) -> None:
    """Add what ``study`` does with timings; *plain* makes a command without PLAN."""
    learnt = of_plan("calibration", timing_commands.calibration, _("各项时长：原估计、实测、校准后、下一次"))
    learnt.add_argument("--version", metavar="V", default="")
    add_weight(learnt)
    laid = plain("overlay", timing_commands.lay_over, _("把一次演练或者实战叠在推演范围上"))
    laid.add_argument("study", metavar="STUDY")
    laid.add_argument("turnout", metavar="TURNOUT")


def add_durations(run: ArgumentParser) -> None:
    """Add to ``study run`` which durations are played."""
    choice = of_table(DURATIONS)
    run.add_argument("--durations", type=choice, default=WRITTEN, help=_("时长：{known}", known=choice.known()))
    add_weight(run)
    run.add_argument("--known-until", metavar="TIME", default="", help=_("只用此时以前录入的实测，用于复现"))


def add_weight(command: ArgumentParser) -> None:
    """Add what the procedure's own figure is worth."""
    command.add_argument(
        "--prior-weight", type=decimal, metavar="N", default=None, help=_("处置程序原时长折合几次实测，缺省为 1")
    )
