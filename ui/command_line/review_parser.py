"""The words of writing and reviewing that ``yuyan plan`` understands: group, explanation, path, panel, votes, forms."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from plans_repo.course.panels import LARGEST, SMALLEST
from plans_repo.course.words import GroupPart
from ui.command_line import (
    choices,
    element_commands,
    explanation_commands,
    group_commands,
    panel_commands,
    path_commands,
    review_form_commands,
)
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.usage import between, day
from ui.wording import _

Command = Callable[[Context], Answer | None]
Make = Callable[[str, Command, str], ArgumentParser]


def add_authoring_commands(made: Make) -> None:
    """Add what the author prepares beside the text; *made* makes a command with the arguments all share and PLAN."""
    path = made("path", path_commands.path, _("列出可走的办理路径；选定修订程序和路径"))
    path.add_argument("--process", type=choices.PROCESS, default=None, help=_("选定修订程序"))
    path.add_argument("--take", metavar="PATH", default="", help=_("选定办理路径（编号或者名称）"))
    path.add_argument("--reason", default="", help=_("选定的理由"))
    number = made("number", path_commands.number, _("编号印发环节：先编文号"))
    number.add_argument("number", metavar="NUMBER")
    group = made("group", group_commands.group, _("编制工作小组：列出成员，增加或者退出"))
    one = group.add_mutually_exclusive_group()
    one.add_argument("--add", metavar="NAME", default="", help=_("增加成员，写姓名"))
    one.add_argument("--remove", metavar="MEMBER", default="", help=_("成员退出（姓名或者编号）"))
    group.add_argument("--part", type=choices.GROUP_PART, default=GroupPart.MEMBER.value, help=_("身份，缺省为成员"))
    group.add_argument("--unit", metavar="UNIT", default="", help=_("所在单位的名称或编号"))
    group.add_argument("--post", default="", help=_("职务"))
    group.add_argument("--responsible", action="store_true", help=_("是编制部门（单位）负责人"))
    group.add_argument("--experienced", action="store_true", help=_("有应急处置经验"))
    explained = made("explanation", explanation_commands.explain, _("编制说明：逐项填写，写出 Word"))
    explained.add_argument(
        "--set", metavar="FIELD=WORDS", action="append", default=[], help=_("填写一项，内容可写 @文件，可重复")
    )
    explained.add_argument("--out", metavar="F.docx", default="", help=_("写出编制说明"))


def add_review_commands(made: Make) -> None:
    """Add what experts and panel do with a text."""
    draw = made("draw", panel_commands.draw, _("从专家库抽取评审组"))
    draw.add_argument("--size", type=between(SMALLEST, LARGEST), default=5, metavar="N", help=_("人数"))
    draw.add_argument("--field", metavar="F=N", action="append", default=[], help=_("某专业至少几人，可重复"))
    draw.add_argument("--aside", metavar="EXPERT=WHY", action="append", default=[], help=_("回避的专家和理由，可重复"))
    draw.add_argument("--again", metavar="WHY", default="", help=_("重新抽取的理由"))
    panel = made("panel", panel_commands.show_panel, _("评审组：席位和意见；登记评审会签到和组长，替换不能参加的专家"))
    panel.add_argument("--head", metavar="EXPERT", default="", help=_("登记评审会：组长"))
    here = panel.add_mutually_exclusive_group()
    absent = _("登记评审会：未到会的专家，可重复；其余记为签到")
    here.add_argument("--absent", metavar="EXPERT", action="append", default=[], help=absent)
    present = _("登记评审会：签到的专家，可重复；缺省为全部")
    here.add_argument("--present", metavar="EXPERT", action="append", default=[], help=present)
    panel.add_argument("--place", default="", help=_("登记评审会：地点"))
    panel.add_argument("--on", metavar="DAY", type=day, default=None, help=_("日期，缺省为今天"))
    panel.add_argument("--decline", metavar="EXPERT", default="", help=_("不能参加的专家，替换为下一顺位"))
    panel.add_argument("--reason", default="", help=_("不能参加的理由"))
    panel.add_argument("--confirm", action="store_true", help=_("评审后正文有改动的，确认已按专家意见修改"))
    vote = made("vote", panel_commands.vote, _("登记专家意见：本人的，或者凭签名的意见表录入"))
    vote.add_argument("expert", metavar="EXPERT", help=_("专家的姓名、席位号或者编号"))
    vote.add_argument("conclusion", metavar="VOTE", type=choices.VOTE, help=choices.VOTE.known())
    vote.add_argument("--words", default="", help=_("总体意见"))
    vote.add_argument("--opinion", metavar="CLAUSE=TEXT", action="append", default=[], help=_("对条款的意见，可重复"))
    vote.add_argument("--paper", metavar="FILE", default="", help=_("本人签名的意见表；代为录入时必须附上"))
    vote.add_argument("--scan-of-all", action="store_true", help=_("该文件是几位专家意见合订的一件扫描件"))
    vote.add_argument("--on", metavar="DAY", type=day, default=None, help=_("签署日期，缺省为今天"))
    vote.add_argument("--correction", metavar="WHY", default="", help=_("更正已登记意见的理由"))
    form = made("review-form", review_form_commands.items, _("评审表：列出六项审核内容，登记评审组的结论"))
    _answering(form, "ITEM=JUDGEMENT")
    elements = made("elements", element_commands.elements, _("形式评审和要素评审：列出要素，登记评审组的判定"))
    _answering(elements, "ELEMENT=JUDGEMENT")


def _answering(command: ArgumentParser, metavar: str) -> None:
    words = _("登记一项判定（{words}），可重复", words=choices.JUDGEMENT.known())
    command.add_argument("--answer", metavar=metavar, action="append", default=[], help=words)
    command.add_argument("--note", default="", help=_("说明；不符合和不适用须说明"))
