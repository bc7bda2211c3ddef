"""The words ``yuyan play`` understands."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from ui.command_line import play_commands as do
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.usage import decimal
from ui.wording import _

Command = Callable[[Context], Answer]
Make = Callable[[str, Command, str], ArgumentParser]


def add_play_commands(command: Make) -> None:
    """Add the commands of ``play``; every one of them names the drill by its title or id."""

    def of_drill(name: str, run: Command, words: str) -> ArgumentParser:
        made = command(name, run, words)
        made.add_argument("drill", metavar="DRILL", help=_("演练的名称或编号"))
        return made

    of_drill("show", do.show, _("演练进行到哪里：时钟、接下来的注入、预期行动"))
    of_drill("log", do.show_log, _("演练实录，并核验有无改动"))
    begin = of_drill("begin", do.begin, _("演练开始；应用运行着，注入才会到时自动下达"))
    begin.add_argument("--speed", metavar="TIMES", type=decimal, default=1.0, help=_("演练时钟为真实时间的几倍"))
    _turning(of_drill)
    _releasing(of_drill)
    _taking_down(of_drill)
    form = of_drill("form", do.form, _("写出离线记录表（网页文件），不用网络即可记录"))
    form.add_argument("file", metavar="FILE")
    merged = of_drill("merge", do.merge, _("并入离线记录表导出的文件，先后次序不限"))
    merged.add_argument("file", metavar="FILE")
    merged.add_argument("--offset", metavar="SECONDS", type=decimal, default=0.0, help=_("该设备各时刻再加几秒"))
    of_drill("seat", do.seat, _("下达给本单位的导调信息"))
    receive = of_drill("receive", do.receive, _("答复已收到"))
    receive.add_argument("line", metavar="LINE", help=_("信息的编号，见 play seat"))
    report = of_drill("report", do.report, _("以本单位名义向导演组报告"))
    report.add_argument("text", metavar="TEXT")


def _turning(of_drill: Make) -> None:
    _reason(of_drill("pause", do.pause, _("暂停")))
    of_drill("resume", do.resume, _("继续"))
    jump = of_drill("jump", do.jump, _("把演练时间调到某一分钟"))
    jump.add_argument("minute", metavar="MINUTE", type=decimal)
    _reason(jump)
    _reason(of_drill("stop", do.stop, _("安全叫停，参演各方都可以")))
    _reason(of_drill("clear", do.clear, _("解除叫停，仍为暂停")))
    of_drill("end", do.end, _("演练结束"))


def _releasing(of_drill: Make) -> None:
    _number(of_drill("release", do.release, _("立即下达一条注入")))
    skip = of_drill("skip", do.skip, _("跳过一条注入"))
    _number(skip)
    _reason(skip)
    postpone = of_drill("postpone", do.postpone, _("改到另一分钟下达"))
    _number(postpone)
    postpone.add_argument("minute", metavar="MINUTE", type=decimal)
    _reason(postpone)
    improvise = of_drill("improvise", do.improvise, _("临时下达脚本之外的信息"))
    improvise.add_argument("to", metavar="UNIT", help=_("对象"))
    improvise.add_argument("text", metavar="TEXT")


def _taking_down(of_drill: Make) -> None:
    done = of_drill("done", do.mark_done, _("记下一项预期行动已完成"))
    _number(done)
    done.add_argument("--text", default="", help=_("所见"))
    noted = of_drill("note", do.note, _("记一笔"))
    noted.add_argument("text", metavar="TEXT")
    noted.add_argument("--about", metavar="NUMBER", default="", help=_("有关的注入或预期行动的编号"))
    void = of_drill("void", do.void, _("作废一条收到、完成或记事；实录照留"))
    void.add_argument("line", metavar="LINE", help=_("记录的序号，见 play log"))
    _reason(void)


def _number(command: ArgumentParser) -> None:
    command.add_argument("number", metavar="NUMBER", help=_("脚本中的编号"))


def _reason(command: ArgumentParser) -> None:
    command.add_argument("--reason", default="", help=_("缘由"))
