"""The commands of ``yuyan study`` that ask more than a verdict."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from plans_repo.scenarios import OWN_UNITS
from sim.choice import Offer
from sim.errors import CodedError
from sim.influences import Measure, Range
from sim.stopping import MOST_RUNS
from ui.command_line import analysis_commands, choices
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.parts import add_parts
from ui.command_line.usage import between
from ui.wording import _

MOST_DRAWS = 10_000
"""Each is played for itself; a hundred tell runs from drills."""
COST = 1
"""Of a unit nobody gives a cost for, so that the cheapest is the fewest units."""
Adding = Callable[[str, Callable[[Context], Answer], str], ArgumentParser]


def add_analyses(add: Adding) -> None:
    """The cheapest units, weak points, influences, and runs or drills; *add* makes a command with its plan."""
    choose = _asked(add("choose", analysis_commands.choose, _("达到保证率的最省力量配置")))
    choose.add_argument(
        "--offer",
        type=offer,
        action="append",
        required=True,
        metavar="POOL=LEAST:MOST:COST",
        help=_(
            "可选的力量、最少和最多数量、每单位费用，可重复；费用不写时每单位按 1 计，比的就是单位总数，"
            "要按实际费用比选的，写明费用，如 boats=1:4:30"
        ),
    )
    choose.add_argument("--cost-unit", default="", help=_("费用的单位，如 万元"))
    choose.add_argument("--source", default="", help=_("费用的出处"))
    choose.add_argument("--most-runs", type=between(1, MOST_RUNS), default=3200, help=_("缺省规则下的次数上限"))
    weak = _asked(add("weak", analysis_commands.weak, _("单点失效：少了谁就做不到")))
    weak.add_argument("--runs", type=between(1, MOST_RUNS), default=400, help=_("推演次数"))
    weak.add_argument("--failures", type=between(0, 3), default=2, help=_("最多同时失效几处"))
    sway = _asked(add("sensitivity", analysis_commands.sensitivity, _("哪些时长和参数左右结果")))
    sway.add_argument("--runs", type=between(1, MOST_RUNS), default=200, help=_("推演次数"))
    sway.add_argument("--measure", type=choices.MEASURE, default=Measure.P_MET.value, help=_("看达标率还是九成用时"))
    sway.add_argument(
        "--parameter",
        type=parameter,
        action="append",
        default=[],
        metavar="NAME=LOW:HIGH",
        help=_("情景参数及其可能的范围，可重复"),
    )
    doubt = _asked(add("doubt", analysis_commands.doubt, _("该多推演还是该多演练")))
    doubt.add_argument("--draws", type=between(3, MOST_DRAWS), default=100, help=_("时长中位数抽取多少组"))
    doubt.add_argument("--runs", type=between(1, MOST_RUNS), default=400, help=_("推演次数"))


def _asked(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("scenario", metavar="SCENARIO")
    command.add_argument("--version", metavar="V", default="")
    command.add_argument("--resources", type=choices.RESOURCES, default=OWN_UNITS, help=_("力量与资源"))
    command.add_argument("--seed", type=between(0), default=None, help=_("随机种子，缺省取输入的校验码"))
    command.add_argument("--target", action="append", default=[], metavar="T", help=_("目标编号，可重复，缺省为全部"))
    add_parts(command)
    return command


def offer(word: str) -> Offer:
    """``boats=1:4:30`` as an offer, ``boats=1:4`` as one at a cost of 1 a unit, or wrong usage."""
    try:
        pool, _equals, rest = word.partition("=")
        least, most, *costs = rest.split(":")
        (cost,) = costs or (str(COST),)
        return Offer(pool=pool, least=int(least), most=int(most), cost=float(cost))
    except (ValueError, CodedError) as error:
        raise ArgumentTypeError(
            _(
                "须写作 力量=最少:最多:单价（如 boats=1:4:30，单价可不写），最少不大于最多，均不得为负，收到“{word}”",
                word=word,
            )
        ) from error


def parameter(word: str) -> Range:
    """``depth=1:3`` as a range, or wrong usage."""
    try:
        name, _equals, rest = word.partition("=")
        low, high = rest.split(":")
        return Range(name=name, low=float(low), high=float(high), is_parameter=True)
    except (ValueError, CodedError) as error:
        raise ArgumentTypeError(
            _("须写作 参数=下限:上限（例如 depth=1:3），下限小于上限，两者均为有限数，收到“{word}”", word=word)
        ) from error


def units(word: str) -> tuple[str, int]:
    """``boats=4`` as a pool and its units, or wrong usage."""
    pool, _equals, count = word.partition("=")
    if not count.isdigit():
        raise ArgumentTypeError(_("须写作 力量=数量（例如 boats=4），收到“{word}”", word=word))
    return pool, int(count)
