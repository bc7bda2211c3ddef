"""The words of the course of a plan that ``yuyan plan`` understands."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from plans_repo.course.consulting import MOST_WORKING_DAYS
from ui.command_line import choices, consultation_commands, opinion_commands, side_commands
from ui.command_line import course_commands as course
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.review_parser import add_authoring_commands, add_review_commands
from ui.command_line.usage import between, day
from ui.wording import _

Command = Callable[[Context], Answer | None]
Make = Callable[[str, Command, str], ArgumentParser]


def add_course_commands(made: Make) -> None:
    """Add every command of the course; *made* makes one with the arguments all share and PLAN."""
    stand = made("stand", course.stand, _("办理到哪一步、还缺什么、可办哪些事项"))
    stand.add_argument("--version", metavar="V", default="")
    _moving(made)
    _consulting(made)
    _sides(made)
    add_authoring_commands(made)
    add_review_commands(made)


def _moving(made: Make) -> None:
    move = made("move", course.move, _("办理一个事项"))
    move.add_argument("move", metavar="MOVE", type=choices.MOVE)
    move.add_argument("--reason", default="", help=_("理由或意见；带待填项征求意见时必须说明理由"))
    move.add_argument("--paper", metavar="KIND=FILE", action="append", default=[], help=_("附上材料，可重复"))
    move.add_argument("--number", default="", help=_("文号；废止时为废止决定的文号，登记备案回执时为备案编号"))
    move.add_argument("--dated", metavar="DAY", type=day, default=None, help=_("所附材料的落款日期；废止时必填"))
    move.add_argument("--manner", default="", help=_("办理方式"))
    move.add_argument("--on", metavar="DAY", type=day, default=None, help=_("办理日期"))
    move.add_argument("--effective", metavar="DAY", type=day, default=None, help=_("印发时：实施日期，缺省同印发日期"))
    move.add_argument("--trial", metavar="DAY", type=day, default=None, help=_("印发时：试行截止日期"))
    move.add_argument("--trial-reason", metavar="TEXT", default="", help=_("印发时：试行超过一般期限的理由"))
    move.add_argument("--abolishes", metavar="PLAN", action="append", default=[], help=_("印发时：同时废止的本库预案"))
    move.add_argument("--also", metavar="TITLE", action="append", default=[], help=_("印发时：同时废止的其他文件"))
    move.add_argument("--ends", metavar="DAY", type=day, default=None, help=_("废止时：失效日期，缺省同办理日期"))
    move.add_argument("--issued-by", metavar="NAME", type=choices.ISSUED_BY, default=None, help=_("印发时：印发名义"))
    move.add_argument("--signer", metavar="NAME", default="", help=_("主要负责人签署时：签署人姓名"))
    move.add_argument("--signed-by", metavar="POST", default="", help=_("签署人职务；印发时为签发人职务"))
    move.add_argument("--to", metavar="BODY", default="", help=_("报送备案时：备案机关的名称；规则推定不出时必须写明"))
    copy = _("报送备案时：抄送（径送）的单位，可重复；规则推定不出时须写明")
    move.add_argument("--copy", metavar="BODY", action="append", default=[], help=copy)
    move.add_argument("--no-copy", metavar="WHY", default="", help=_("报送备案时：没有应当抄送的单位，写明理由"))
    move.add_argument("--by", metavar="BODY", default="", help=_("登记备案回执时：出具回执的单位"))
    move.add_argument("--channel", default="", help=_("公布时：公布的渠道（网站、公报、公示栏等）"))
    move.add_argument("--told", metavar="NAME", action="append", default=[], help=_("公布时：告知的单位和地区，可重复"))
    trial = made("trial", course.settle_trial, _("登记对试行的决定：转为正式施行或延长试行"))
    trial.add_argument("outcome", metavar="OUTCOME", type=choices.TRIAL)
    trial.add_argument("--until", metavar="DAY", type=day, default=None, help=_("延长试行时：新的试行截止日期"))
    trial.add_argument("--reason", required=True, help=_("理由"))
    trial.add_argument("--paper", metavar="FILE", required=True, help=_("作出决定的文件"))
    trial.add_argument("--number", default="", help=_("该文件的文号"))
    trial.add_argument("--dated", metavar="DAY", type=day, required=True, help=_("该文件的落款日期"))
    trial.add_argument("--on", metavar="DAY", type=day, default=None, help=_("决定日期，缺省同落款日期"))
    attach = made("attach", course.attach, _("附上材料"))
    attach.add_argument("kind", metavar="KIND", type=choices.PAPER)
    attach.add_argument("file", metavar="FILE")
    attach.add_argument("--dated", metavar="DAY", type=day, default=None, help=_("材料落款日期"))


def _sides(made: Make) -> None:
    made("sides", side_commands.sides, _("联合预案的其他各方和会签情况"))
    sign = made("countersign", side_commands.countersign, _("登记联合预案另一方的会签"))
    sign.add_argument("--paper", metavar="FILE", required=True, help=_("会签件"))
    sign.add_argument("--signed-by", metavar="POST", required=True, help=_("签署人职务"))
    sign.add_argument("--side", metavar="NAME", default="", help=_("哪一方；本人所在的一方或只有一方时可不写"))
    sign.add_argument("--refuse", action="store_true", help=_("不同意，须写明意见"))
    sign.add_argument("--opinion", metavar="TEXT", default="", help=_("意见内容"))
    sign.add_argument("--on", metavar="DAY", type=day, default=None, help=_("签署日期，缺省为今天"))


def _consulting(made: Make) -> None:
    consult = made("consult", consultation_commands.consult, _("确定征求意见的单位和期限"))
    consult.add_argument("--unit", metavar="NAME", action="append", default=[], help=_("只征求该单位，可重复"))
    consult.add_argument("--days", type=between(1, MOST_WORKING_DAYS), default=10, metavar="N", help=_("工作日"))
    consult.add_argument("--number", default="", help=_("函号"))
    consult.add_argument("--contact", default="", help=_("联系人及电话"))
    consult.add_argument("--not-asked", metavar="WHY", default="", help=_("正文提到而不征求的单位，不征求的理由"))
    answer = made("answer", consultation_commands.answer, _("登记一个单位的书面答复"))
    answer.add_argument("unit", metavar="UNIT")
    answer.add_argument("--opinion", metavar="CLAUSE=TEXT", action="append", default=[], help=_("意见，可重复"))
    answer.add_argument("--signatory", required=True, help=_("签署人（负责人）"))
    answer.add_argument("--paper", metavar="FILE", default="", help=_("复函"))
    answer.add_argument("--on", metavar="DAY", type=day, default=None, help=_("答复日期"))
    made("opinions", opinion_commands.list_opinions, _("列出全部意见和处理情况"))
    treat = made("treat", opinion_commands.treat, _("处理一条意见"))
    treat.add_argument("opinion", metavar="OPINION")
    treat.add_argument("treatment", metavar="TREATMENT", type=choices.TREATMENT)
    treat.add_argument("--reason", default="", help=_("理由"))
    treat.add_argument("--disputed", action="store_true", help=_("与提出单位有分歧"))
    treat.add_argument("--resolution", default="", help=_("分歧协调结果"))
