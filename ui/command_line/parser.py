"""The words ``yuyan`` understands."""

from __future__ import annotations

import os
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable
from typing import Any

from plans_repo.course.working_days import FIRST_YEAR, LAST_YEAR
from plans_repo.scenarios import OWN_UNITS
from plans_repo.study_engines import DEFAULT_ENGINE, MOST_WORKERS
from ui.command_line import (
    choices,
    comparison_commands,
    demo_commands,
    drill_commands,
    norm_commands,
    organisation_commands,
    run_commands,
    script_commands,
    search_commands,
    store_commands,
    study_commands,
    study_list_commands,
    validation_commands,
    working_day_commands,
    writing_commands,
)
from ui.command_line.analysis_parser import add_analyses, units
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.filing_parser import add_filing_commands
from ui.command_line.norm_commands import add_norms
from ui.command_line.parts import add_parts
from ui.command_line.plan_parser import add_plan_commands
from ui.command_line.play_parser import add_play_commands
from ui.command_line.report_commands import add_report_commands
from ui.command_line.scenario_parser import add_scenario_commands
from ui.command_line.script_parser import add_script_commands
from ui.command_line.timing_parser import add_calibrating, add_durations, add_timing_commands
from ui.command_line.upkeep_parser import add_work_plan
from ui.command_line.usage import UsageParser, between, day, decimal
from ui.wording import _

Command = Callable[[Context], Answer | None]


def parser() -> ArgumentParser:
    """All commands; every one takes ``--json``, ``--lang``, ``--data`` and ``--as`` before or after its name."""
    top = UsageParser(prog="yuyan", description=_("应急预案编修、推演与演练"), parents=[_common(top=True)])
    groups = top.add_subparsers(metavar=_("命令"), required=True)
    _single_commands(groups)
    plan = _group(groups, "plan", _("预案"))
    add_plan_commands(
        lambda name, command, words: _command(plan, name, command, words),
        lambda name, command, words: _with_plan(_command(plan, name, command, words)),
    )
    scenario = _group(groups, "scenario", _("情景"))
    add_scenario_commands(lambda name, command, words: _command(scenario, name, command, words))
    _study(_group(groups, "study", _("仿真研究")))
    timing = _group(groups, "timing", _("实测用时"))
    add_timing_commands(lambda name, command, words: _with_plan(_command(timing, name, command, words)))
    _drill(_group(groups, "drill", _("演练")))
    script = _group(groups, "script", _("演练脚本"))
    add_script_commands(lambda name, command, words: _command(script, name, command, words))
    play = _group(groups, "play", _("演练实施"))
    add_play_commands(lambda name, command, words: _command(play, name, command, words))
    filing = _group(groups, "filing", _("备案"))
    add_filing_commands(
        lambda name, command, words: _command(filing, name, command, words),
        lambda name, command, words: _with_plan(_command(filing, name, command, words)),
    )
    _command(_group(groups, "audit", _("审计")), "verify", store_commands.verify_audit, _("核验全部事件与版本"))
    _account(_group(groups, "account", _("账户")))
    return top


def _common(*, top: bool = False) -> ArgumentParser:
    """Options every command takes; only the top one has defaults, so that a later one does not undo an earlier."""
    common = UsageParser(add_help=False, argument_default=None if top else SUPPRESS)
    default: Callable[[Any], Any] = (lambda value: value) if top else (lambda value: SUPPRESS)
    common.add_argument(
        "--data", metavar="DIR", default=default(os.environ.get("YUYAN_DATA", "var")), help=_("数据目录")
    )
    common.add_argument("--as", dest="actor", metavar="USER", default=default(""), help=_("以该账户名义操作"))
    common.add_argument("--json", action="store_true", default=default(None), help=_("输出一份 JSON"))
    common.add_argument(
        "--lang", choices=("zh", "en"), default=default(os.environ.get("YUYAN_LANG", "zh")), help=_("语言")
    )
    return common


def _group(groups: Any, name: str, words: str) -> Any:
    group = groups.add_parser(name, help=words, description=words)
    return group.add_subparsers(metavar=_("命令"), required=True)


def _command(groups: Any, name: str, command: Command, words: str) -> ArgumentParser:
    made: ArgumentParser = groups.add_parser(name, help=words, description=words, parents=[_common()])
    made.set_defaults(command=command, asked_as=made.prog)
    return made


