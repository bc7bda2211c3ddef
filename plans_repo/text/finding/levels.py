"""Response levels: which exist, in what order, what starts each and who decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from plans_repo.text.clause import Clause, ClauseKind, Table, parents
from plans_repo.text.finding.authority import deciders_in, says_only_who
from plans_repo.text.finding.conditions import HAPPENS, LEAD_IN, condition_of, listed_conditions, started_conditions
from plans_repo.text.finding.level_blocks import LINE, blocks, lines, of_scale_only, without_warnings
from plans_repo.text.finding.level_words import (
    IS_ALARM,
    IS_RESPONSE,
    NUMERAL,
    ROMAN_SIGNS,
    labels_in,
    numeral_value,
    value_of,
)
from plans_repo.text.finding.punctuation import in_words_of, with_full_width
from plans_repo.text.reading.numbers import Family, number_of
from plans_repo.text.rendering import numbered_lines
from sim.procedure import Condition

UNREAD = (ClauseKind.FRONT, ClauseKind.HEADER, ClauseKind.FOOTER)
CONDITION_TITLE = re.compile(
    r"启动(?:条件|标准|情形)|响应(?:条件|标准)|触发|适用条件|条件$|分级标准|分级(?:响应)?条件|响应分级|分级响应|下列情|之一"
)
ACTION_TITLE = re.compile(r"行动|措施|程序|终止|结束|调整|解除|处置|流程|职责|要求|工作")
UNDER_ACTIONS = re.compile(r"行动|措施|终止|结束|调整|解除|职责")
LINE_OF_LEVEL = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五]+[)）.、．]|[①-⑤])?\s*[ⅠⅡⅢⅣⅤIV一二三四五]+级(?:应急)?(?:响应|火警)?\s*[：:]"
)
"""A line about one level: 一级响应：造成3人以上死亡。由指挥长决定启动。"""
OF_EVENTS = re.compile(r"(?:事件|事故|灾害|灾情|火灾|险情|风险)[^，。]{0,4}(?:分级|等级|级别)")
WARNING = re.compile(r"预警|信号")
NEAR_CHARS = 20  # of the titles above a heading, nearest first
ACTS = re.compile(r"立即|组织|派出|负责|赶赴|会商部署|加强|做好|协调|下达|报告")
ANNOUNCED = re.compile(
    r"(?:[低轻小弱][到至][高重大强]|[高重大强][到至][低轻小弱])为|分为|划分|设(?:定|置)?|分(?:成|[一二三四五]级)|等级|级别"
)
RISING = re.compile(r"(?:由|从)(?:低|轻|小|弱)(?:到|至)(?:高|重|大|强)|逐级(?:提高|升高)|五级(?:火警)?为?最高|级别越高")
FALLING = re.compile(r"(?:由|从)(?:高|重|大|强)(?:到|至)(?:低|轻|小|弱)")
COUNT = re.compile(
    r"(?:分(?:为|成)?|划分|设(?:定|置|立)?|为|共|实行|建立)\s*([二三四五])\s*级(?!\s*[、和与及至到\-－—~～/])(?:应急)?(?:响应)?"
    rf"(?=\s*(?P<next>[：:]|[（(]\s*(?:即|分别为|依次为)?\s*{NUMERAL}\s*[级、]|(?![（(])))"
)


@dataclass(frozen=True, kw_only=True)
class FoundLevel:
    """One level as the plan announces it; the higher the *rank*, the graver. Without conditions they are missing."""

    label: str
    rank: int
    title: str
    conditions: tuple[Condition, ...] = ()
    decided_by: str = ""
    clause: str = ""


@dataclass(kw_only=True)
class _Gathered:
    """What was found about one level so far."""

    label: str
    clause: str = ""
    conditions: list[Condition] = field(default_factory=list)
    decided_by: str = ""
    has_section: bool = False

    def add(self, condition: Condition) -> None:
        if condition.text not in (known.text for known in self.conditions):
            self.conditions.append(condition)


def levels(clauses: Sequence[Clause]) -> tuple[FoundLevel, ...]:
    """The response levels (or fire-alarm grades) of a plan, gravest first; warnings and event classes are none."""
    read = {clause.id: clause for clause in clauses if clause.kind not in UNREAD}
    found = _Search([with_full_width(clause) for clause in read.values()]).found()
    return tuple(replace(level, conditions=_as_written(level.conditions, read)) for level in found)


def _as_written(conditions: Iterable[Condition], clauses: Mapping[str, Clause]) -> tuple[Condition, ...]:
    return tuple(replace(each, text=in_words_of(clauses[each.clause], each.text)) for each in conditions)


class _Search:
    """One plan's clauses with their places in the tree."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self.above = parents(clauses)
        self.by_id = {clause.id: clause for clause in clauses}
        words = [f"{clause.title}\n{clause.text}\n{clause.table.text if clause.table else ''}" for clause in clauses]
        is_response = any(IS_RESPONSE.search(without_warnings(text)) for text in words)
        self.scale = "响应" if is_response and not _defines_grades(clauses) else "火警"
        self.active = is_response or any(IS_ALARM.search(text) for text in words)
        self.gathered: dict[int, _Gathered] = {}
        self.order: list[int] = []
        self.direction = ""

    def found(self) -> tuple[FoundLevel, ...]:
        if not self.active:
            return ()
        for clause in self.clauses:
            self._announcements(clause)
            self._told_by_who_decides(clause)
        for clause in self.clauses:
            labels = self._section_labels(clause)
            if labels and not self._is_of_several(clause, labels):
                self._section(clause, labels)
            elif labels or not any(self._section_labels(each) for each in self._ancestors(clause)):
                self._paragraphs(clause)
            if clause.table:
                self._table(clause, clause.table)
            self._deciders(clause, labels)
        return self._ranked()

    def _labels(self, text: str) -> list[str]:
        """The labels of the scale: beside fire-alarm grades, Roman numerals are responses and no grades."""
        return self._of_scale(labels_in(of_scale_only(text, self.scale)))

    def _of_scale(self, labels: Sequence[str]) -> list[str]:
        return [label for label in labels if self.scale == "响应" or label[0] not in ROMAN_SIGNS]

    def _ranked(self) -> tuple[FoundLevel, ...]:
        rising = self._is_rising()
        values = sorted(self.gathered, reverse=rising)
        count = len(values)
        return tuple(
            FoundLevel(
                label=each.label,
                rank=count - place,
                title=f"{each.label}{self.scale}",
                conditions=tuple(each.conditions),
                decided_by=each.decided_by,
                clause=each.clause,
            )
            for place, value in enumerate(values)
            for each in (self.gathered[value],)
        )

    def _is_rising(self) -> bool:
        """Whether the greater numeral is the graver: said by the text, or the rule of fire-alarm grades."""
        if self.direction and len(self.order) > 1:
            ascending = self.order[0] < self.order[-1]
            return ascending == (self.direction == "rising")
        return self.scale == "火警"

    def _gather(self, label: str, clause: Clause) -> _Gathered:
        value = value_of(label)
        if value not in self.gathered:
            self.gathered[value] = _Gathered(label=label, clause=clause.id)
        return self.gathered[value]

    def _ancestors(self, clause: Clause) -> Iterator[Clause]:
        parent = self.above[clause.id]
        while parent:
            yield self.by_id[parent]
            parent = self.above[parent]

    def _context(self, clause: Clause) -> str:
        return "".join(each.plain_title for each in (clause, *self._ancestors(clause)))

    def _announcements(self, clause: Clause) -> None:
        """Sentences that list the levels: 分为Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级."""
        for sentence in re.findall(r"[^。；\n]+", f"{clause.title}\n{clause.text}"):
            labels = _each_value_once(self._labels(_without_count(without_warnings(sentence))))
            about = self.scale in sentence or (self.scale in clause.plain_title and "预警" not in sentence)
            about = about and not _is_of_alarms(sentence, self.scale)
            event = (
                re.search(r"(?:事件|事故|灾害|火灾|灾情|险情)[^，。]{0,12}(?:分为|划分)", sentence)
                and "响应" not in sentence
            )
            if len(labels) < 2 or not about or not ANNOUNCED.search(sentence) or event:
                continue
            for label in labels:
                self._gather(label, clause)
            direction = "rising" if RISING.search(sentence) else "falling" if FALLING.search(sentence) else ""
            if direction and not self.direction:
                self.direction, self.order = direction, [value_of(label) for label in labels]

    def _told_by_who_decides(self, clause: Clause) -> None:
        """Levels a text names only to say who decides on each: Ⅳ级响应由主任批准启动，Ⅲ级响应由副指挥长批准启动."""
        if self.scale not in self._context(clause):
            return
        told = [sentence for sentence, _ in _told(clause.text) if self.scale in sentence and says_only_who(sentence)]
        labels = _each_value_once(label for sentence in told for label in self._labels(without_warnings(sentence)))
        for label in labels if len(labels) > 1 else ():
            self._gather(label, clause)

    def _section_labels(self, clause: Clause) -> list[str]:
        """The levels a heading is about; [] when it is about something else."""
        title = without_warnings(clause.plain_title)
        labels = self._labels(title) if title else []
        if not labels or (WARNING.search(clause.plain_title) and self.scale not in title):
            return []
        above = "".join(each.plain_title for each in self._ancestors(clause))
        relevant = (
            self.scale in title
            or CONDITION_TITLE.search(title)
            or (
                (self.scale in above or "启动" in above)
                and not re.search("预警|事件分级|事故分级|灾害分级", above[:NEAR_CHARS])
            )
        )
        return labels if relevant else []

    def _members(self, clause: Clause) -> Iterator[Clause]:
        """The clause and everything under it."""
        start = next(at for at, each in enumerate(self.clauses) if each.id == clause.id)
        yield clause
        for each in self.clauses[start + 1 :]:
            if each.level <= clause.level:
                return
            yield each

    def _section(self, clause: Clause, labels: list[str]) -> None:
        members = list(self._members(clause))
        marked = [each for each in members[1:] if CONDITION_TITLE.search(each.plain_title)]
        parent = next(self._ancestors(clause), None)
        is_list = bool(CONDITION_TITLE.search(clause.plain_title)) or bool(
            parent and re.search("条件|标准|情形|火警(?:等级|分级)", parent.plain_title)
        )
        above = parent.plain_title if parent else ""
        in_actions = bool(UNDER_ACTIONS.search(above)) and not CONDITION_TITLE.search(above)
        for label in labels:
            level = self._gather(label, clause)
            if not level.has_section and not in_actions:
                level.has_section, level.clause = True, clause.id
            for each in () if in_actions and "启动" not in clause.text else marked or members:
                self._conditions(level, each, listed=each in marked or is_list)
            if not level.conditions and not in_actions:
                self._items(level, clause)

    def _conditions(self, level: _Gathered, clause: Clause, *, listed: bool) -> None:
        if not listed and clause.id != level.clause and ACTION_TITLE.search(clause.plain_title):
            return
        words = numbered_lines(clause)  # an item is known by its number, typed or Word's
        source = listed_conditions(words, clause.plain_title) if listed else started_conditions(words)
        for sentence, judged in source:
            level.add(condition_of(sentence, clause.id, judged=judged))

    def _items(self, level: _Gathered, clause: Clause) -> None:
        """A level's own list of things that happen, though no words lead into it."""
        for line in numbered_lines(clause).split("\n"):
            number = number_of(line)
            if (
                number
                and number.family in (Family.ITEM, Family.SINGLE)
                and HAPPENS.search(line)
                and not ACTS.search(line)
            ):
                level.add(condition_of(number.rest.strip(" ；;。"), clause.id))

    def _paragraphs(self, clause: Clause) -> None:
        """Levels within one clause: a paragraph each, or sentences that end in 启动……响应."""
        context = self._context(clause)
        if WARNING.search(clause.plain_title) and self.scale not in clause.plain_title:
            return
        is_of_actions = bool(UNDER_ACTIONS.search(clause.plain_title)) and "条件" not in clause.plain_title
        says_what_starts = bool(re.search("条件|标准|分级", clause.plain_title)) and not is_of_actions  # 分级响应行动
        listed = says_what_starts or self._leads_in(clause)
        grades = self.scale in context and not OF_EVENTS.search(clause.plain_title)
        for labels, block in blocks(clause.text, self.scale, in_context=self.scale in context, grades=grades):
            sentences = list(listed_conditions(block) if listed else started_conditions(block))
            for label in self._of_scale(labels):
                level = self._gather(label, clause) if sentences else self.gathered.get(value_of(label))
                for sentence, judged in sentences if level else ():
                    level.add(condition_of(sentence, clause.id, judged=judged))  # type: ignore[union-attr]

    def _is_of_several(self, clause: Clause, labels: Sequence[str]) -> bool:
        """Whether a heading names several levels and its text says of each, in paragraphs, what starts it."""
        told = blocks(clause.text, self.scale, in_context=True) if len(labels) > 1 else ()
        return len({label for found, _block in told for label in found}) > 1

    def _leads_in(self, clause: Clause) -> bool:
        """Whether the words before the first level lead into conditions: 达到下列条件之一的，经会商后启动."""
        before = re.split(rf"\n(?={LINE.pattern[1:]})", clause.text)[0]
        return bool(LEAD_IN.search(f"{clause.title}，{before}")) and before != clause.text

    def _table(self, clause: Clause, table: Table) -> None:
        """Rows that begin with a level, in a table about responses."""
        head = " ".join(cell.text for cell in table.rows[0]) if table.rows else ""
        if self.scale not in head + self._context(clause) or (re.search("预警", head) and self.scale not in head):
            return
        heads = [cell.text for cell in table.rows[0]] if table.rows else []
        for row in table.rows[1:]:
            labels = [label for cell in row[:2] for label in self._labels(cell.text) if len(cell.text) <= 14]
            for at, cell in enumerate(row):
                column = heads[at] if at < len(heads) else ""
                for label in labels[:1]:
                    level = self._gather(label, clause)
                    if re.search("条件|标准|情形|指标", column):
                        for sentence, judged in listed_conditions(cell.text):
                            level.add(condition_of(sentence, clause.id, judged=judged))
                    elif re.search("决定|批准|启动人|启动主体|签发", column):
                        level.decided_by = level.decided_by or cell.text.strip()

    def _deciders(self, clause: Clause, labels: list[str]) -> None:
        """Who decides: in the sentence that names the level, or anywhere in the level's own section."""
        own = labels or next((found for each in self._ancestors(clause) if (found := self._section_labels(each))), [])
        context = without_warnings(self._context(clause))
        here: list[str] = []
        for sentence, is_line in _told(clause.text):
            named = self._labels(without_warnings(sentence))
            here = (named if LINE_OF_LEVEL.match(sentence) else []) if is_line else here
            deciders = deciders_in(sentence)
            is_told = bool(re.search("启动|响应|批准|签发|火警.*判定", sentence))
            is_told = is_told or bool(named and "预警" not in sentence and re.search("启动|响应", context))
            if not deciders or not is_told:
                continue
            if len(named) > 1 and len(set(deciders)) > 1:  # each beside its own level, or nobody's
                for part in re.split("[，,]", sentence):
                    self._decided(self._labels(without_warnings(part)), deciders_in(part))
            else:
                self._decided(named or here or own, deciders)

    def _decided(self, labels: Sequence[str], deciders: Sequence[str]) -> None:
        for label in labels if deciders else ():
            level = self.gathered.get(value_of(label))
            if level and not level.decided_by:
                level.decided_by = deciders[0]


