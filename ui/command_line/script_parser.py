"""The words ``yuyan script`` understands."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from ui.command_line import script_commands
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.usage import between, of_table
from ui.components.script_words import PAPERS
from ui.wording import _

Command = Callable[[Context], Answer]
PAPER = of_table(PAPERS)
Make = Callable[[str, Command, str], ArgumentParser]


def add_script_commands(command: Make) -> None:
    """Add the commands of ``script``; every one of them names the drill by its title or id."""

    def of_drill(name: str, do: Command, words: str) -> ArgumentParser:
        made = command(name, do, words)
        made.add_argument("drill", metavar="DRILL", help=_("演练的名称或编号"))
        return made

    _making(of_drill("make", script_commands.make, _("由预案的处置程序和情景生成脚本")))
    _revision(of_drill("show", script_commands.show, _("注入、预期行动和还缺的内容")))
    written = of_drill("export", script_commands.export, _("导出为表格（.xlsx）；文件名以 .json 结尾的，导出 CEXF"))
    written.add_argument("file", metavar="FILE")
    _revision(written)
    printed = of_drill("paper", script_commands.paper, _("演练文书（Word）：工作方案、导调脚本、导调单、评估方案等"))
    printed.add_argument("kind", type=PAPER, metavar="KIND", help=PAPER.known())
    printed.add_argument("file", metavar="FILE")
    taken = of_drill("import", script_commands.take, _("读入表格（.xlsx）或 CEXF 文件（.json），有一处不对都不读入"))
    taken.add_argument("file", metavar="FILE")
    taken.add_argument("--drop", action="store_true", help=_("表中没有的行一并删除"))
    taken.add_argument("--reason", default="", help=_("改动缘由"))
    approved = of_drill("approve", script_commands.approve, _("审定注入，缺省为全部未审定的"))
    approved.add_argument("--number", metavar="N", action="append", default=[], help=_("注入编号，可重复"))
    of_drill("history", script_commands.history, _("脚本的历次保存"))


def _making(command: ArgumentParser) -> None:
    command.add_argument("--plan", metavar="P", default="", help=_("预案编号，缺省为演练的第一件预案"))
    command.add_argument("--scenario", metavar="SCENARIO", default="", help=_("情景编号，缺省为演练的情景"))
    command.add_argument("--study", metavar="STUDY", default="", help=_("照这份仿真研究的版本、情景和结果生成"))
    command.add_argument("--minutes", type=between(1, 100_000), default=0, help=_("演练时长（分钟）"))
    command.add_argument("--reason", default="", help=_("改动缘由"))


def _revision(command: ArgumentParser) -> None:
    command.add_argument("--revision", type=between(1), default=0, help=_("第几稿，缺省为最新"))
