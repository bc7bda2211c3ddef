"""How far a study is: a line that moves on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from ui.command_line.parser import parser
from ui.command_line.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


HEARD = [(3, 0), (20, 200), (100, 200), (120, 200), (200, 200), (200, 200), (200, 200)]


def told(stream: io.StringIO, *, quiet: bool = False) -> str:
    clock: Iterator[float] = iter(range(0, 600, 10))
    with Progress(stream=stream, quiet=quiet, seconds=lambda: next(clock)) as progress:
        for done, total in HEARD:
            progress(done, total)
    return stream.getvalue()


def test_elsewhere_a_line_comes_with_every_hundred_runs_and_one_for_the_proofs():
    assert told(io.StringIO()).splitlines() == [
        "首次使用，正在编译推演引擎：已编译 3 个函数（只需一次）",
        "已推演 100/200 次",
        "已推演 200/200 次",
        "已推演 200 次，正在核实各项损失能挽回多少",
    ]


def test_on_a_terminal_one_line_moves_and_says_what_is_left():
    lines = told(Terminal()).split("\r\x1b[K")
    assert lines[1:5] == [
        "首次使用，正在编译推演引擎：已编译 3 个函数（只需一次）",
        "已推演 20/200 次",
        "已推演 100/200 次，约还需 12 秒",
        "已推演 120/200 次，约还需 16 秒",
    ]
    assert lines[-1] == "已推演 200 次，正在核实各项损失能挽回多少（第 2 批）\n"


def test_nothing_is_said_beside_json():
    assert told(Terminal(), quiet=True) == ""


def test_the_help_says_that_the_reference_engine_takes_minutes(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        parser().parse_args(["study", "run", "--help"])
    assert "常需几分钟" in capsys.readouterr().out.replace("\n", "").replace(" ", "")
