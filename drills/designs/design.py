"""The design of a drill as a value: the five fields of planning, who holds which post, what keeps people safe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from drills.errors import DrillError
from sim.figure import at_least

MOST_TEXT = 4000
MOST_LINES = 100


class Post(StrEnum):
    """A post in a drill (guide 62, section 2)."""

    COMMANDER = "commander"  # 总指挥
    DEPUTY = "deputy"  # 副总指挥
    PLANNER = "planner"  # 总策划
    CONTROLLER = "controller"  # 导调员
    EVALUATOR = "evaluator"  # 评估人员
    SAFETY = "safety"  # 安全员
    SUPPORT = "support"  # 保障负责人
    RECORDER = "recorder"  # 记录人员
    SIMULATOR = "simulator"  # 模拟人员
    HOST = "host"  # 主持解说


NEEDED = (Post.COMMANDER, Post.PLANNER, Post.CONTROLLER, Post.EVALUATOR, Post.SAFETY)
"""Posts every drill has to fill."""


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Somebody at a post, and the body he comes from."""

    post: Post
    name: str
    unit: str = ""

    def __post_init__(self) -> None:
        _filled("appointment", "name", self.name)


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """Something to be ready by a day, and by whom."""

    due_on: date
    what: str
    who: str = ""

    def __post_init__(self) -> None:
        _filled("preparation", "what", self.what)


@dataclass(frozen=True, kw_only=True)
class Risk:
    """What may go wrong in the drill itself, what is done against it, and who answers for that."""

    risk: str
    measure: str
    who: str = ""

    def __post_init__(self) -> None:
        _filled("risk", "risk", self.risk)


@dataclass(frozen=True, kw_only=True)
class Design:
    """Purpose, need, scope, calendar and budget (guide 62, 3.1), posts, support and safety.

    *budget_cny* is None while nobody has said it; 0 is said. *stops* are the conditions under which play ends at once.
    *notice_on* is the day the public is told, where it may be disturbed. Refused when built: more lines or longer
    texts than anybody reads.
    """

    purpose: str = ""
    need: str = ""
    scope: str = ""
    budget_cny: float | None = None
    funds: str = ""
    calendar: tuple[Preparation, ...] = ()
    posts: tuple[Appointment, ...] = ()
    support: str = ""
    communication: str = ""
    medical: str = ""
    insurance: str = ""
    is_high_risk: bool = False
    risks: tuple[Risk, ...] = ()
    stops: tuple[str, ...] = ()
    disturbs_public: bool = False
    notice_on: date | None = None
    observers: str = ""

    def __post_init__(self) -> None:
        if self.budget_cny is not None:
            at_least("design", "budget_cny", self.budget_cny, 0)
        for field in ("purpose", "need", "scope", "funds", "support", "communication", "medical", "insurance",
                      "observers"):  # fmt: skip
            _bounded(field, [getattr(self, field)])
        for field in ("calendar", "posts", "risks", "stops"):
            if len(getattr(self, field)) > MOST_LINES:
                raise DrillError("design-too-long", thing="design", field=field, rule=f"at most {MOST_LINES} lines",
                                 most=MOST_LINES)  # fmt: skip
        _bounded("stops", self.stops)

    def at(self, post: Post) -> tuple[Appointment, ...]:
        """Those at a post, in their order."""
        return tuple(one for one in self.posts if one.post is post)


def _filled(thing: str, field: str, words: str) -> None:
    if not words.strip():
        raise DrillError("design-line-empty", thing=thing, field=field, rule="must not be empty")
    _bounded(field, [words])


def _bounded(field: str, texts: Iterable[str]) -> None:
    if any(len(words) > MOST_TEXT for words in texts):
        raise DrillError("design-text-long", thing="design", field=field, rule=f"at most {MOST_TEXT}", most=MOST_TEXT)
