"""The words of filing that ``yuyan filing`` understands."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from ui.command_line import choices, filing_commands, incoming_commands, receipt_commands, supervision_commands
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.command_line.usage import between, day
from ui.wording import _

Command = Callable[[Context], Answer | None]
Make = Callable[[str, Command, str], ArgumentParser]


def add_filing_commands(made: Make, of_plan: Make) -> None:
    """Add every command of filing; *made* makes one, *of_plan* one that is about a PLAN."""
    make = of_plan("make", filing_commands.make, _("制作备案包"))
    make.add_argument("--out", metavar="F.zip", required=True)
    paper = _("附上材料，例如 explanation=编制说明.docx，可重复")
    make.add_argument("--paper", metavar="KIND=FILE", action="append", default=[], help=paper)
    more = _("另放进材料的种类，例如 review_opinion，可重复；内部材料只交备案机关")
    make.add_argument("--with", dest="more", type=choices.PAPER, action="append", default=[], help=more)
    make.add_argument("--to", metavar="BODY", default="", help=_("备案机关的名称；规则推定不出时必须写明"))
    copy = _("抄送（径送）的单位，可重复；规则推定不出时写明")
    make.add_argument("--copy", metavar="BODY", action="append", default=[], help=copy)
    make.add_argument("--incomplete", action="store_true", help=_("材料不齐也制作"))
    letter = of_plan("letter", filing_commands.letter, _("代拟备案文书（Word）"))
    letter.add_argument("--kind", type=choices.LETTER, default=None, help=_("文种，缺省按双方行文关系确定"))
    letter.add_argument("--out", metavar="F.docx", required=True)
    letter.add_argument("--number", default="", help=_("发文字号，缺省留空"))
    letter.add_argument("--signer", default="", help=_("签发人（只用于报告），缺省留空"))
    letter.add_argument("--contact", default="", help=_("联系人及电话"))
    letter.add_argument("--issuer", default="", help=_("行文单位，缺省为审批单位"))
    letter.add_argument("--on", metavar="DATE", type=day, default=None, help=_("成文日期，缺省为今天"))
    _answering(made, of_plan)
    _supervision(made)


def _answering(made: Make, of_plan: Make) -> None:
    """What comes in from below, and what comes back from above."""
    receive = made("receive", incoming_commands.receive_file, _("接收备案包；密钥已核对、齐全、未逾期的即予备案"))
    receive.add_argument("file", metavar="F.zip")
    receive.add_argument("--receipt", metavar="R.zip", default="", help=_("写出回执文件（.zip 或 .json）"))
    receive.add_argument("--number", metavar="N", default="", help=_("备案编号，缺省时接续上一编号"))
    receive.add_argument("--no-answer", action="store_true", help=_("只接收，暂不答复"))
    answer = made("answer", incoming_commands.give_answer, _("答复收到的备案：予以备案、告知补正或退回"))
    answer.add_argument("filing", metavar="FILING")
    said = answer.add_mutually_exclusive_group(required=True)
    said.add_argument("--filed", action="store_true", help=_("予以备案"))
    said.add_argument(
        "--missing", metavar="PAPER", action="append", default=[], help=_("需要补齐的材料（名称或者种类），可重复")
    )
    said.add_argument("--return", dest="returned", metavar="REASON", default=None, help=_("不予备案，退回，写明理由"))
    beyond = _("要求法定备案材料以外的材料时：理由，告知时注明“超出法定备案材料”")
    answer.add_argument("--reason", metavar="TEXT", default="", help=beyond)
    answer.add_argument("--by", metavar="DATE", type=day, default=None, help=_("补正期限，缺省为五个工作日后"))
    answer.add_argument("--number", metavar="N", default="", help=_("备案编号，缺省时接续上一编号"))
    answer.add_argument("--receipt", metavar="R.zip", default="", help=_("写出答复文件（.zip 或 .json）"))
    receipt = made("receipt", receipt_commands.enter, _("导入对方的回执或补正告知"))
    receipt.add_argument("file", metavar="FILE")
    sheet = of_plan("confirm-receipt", receipt_commands.confirm_receipt, _("核对登记的纸质回执"))
    sheet.add_argument("--refuse", metavar="REASON", default="", help=_("与纸质回执不符的，写明理由，退回重新登记"))
    supplied = of_plan("supplement", filing_commands.supplement, _("向备案机关报送补正材料"))
    supplied.add_argument("file", metavar="FILE", nargs="+", help=_("补正材料"))
    supplied.add_argument("--note", default="", help=_("说明"))
    supplied.add_argument("--on", metavar="DATE", type=day, default=None, help=_("报送日期，缺省为今天"))
    made("held", receipt_commands.list_held, _("列出待核的回执和补正告知"))
    accept = made("accept", receipt_commands.accept, _("采纳已核对的待核答复"))
    accept.add_argument("held", metavar="ID")
    made("list", incoming_commands.list_incoming, _("列出收到的备案"))
    key = made("confirm-key", filing_commands.confirm_key, _("登记已核对的对方密钥"))
    key.add_argument("fingerprint", metavar="FINGERPRINT")
    key.add_argument("body", metavar="BODY")
    key.add_argument("--note", required=True, help=_("怎样核对的"))


def _supervision(made: Make) -> None:
    notice = made("supervise", supervision_commands.supervise, _("对下级超期事项发督办通知（Word）并登记"))
    notice.add_argument("plans", metavar="PLAN", nargs="+", help=_("同一单位的预案，其超期事项一并督办"))
    notice.add_argument("--out", metavar="F.docx", required=True)
    notice.add_argument("--number", default="", help=_("发文字号，缺省留空"))
    notice.add_argument("--by", metavar="DATE", type=day, default=None, help=_("办结期限，缺省为三个工作日后"))
    notice.add_argument("--contact", default="", help=_("联系人及电话"))
    made("notices", supervision_commands.list_notices, _("列出发出和收到的督办通知"))
    figure = made("figure", filing_commands.figure, _("设定地方规定的期限"))
    figure.add_argument("key", metavar="KEY", type=choices.FIGURE, help=choices.FIGURE.known())
    figure.add_argument("value", metavar="VALUE", type=between(0))
    figure.add_argument("--source", required=True, help=_("出自哪份文件"))