def _single_commands(groups: Any) -> None:
    _command(groups, "demo", demo_commands.demo, _("建立演示数据，重复执行不会改变已有数据"))
    serve = _command(groups, "serve", demo_commands.serve, _("启动应用"))
    serve.add_argument("--port", type=between(1, 65535), default=8501, help=_("端口，被占用时顺延"))
    serve.add_argument("--address", default="127.0.0.1", help=_("监听地址"))
    serve.add_argument("--host", action="append", default=[], help=_("他人访问本机所用的名称，可重复"))
    serve.add_argument("--demo", action="store_true", help=_("先建立演示数据"))
    _search(_command(groups, "search", search_commands.search, _("全文检索；rebuild 重建索引，verify 核验索引")))
    backup = _command(groups, "backup", store_commands.back_up, _("备份到一个文件"))
    backup.add_argument("file", metavar="FILE")
    restore = _command(groups, "restore", store_commands.restore, _("恢复到空的数据目录"))
    restore.add_argument("file", metavar="FILE")
    listed = _command(groups, "catalogue", writing_commands.show_catalogue, _("预案目录：已编、在编、应编未编"))
    listed.add_argument("--take-up", action="store_true", help=_("给尚未编号的条目编号"))
    add_work_plan(lambda name, command, words: _command(groups, name, command, words))
    add_norms(_command(groups, "norms", norm_commands.norms, _("标准测算用的本地数据：登记、列出")))
    bodies = _command(groups, "organisations", organisation_commands.list_organisations, _("列出单位及其编号"))
    bodies.add_argument("words", metavar="WORDS", nargs="?", default="", help=_("名称中的文字"))
    bodies.add_argument("--kind", type=choices.BODY_KIND, default=None, help=_("单位类别"))
    days = _command(groups, "working-days", working_day_commands.working_days, _("节假日与工作日；录入放假安排通知"))
    days.add_argument(
        "year", metavar="YEAR", type=between(FIRST_YEAR, LAST_YEAR), nargs="?", default=None, help=_("年份，缺省为今年")
    )
    days.add_argument("--notice", metavar="FILE", default=None, help=_("国务院办公厅放假安排通知的正文（文本文件）"))
    days.add_argument("--number", metavar="NUMBER", default="", help=_("通知的文号"))


def _search(command: ArgumentParser) -> None:
    command.add_argument(
        "words", metavar="WORDS", nargs="+", help=_("检索词，须同时出现在一条中；引号内的词句须原样出现")
    )
    command.add_argument("--kind", type=choices.PLAN_KIND, default=None, help=_("预案类别"))
    command.add_argument("--subject", type=choices.SUBJECT, default=None, help=_("事件类型，其下各类一并查"))
    command.add_argument(
        "--area", metavar="AREA", default="", help=_("地区，或者单位、地方的名称，例如 清川县、/yunling/qingchuan/")
    )
    command.add_argument("--state", type=choices.STAGE, default=None, help=_("状态"))
    command.add_argument("--since", type=day, metavar="DAY", default=None, help=_("版本形成（批注提出）于该日及以后"))
    command.add_argument("--until", type=day, metavar="DAY", default=None, help=_("版本形成（批注提出）于该日及以前"))
    scope = command.add_mutually_exclusive_group()
    scope.add_argument("--all-versions", action="store_true", help=_("旧版本也查"))
    scope.add_argument("--in-force", action="store_true", help=_("只查现行有效文本"))
    scope.add_argument("--comments", action="store_true", help=_("查批注及答复"))
    command.add_argument("--page", type=between(1), default=1, help=_("第几页"))


def _with_plan(command: ArgumentParser) -> ArgumentParser:
    command.add_argument(
        "plan", metavar="PLAN", help=_("预案的编号或标题（标题写出能够分清的一部分即可），见 yuyan plan list")
    )
    return command


