"""One line of the log of play: what was done when, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from drills.errors import DrillError
from sim.figure import at_least, finite, words

MOST_TEXT = 2000
MOST_SPEED = 60.0


class EntryKind(StrEnum):
    """What a line of the log tells."""

    STARTED = "started"  # 演练开始
    PAUSED = "paused"  # 暂停
    RESUMED = "resumed"  # 继续
    JUMPED = "jumped"  # 调整演练时间
    STOPPED = "stopped"  # 安全叫停
    CLEARED = "cleared"  # 解除叫停
    ENDED = "ended"  # 演练结束
    RELEASED = "released"  # 下达注入
    SKIPPED = "skipped"  # 跳过注入
    POSTPONED = "postponed"  # 推迟注入
    RECEIVED = "received"  # 收到
    DONE = "done"  # 预期行动完成
    NOTED = "noted"  # 记事
    VOIDED = "voided"  # 作废一条记录


OF_CLOCK = frozenset(
    {EntryKind.STARTED, EntryKind.PAUSED, EntryKind.RESUMED, EntryKind.JUMPED, EntryKind.STOPPED, EntryKind.CLEARED,
     EntryKind.ENDED}
)  # fmt: skip
"""Lines that set the drill clock or say how play stands."""
OF_INJECT = frozenset({EntryKind.RELEASED, EntryKind.SKIPPED, EntryKind.POSTPONED})
"""Lines that a controller, or the clock, writes about an inject."""
SEEN = frozenset({EntryKind.RECEIVED, EntryKind.DONE, EntryKind.NOTED})
"""Lines that tell what somebody saw or did: they may be voided, and may come later from a device without network."""
_WITH_MINUTE = frozenset({EntryKind.JUMPED, EntryKind.POSTPONED})
WITH_REASON = frozenset(
    {EntryKind.PAUSED, EntryKind.JUMPED, EntryKind.STOPPED, EntryKind.CLEARED, EntryKind.SKIPPED, EntryKind.POSTPONED,
     EntryKind.VOIDED}
)  # fmt: skip
"""Lines that say why."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the log.

    *at* is when it happened; *about* the inject, expected action or entry it concerns, of a start the digest of the
    script; *minute* the minute of the drill clock that a jump or a postponement aims at; *speed* how many minutes of
    the drill clock go by in a minute, of a start. *device* names the device it was taken down on, "" at the server.

    >>> from datetime import UTC
    >>> Entry(id="e1", kind=EntryKind.NOTED, at=datetime(2026, 11, 24, 1, tzinfo=UTC), text="广播不响").text
    '广播不响'
    """

    id: str
    kind: EntryKind
    at: datetime
    by: str = ""
    name: str = ""
    unit: str = ""
    about: str = ""
    minute: float | None = None
    speed: float = 1.0
    text: str = ""
    device: str = ""

    def __post_init__(self) -> None:
        thing = f"entry {self.kind}"
        words(thing, "id", self.id)
        if self.at.tzinfo is None:
            raise DrillError("entry-malformed", thing=thing, field="at", rule="must have a zone", value=self.at)
        if (self.minute is not None) != (self.kind in _WITH_MINUTE):
            raise DrillError(
                "entry-malformed", thing=thing, field="minute", rule="belongs to a jump", value=self.minute
            )
        if self.minute is not None:
            at_least(thing, "minute", finite(thing, "minute", self.minute), 0)
        if not 0 < self.speed <= MOST_SPEED:
            raise DrillError("play-speed-wrong", thing=thing, field="speed", rule=f"above 0, at most {MOST_SPEED:g}",
                             value=self.speed, most=MOST_SPEED)  # fmt: skip
        if len(self.text) > MOST_TEXT:
            raise DrillError("entry-text-long", thing=thing, field="text", rule=f"at most {MOST_TEXT}", most=MOST_TEXT)
        if self.kind in WITH_REASON and not self.text.strip():
            raise DrillError("entry-reason-missing", thing=thing, field="text", rule="must be given",
                             value=self.kind.value)  # fmt: skip

    @property
    def order(self) -> tuple[datetime, bool, str]:
        """Lines in the order things happened; what a device took down comes behind the server's of that instant."""
        return self.at, bool(self.device), self.id if self.device else ""