def _told(text: str) -> Iterator[tuple[str, bool]]:
    """The sentences of a text, each with whether it begins a line."""
    for line in lines(text):
        for at, sentence in enumerate(re.findall(r"[^。；]+", line)):
            yield sentence, at == 0


def _defines_grades(clauses: Iterable[Clause]) -> bool:
    """Whether sections of their own say what each fire-alarm grade is; responses are then only matched to them."""
    titles = {label for clause in clauses if "火警" in clause.plain_title for label in labels_in(clause.plain_title)}
    return len([label for label in titles if label[0] not in ROMAN_SIGNS]) > 2


def _is_of_alarms(sentence: str, scale: str) -> bool:
    """Whether a sentence grades fire alarms and only then speaks of responses: 火警等级为一级至五级，与响应级别对应."""
    before = re.split(NUMERAL + r"\s*[级、至到]", sentence)[0]
    return scale == "响应" and "火警" in before and scale not in before


def _without_count(sentence: str) -> str:
    """The sentence without the words that say how many levels there are.

    >>> _without_count("应急响应分为四级，Ⅰ级为最高")
    '应急响应，Ⅰ级为最高'
    >>> _without_count("由高到低分为四级：Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级"), _without_count("分为四级、三级、二级、一级")
    ('由高到低：Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级', '分为四级、三级、二级、一级')
    """
    for match in COUNT.finditer(sentence):
        labels = labels_in(sentence[match.end() :])
        is_beside_romans = any(label[0] in ROMAN_SIGNS for label in labels)
        counted = len({value_of(label) for label in labels}) == numeral_value(match[1])
        if match["next"] in ("：", ":") or counted or is_beside_romans:
            return sentence[: match.start()] + sentence[match.end() :]
    return sentence


def _each_value_once(labels: Iterable[str]) -> list[str]:
    """The labels without a trailing count such as Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级四级."""
    found: dict[int, str] = {}
    for label in labels:
        found.setdefault(value_of(label), label)
    return list(found.values())
