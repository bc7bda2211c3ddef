"""The commands of ``yuyan scenario`` and what their arguments mean."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from plans_repo.authored.edits import number
from sim.compound import Trigger
from sim.curves import DRAWS
from sim.curves.preview import MOST_DRAWS
from sim.failures import Failure, FailureKind
from sim.hazards.models import MODELS
from ui.command_line import scenario_commands as commands
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.usage import between, decimal, of_pack
from ui.wording import _

Adding = Callable[[str, Callable[[Context], Answer], str], ArgumentParser]
SPREAD = of_pack("spread", MODELS)
FAILURE = of_pack("failure_kind", FailureKind)
_FAILURE_PARTS = 5


def add_scenario_commands(add: Adding) -> None:
    """All of them; *add* makes a command of the group."""
    add("list", commands.list_scenarios, _("列出情景"))
    _event(add("show", commands.show, _("情景的参数、地点和失效")))
    _event(add("history", commands.history, _("情景的各个版本")))
    _event(add("check", commands.check, _("检查情景或者情景文件能否使用，不保存")))
    _made(add)
    shown = _event(add("curves", commands.curves, _("情景的全部曲线和时刻")))
    shown.add_argument("--curve", metavar="CURVE", default="", help=_("只列出这一条曲线的取值"))
    shown.add_argument("--plan", metavar="PLAN", default="", help=_("按该预案的处置程序画预警、出发和物资曲线"))
    shown.add_argument("--task", metavar="TASK", default="", help=_("只画处置程序中的这一项任务"))
    shown.add_argument("--draws", type=between(1, MOST_DRAWS), default=DRAWS, help=_("抽取多少次画色带"))
    out = _event(add("export", commands.hand_out, _("写出情景文件")))
    out.add_argument("--out", metavar="F.toml", required=True, help=_("文件"))
    into = _reasoned(add("import", commands.bring_in, _("读入情景文件，存为新版本")))
    into.add_argument("file", metavar="F.toml")
    into.add_argument("--id", metavar="ID", default="", help=_("另起编号"))


def _made(add: Adding) -> None:
    new = _reasoned(add("new", commands.new, _("按情景种类新建情景")))
    new.add_argument("id", metavar="ID")
    new.add_argument("--spread", type=SPREAD, required=True, help=SPREAD.known())
    new.add_argument("--title", required=True, help=_("标题"))
    copied = _reasoned(_event(add("copy", commands.copy, _("复制情景，另起编号"))))
    copied.add_argument("new", metavar="NEW")
    copied.add_argument("--title", default="", help=_("标题"))
    changed = _reasoned(_event(add("set", commands.set_fields, _("修改情景，存为新版本"))))
    changed.add_argument(
        "fields",
        metavar="FIELD=VALUE",
        nargs="*",
        type=assignment,
        help=_("如 title=…、horizon_min=1440、parameter.bus_seats=50、place.R01.people=730，可写多项"),
    )
    _failing(changed)
    several = _reasoned(add("compound", commands.compound, _("把几个情景合成一个复合情景，存为新版本")))
    several.add_argument("id", metavar="ID")
    several.add_argument("--title", default="", help=_("标题"))
    several.add_argument("--summary", default="", help=_("概述"))
    several.add_argument("--horizon", type=decimal, default=None, help=_("推演时长（分钟），缺省为各组成事件所及"))
    several.add_argument(
        "--part",
        type=part,
        action="append",
        required=True,
        metavar="ID=SCENARIO",
        help=_(
            "组成事件，可重复，第一个的名称可以空着：名称=情景、名称=情景+分钟（晚若干分钟开始），"
            "或者 名称=情景+时刻@地点+分钟（第一个事件的该时刻之后若干分钟开始，"
            "前面其他事件的时刻写 时刻@地点@名称）"
        ),
    )
    _failing(several)


def _failing(command: ArgumentParser) -> None:
    command.add_argument(
        "--fail",
        type=failure,
        action="append",
        default=[],
        metavar="KIND:OF:FROM:UNTIL:UNITS",
        help=_("增加一项失效，后三项可省，可重复，复合情景中的地点写 地点@名称：{known}", known=FAILURE.known()),
    )
    command.add_argument(
        "--unfail", type=between(1), action="append", default=[], metavar="N", help=_("删去第几项失效")
    )


def _event(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("scenario", metavar="SCENARIO")
    return command


def _reasoned(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("--reason", metavar="REASON", default="", help=_("保存的理由"))
    return command


def assignment(word: str) -> str:
    """A field and its value, or wrong usage."""
    if not word.partition("=")[0] or "=" not in word:
        raise ArgumentTypeError(_("须写成 项=值，收到“{word}”", word=word))
    return word


def failure(word: str) -> Callable[[], Failure]:
    """What fails, of whom, from and until when, how many; what the failure itself refuses is said by the command."""
    kind, *rest = word.split(":")
    code = FAILURE.code_of(kind)
    if code is None or len(rest) > _FAILURE_PARTS - 1:
        raise ArgumentTypeError(_("须写成 种类:对象:起:止:数量，收到“{word}”", word=word))
    of, start, until, units = (*rest, "", "", "", "")[:4]

    def made() -> Failure:
        return Failure(
            kind=FailureKind(code),
            of=of,
            from_min=_minutes("from_min", start, 0.0),
            until_min=_minutes("until_min", until, 0.0) if until else None,
            units=int(_minutes("units", units, 0.0)),
        )

    return made


def part(word: str) -> tuple[str, str, float | None, Trigger | None]:
    """A part of a compound event: its id, its scenario, and when it begins or what sets it off."""
    name, sign, rest = word.partition("=")
    event, *when = rest.split("+")
    if not sign or not event or len(when) > 2:
        raise ArgumentTypeError(_("须写成 名称=情景 或者 名称=情景+分钟，收到“{word}”", word=word))
    numbers = [decimal(one) for one in when[1:]] or [0.0]
    if not when:
        return name, event, None, None
    if _is_number(when[0]):
        return name, event, decimal(when[0]), None
    clock, entity, of = (*when[0].split("@", 2), "", "")[:3]
    return name, event, None, Trigger(part=of, clock=clock, entity=entity, delay_min=numbers[0])


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _minutes(field: str, word: str, default: float) -> float:
    return number("failure", field, word) if word else default
