"""The papers made from the design of a drill: work scheme, support scheme, observer handbook.

What nobody has filled in stands there in red. Until it is approved elsewhere each is a draft and says so on every page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from drills.designs.design import Design, Post
from drills.designs.keeping import KeptDesign
from drills.drill import Drill
from drills.scripts.script import Script
from drills.scripts.words import release_words
from plans_repo.packs.naming import name_of
from plans_repo.word import numbers
from plans_repo.word.paper import TYPESETTINGS, Paper, Red
from plans_repo.word.running_head import mark_pages
from plans_repo.word.tables import Table
from plans_repo.word.wording import Wording

NONE = "—"


class DesignPaperKind(StrEnum):
    """A paper that is made from a design."""

    WORK = "work"  # 工作方案
    SUPPORT = "support"  # 保障方案
    HANDBOOK = "handbook"  # 观摩手册


@dataclass(frozen=True, kw_only=True)
class DesignFacts:
    """What the papers tell: the drill and its design, names of units, the event in words, and the script if any."""

    drill: Drill
    kept: KeptDesign
    units: tuple[str, ...] = ()
    event: str = ""
    script: Script | None = None


def design_paper(facts: DesignFacts, kind: DesignPaperKind, *, made_at: datetime, language: str = "zh") -> bytes:
    """The paper in Word; equal facts give equal bytes.

    Of a blind drill neither the event nor the steps are told, whatever the script holds.
    """
    writer = _Writer(facts, Wording(language))
    name = writer.say(kind.value)
    mark_pages(writer.paper.document, writer.say("draft"), red=True)
    writer.paper.title(writer.drill_title, name)
    writer.paper.blank()
    at = numbers.instant(writer.words, facts.kept.saved_at)
    writer.paper.note(writer.say("made", who=facts.kept.saved_by, at=at, hash=facts.kept.hash[:12]))
    parts: dict[DesignPaperKind, Callable[[], None]] = {
        DesignPaperKind.WORK: writer.work, DesignPaperKind.SUPPORT: writer.support,
        DesignPaperKind.HANDBOOK: writer.handbook,
    }  # fmt: skip
    parts[kind]()
    return writer.paper.saved(title=f"{writer.drill_title} {name}", author="", made_at=made_at)


class _Writer:
    """Puts a design on paper in one language."""

    def __init__(self, facts: DesignFacts, words: Wording) -> None:
        self.facts = facts
        self.words = words
        self.paper = Paper(TYPESETTINGS[words.language])

    @property
    def of(self) -> Design:
        return self.facts.kept.design

    @property
    def drill_title(self) -> str:
        drill = self.facts.drill
        return drill.title_en if self.words.language == "en" and drill.title_en else drill.title

    def say(self, key: str, **parts: object) -> str:
        return self.words.say(f"drill_design.{key}", **parts)

    # -- the papers ------------------------------------------------------------------

    def work(self) -> None:
        """Aim, event, units, time, posts, preparation, steps, means, safety, evaluation."""
        self._part("aim", self.of.purpose)
        self.paper.heading(2, self.say("need"))
        self._words(self.of.need)
        self.paper.heading(1, self.say("event"))
        self._event()
        self._part("scope", self.of.scope)
        self._units()
        self.paper.heading(1, self.say("when"))
        self._when()
        self.paper.heading(1, self.say("posts"))
        self._posts(Post)
        self.paper.heading(1, self.say("preparation"))
        self._calendar()
        self.paper.heading(1, self.say("steps"))
        self._steps()
        self.paper.heading(1, self.say("means"))
        self._means()
        self.paper.text(*self._or_missing("budget_text", "budget", self._budget()))
        self.paper.heading(1, self.say("safety"))
        self._risks()
        self.paper.text(*self._or_missing("insurance_text", "insurance", self.of.insurance))
        self._stops()
        self._notice()
        self._part("evaluation", self.say("evaluation_text"))

    def support(self) -> None:
        """Support, what may go wrong, when play ends, who is responsible."""
        self.paper.heading(1, self.say("support_means"))
        self._means()
        self.paper.heading(1, self.say("support_risks"))
        self._risks()
        self.paper.text(*self._or_missing("insurance_text", "insurance", self.of.insurance))
        self.paper.heading(1, self.say("support_stops"))
        self._stops()
        self._notice()
        self.paper.heading(1, self.say("support_who"))
        self._posts((Post.COMMANDER, Post.PLANNER, Post.SAFETY, Post.SUPPORT))

    def handbook(self) -> None:
        """What is shown, the event, the steps, safety, arrangements."""
        self._part("handbook_what", self.of.purpose)
        self._when()
        self._units()
        self.paper.heading(1, self.say("handbook_event"))
        self._event()
        self.paper.heading(1, self.say("handbook_steps"))
        self._steps()
        self._part("handbook_safety", self.say("handbook_rules"))
        self._part("handbook_place", self.of.observers)

    # -- their parts -----------------------------------------------------------------

    def _part(self, heading: str, words: str) -> None:
        self.paper.heading(1, self.say(heading))
        self._words(words)

    def _words(self, words: str) -> None:
        """Running text, a paragraph a line; in red that it is missing where there is none."""
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        for line in lines or [Red(self.say("missing"))]:
            self.paper.text(line)

    def _or_missing(self, key: str, field: str, words: str) -> tuple[str, ...]:
        """A sentence around what was filled in, its end red where nothing was."""
        if words.strip():
            return (self.say(key, **{field: words.strip()}),)
        return self.say(key, **{field: ""}), Red(self.say("missing"))

    def _event(self) -> None:
        hidden = bool(self.facts.drill.blindness)
        self._words(self.say("no_event") if hidden else self.facts.event)

    def _units(self) -> None:
        units = self.words.say("drill.several").join(self.facts.units)
        self.paper.text(*([self.say("units", units=units)] if units else [Red(self.say("missing"))]))

    def _when(self) -> None:
        drill = self.facts.drill
        if drill.on is None or not drill.place or not drill.duration_min:
            self.paper.text(Red(self.say("missing")))
            return
        day = numbers.calendar_day(self.words, drill.on)
        day = f"{day} {drill.at:%H:%M}" if drill.at else day
        length = numbers.limit(self.words, drill.duration_min)
        self.paper.text(self.say("when_text", day=day, place=drill.place, length=length))

    def _posts(self, posts: Iterable[Post]) -> None:
        rows = tuple(
            (
                name_of("drill_post", post, self.words.language),
                one.name,
                one.unit or NONE,
                self.say(f"duty_{post.value}"),
            )
            for post in posts
            for one in self.of.at(post)
        )
        self._table("posts_table", ("post", "name", "unit", "duty"), rows, (1.4, 1.2, 2, 3))

    def _calendar(self) -> None:
        rows = tuple(
            (numbers.calendar_day(self.words, one.due_on), one.what, one.who or NONE)
            for one in sorted(self.of.calendar, key=lambda one: one.due_on)
        )
        self._table("calendar_table", ("due", "what", "who"), rows, (1.5, 3, 1.5))

    def _steps(self) -> None:
        """The injects of the clock by their titles; of a blind drill that they are not told."""
        script = self.facts.script
        if self.facts.drill.blindness:
            self.paper.text(self.say("steps_hidden"))
            return
        timed = [one for one in script.in_order if one.at_min is not None] if script else []
        rows = tuple(
            (release_words(script, one, self.words) if script else NONE,
             one.title_en if self.words.language == "en" and one.title_en else one.title)
            for one in timed
        )  # fmt: skip
        self._table("steps_table", ("step_at", "step"), rows, (1, 4))

    def _means(self) -> None:
        self.paper.text(*self._or_missing("means_text", "support", self.of.support))
        self.paper.text(*self._or_missing("communication_text", "communication", self.of.communication))
        self.paper.text(*self._or_missing("medical_text", "medical", self.of.medical))

    def _budget(self) -> str:
        amount = "" if self.of.budget_cny is None else self.say("cny", amount=f"{self.of.budget_cny:,.0f}")
        return self.words.say("drill.parted").join(filter(None, [amount, self.of.funds]))

    def _risks(self) -> None:
        rows = tuple((one.risk, one.measure or NONE, one.who or NONE) for one in self.of.risks)
        self._table("risks_table", ("risk", "measure", "who"), rows, (2, 3, 1.2))

    def _stops(self) -> None:
        if not self.of.stops:
            self.paper.text(Red(self.say("missing")))
            return
        self.paper.text(self.say("stops"))
        last = len(self.of.stops)
        for number, words in enumerate(self.of.stops, start=1):
            self.paper.text(
                self.say("last_stop" if number == last else "stop", number=number, words=words.rstrip("。；;."))
            )

    def _notice(self) -> None:
        if not self.of.disturbs_public:
            return
        if self.of.notice_on is None:
            self.paper.text(Red(self.say("notice_missing")))
        else:
            self.paper.text(self.say("notice_text", day=numbers.calendar_day(self.words, self.of.notice_on)))

    def _table(
        self, caption: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...]
    ) -> None:
        if not rows:
            self.paper.text(Red(self.say("missing")))
            return
        self.paper.table(
            Table(header=tuple(map(self.say, heads)), rows=rows, widths=widths),
            caption=self.say(caption, number=self.paper.next_table),
        )
