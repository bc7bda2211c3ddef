"""How far a study is: one line that is written over on a terminal, now and then a line elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TextIO

from ui.wording import _, duration_text

EVERY = 100
"""Runs between two lines where nobody can be shown a line that moves."""


@dataclass(kw_only=True)
class Progress:
    """Hears (done, total) in runs and says so on *stream*; ``with`` it, so that the moving line is ended.

    Before the first run it hears (functions compiled, 0), and after the last the same again for every loss proved.
    *seconds* tells the time from any beginning.
    """

    stream: TextIO
    quiet: bool = False
    seconds: Callable[[], float] = monotonic
    _began: tuple[float, int] | None = field(default=None, init=False)
    _last: tuple[int, int] = field(default=(0, 0), init=False)
    _proofs: int = field(default=0, init=False)
    _said: str = field(default="", init=False)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_how: object) -> None:
        if self._said and self._moves:
            self.stream.write("\n")

    def __call__(self, done: int, total: int) -> None:
        """Say it, unless nothing is to be said."""
        before, self._last = self._last, (done, total)
        self._proofs = self._proofs + 1 if total and before == (done, total) else 0
        if self._began is None and total:
            self._began = self.seconds(), done
        if self.quiet:
            return
        if self._moves:
            self._write_over(self._sentence(done, total) + self._left(done, total))
        elif total == 0 or done // EVERY > (before[0] if before[1] else 0) // EVERY or self._proofs == 1:
            self._write_line(self._sentence(done, total))

    @property
    def _moves(self) -> bool:
        return self.stream.isatty()

    def _sentence(self, done: int, total: int) -> str:
        if not total:
            return _("首次使用，正在编译推演引擎：已编译 {done} 个函数（只需一次）", done=done)
        if not self._proofs:
            return _("已推演 {done}/{total} 次", done=done, total=total)
        said = _("已推演 {done} 次，正在核实各项损失能挽回多少", done=done)
        return said + (_("（第 {count} 批）", count=self._proofs) if self._moves else "")

    def _left(self, done: int, total: int) -> str:
        """How long the rest of the look takes if it goes on as it went; "" while nothing can be said."""
        if self._began is None or not self._began[1] < done < total:
            return ""
        since, first = self._began
        spent = self.seconds() - since
        if spent < 2:  # too early to tell
            return ""
        return _("，约还需 {left}", left=duration_text(spent / (done - first) * (total - done) / 60))

    def _write_over(self, said: str) -> None:
        self.stream.write(f"\r\x1b[K{said}")
        self.stream.flush()
        self._said = said

    def _write_line(self, said: str) -> None:
        if said != self._said:
            self.stream.write(f"{said}\n")
            self.stream.flush()
            self._said = said
