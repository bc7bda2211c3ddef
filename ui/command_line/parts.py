"""Which plans answer the parts of a compound event, on the command line."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError

from plans_repo import plan_keys
from plans_repo.studies import Answering
from ui.command_line.context import Context
from ui.wording import _


def add_parts(command: ArgumentParser) -> None:
    """``--part``, once for every part that another plan answers."""
    command.add_argument(
        "--part",
        type=answering,
        action="append",
        default=[],
        metavar="ID=PLAN",
        help=_("复合情景中该组成事件由另一件预案（可写 预案@版本）处置，可重复"),
    )


def answering(word: str) -> tuple[str, str, str]:
    """Which plan answers a part: ``ID=PLAN`` or ``ID=PLAN@V``; the id may be empty for the leading part."""
    name, sign, rest = word.partition("=")
    plan, _sign, version = rest.partition("@")
    if not sign or not plan:
        raise ArgumentTypeError(_("须写成 名称=预案 或者 名称=预案@版本，收到“{word}”", word=word))
    return name, plan, version


def answers(context: Context) -> tuple[Answering, ...]:
    """The plans that answer parts of a compound event, by id where they were named by their titles."""
    if not context.arguments.part:
        return ()
    with context.reading() as work:
        return tuple(
            Answering(part=part, plan=plan_keys.plan_called(work, plan), version=version)
            for part, plan, version in context.arguments.part
        )