def _study(groups: Any) -> None:
    run = _with_plan(_command(groups, "run", study_commands.run_study, _("推演并判定")))
    run.add_argument("scenario", metavar="SCENARIO")
    run.add_argument("--version", metavar="V", default="")
    _runs(run)
    run.add_argument("--seed", type=between(0), default=None, help=_("随机种子，缺省取输入的校验码"))
    run.add_argument(
        "--precision",
        type=decimal,
        metavar="SHARE",
        default=None,
        help=_("各目标平均用时的误差不超过其几分之几即停止，如 0.05"),
    )
    run.add_argument("--joint", action="store_true", help=_("各目标合并作出一个结论，允许的误判概率由各目标平分"))
    run.add_argument(
        "--most-minutes", type=decimal, metavar="MIN", default=None, help=_("计算时间上限（分钟），到时即止")
    )
    run.add_argument("--anew", action="store_true", help=_("同样的推演已经做过也重新计算"))
    run.add_argument(
        "--workers", type=between(1, MOST_WORKERS), default=0, metavar="N", help=_("同时计算的份数，不影响结果")
    )
    run.add_argument(
        "--engine",
        default=DEFAULT_ENGINE,
        help=_("推演引擎：kernel（缺省）；simpy 为基准引擎，供核对用，慢几十倍，推演 200 次常需几分钟"),
    )
    run.add_argument(
        "--cluster", metavar="ADDRESS", default="", help=_("多机推演：Dask 调度程序的地址，如 tcp://10.0.0.5:8786")
    )
    run.add_argument("--resources", type=choices.RESOURCES, default=OWN_UNITS, help=_("力量与资源"))
    add_durations(run)
    run.add_argument("--out", metavar="F.docx", default="", help=_("写出评估报告"))
    add_parts(run)
    listed = _command(groups, "list", study_list_commands.list_studies, _("列出仿真研究及其编号"))
    listed.add_argument("--plan", default="", metavar="PLAN", help=_("只列出一件预案的"))
    shown = _command(groups, "show", run_commands.show_run, _("重放研究中的一次推演，列出经过"))
    shown.add_argument("study", metavar="STUDY")
    shown.add_argument(
        "--run", metavar="median|worst|N", default="median", help=_("居中的一次、最差 5%% 的一次，或者第几次")
    )
    shown.add_argument("--target", metavar="TARGET", default="", help=_("按哪项目标选取，缺省为第一项"))
    compare = _with_plan(_command(groups, "compare", comparison_commands.compare, _("同一随机数下比较两个版本")))
    compare.add_argument("a", metavar="A")
    compare.add_argument("b", metavar="B")
    compare.add_argument("scenario", metavar="SCENARIO")
    compare.add_argument("--runs", type=between(1), default=200, help=_("推演次数"))
    compare.add_argument("--resources", type=choices.RESOURCES, default=OWN_UNITS, help=_("力量与资源"))
    compare.add_argument(
        "--units", type=units, action="append", default=[], metavar="POOL=N", help=_("B方另有的力量数量，可重复")
    )
    add_parts(compare)
    add_calibrating(
        lambda name, do, told: _command(groups, name, do, told),
        lambda name, do, told: _with_plan(_command(groups, name, do, told)),
    )
    add_analyses(lambda name, do, told: _with_plan(_command(groups, name, do, told)))
    add_report_commands(lambda name, do, told: _command(groups, name, do, told))
    counted = _command(groups, "norms", norm_commands.study_norms, _("按标准应有多少、实有多少，与推演对照"))
    counted.add_argument("study", metavar="STUDY")
    validate = _command(groups, "validate", validation_commands.validate, _("运行验证案例"))
    validate.add_argument(
        "--engine", default=DEFAULT_ENGINE, help=_("推演引擎：kernel（缺省）；simpy 较慢，推演次数较少，容差较宽")
    )
    replay = _command(groups, "replay", validation_commands.replay, _("按记录复盘真实灾害，核对时钟与制约环节"))
    replay.add_argument("name", metavar="NAME", nargs="?", default="", help=_("复盘编号，缺省为全部"))


def _runs(command: ArgumentParser) -> None:
    command.add_argument("--runs", type=between(1), default=0, help=_("恰好推演的次数；缺省时按倍增次数查看，判定即止"))
    command.add_argument("--most-runs", type=between(1), default=3200, help=_("缺省规则下的次数上限"))


def _drill(groups: Any) -> None:
    listed = _command(groups, "list", script_commands.list_drills, _("可以知道的演练及其脚本"))
    listed.add_argument("--year", metavar="YEAR", type=between(2000, 2100), default=None, help=_("只列这一年的"))
    plan = _command(groups, "plan", drill_commands.programme, _("年度演练计划：应演未演与排期"))
    plan.add_argument("year", metavar="YEAR", type=between(2000, 2100))
    draw = _command(groups, "draw", drill_commands.draw, _("抽取并封存一次双盲演练；口令从标准输入读取"))
    draw.description = _(
        "抽取并封存一次双盲演练。标准输入第一行为封存口令，只写一遍；可以有第二行，为见证人交出的随机数"
        "（64 位十六进制数字），不是再写一遍口令；没有第二行时，以本系统在信标中公布过校验码的随机数代替。"
    )
    draw.add_argument("--window", nargs=2, type=day, metavar=("FROM", "TO"), required=True, help=_("可抽取的起止日期"))
    draw.add_argument("--plan", metavar="P", action="append", default=[], help=_("可抽取的预案，可重复"))
    modes = _("封存方式：passphrase 只凭口令；server_key 到时自动启动，查看、取消和启封仍凭口令")
    draw.add_argument("--mode", type=choices.MODE, default="passphrase", help=modes)
    reveal = _command(groups, "reveal", drill_commands.reveal, _("演练结束或取消后启封；口令从标准输入读取"))
    reveal.add_argument("drill", metavar="DRILL")
    reveal.add_argument("--out", metavar="F.json", default="")
    verify = _command(groups, "verify", drill_commands.verify, _("核验启封文件，不需要数据库"))
    verify.add_argument("file", metavar="FILE")
    cancel = _command(groups, "cancel", drill_commands.cancel, _("取消封存的演练；口令从标准输入读取"))
    cancel.add_argument("drill", metavar="DRILL")
    cancel.add_argument("--reason", default=_("未说明理由"), help=_("取消的理由"))


def _account(groups: Any) -> None:
    create = _command(groups, "create", store_commands.create_account, _("建立账户；初始口令从标准输入读取"))
    create.add_argument("name", metavar="NAME")
    create.add_argument("--role", action="append", required=True, type=choices.ROLE, help=choices.ROLE.known())
    create.add_argument("--display-name", default="")
    create.add_argument("--organisation", default="", help=_("所在单位的名称或编号"))
