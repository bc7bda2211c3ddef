"""What became of a procedure between two versions, in sentences: 任务F8 专家组到场：用时 40 分 → 30 分."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from plans_repo.packs.cases import level_name, made_for
from plans_repo.packs.naming import has_name, name_of
from plans_repo.plan_difference import ProcedureChange
from plans_repo.supplies import unit_of
from sim.procedure import Level, Pool, Procedure, Target, Task
from ui.components.badges import MARKS
from ui.components.duration_cells import how_long
from ui.components.plan_names import told
from ui.components.procedure_tables import POOL_KINDS
from ui.components.promises import OUTCOMES, pool_title, start_name, task_title
from ui.wording import _, language, later, limit_text, share_text

KINDS = {"task": later("任务"), "pool": later("力量"), "target": later("目标"), "level": later("响应级别")}
NAMES = {
    "title": later("名称"),
    "title_en": later("英文名称"),
    "label": later("名称"),
    "limit_min": later("时限"),
    "assurance": later("要求把握"),
    "proposed": later("状态"),
    "share": later("覆盖比例"),
    "clause": later("依据条款"),
    "duration": later("用时"),
    "units": later("数量"),
    "after": later("前序任务"),
    "needs": later("占用力量"),
    "lead": later("牵头单位"),
    "support": later("配合单位"),
    "source": later("出处"),
    "mark": later("标记"),
    "conditions": later("启动条件"),
    "decided_by": later("决定人"),
    "join": later("前序要求"),
    "per": later("逐个办理的对象"),
    "only": later("只对"),
    "kind": later("类别"),
    "priority": later("优先次序"),
    "preemptible": later("可被抢占"),
    "gate": later("开始的前提"),
    "release": later("最早开始于"),
    "until": later("最迟开始于"),
    "process": later("后续过程"),
    "tries": later("最多尝试次数"),
    "success_share": later("成功率"),
    "from_level": later("自哪一级响应起"),
    "spread": later("适用情形"),
    "hitch": later("常见障碍"),
    "hitch_en": later("常见障碍（英文）"),
    "rule": later("排队规则"),
    "changes": later("增援或减员"),
    "task": later("对应任务"),
    "starts": later("起算"),
    "clock": later("以何时为界"),
    "levels": later("适用级别"),
    "circumstances": later("适用情形"),
    "rank": later("次序"),
}
QUIET = frozenset({"title_en", "hitch_en", "source"})
"""Fields that say the same once more in English, or where it is from: they are only said to differ."""


@dataclass(frozen=True, kw_only=True)
class PartChange:
    """One part of a procedure and everything that became of it, each a short phrase."""

    kind: str
    id: str
    name: str
    phrases: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The change as one line."""
        return _("{name}：{phrases}", name=self.name, phrases=_("；").join(self.phrases))


def part_changes(
    found: Iterable[ProcedureChange], before: Procedure | None, after: Procedure | None, cited: Mapping[str, str]
) -> tuple[PartChange, ...]:
    """The changes of a procedure part by part, in the order in which they were found."""
    return tuple(
        _part_change(kind, name, list(group), before, after, cited)
        for (kind, name), group in groupby(found, key=lambda change: (change.kind, change.id))
    )


def _part_change(
    kind: str,
    name: str,
    found: Sequence[ProcedureChange],
    before: Procedure | None,
    after: Procedure | None,
    cited: Mapping[str, str],
) -> PartChange:
    old, new = _part(before, kind, name), _part(after, kind, name)
    speaker = _Speaker(before, after, cited)
    phrases = [phrase for change in found for phrase in speaker.phrases(change.field, old, new)]
    return PartChange(kind=kind, id=name, name=_named(kind, new or old), phrases=tuple(phrases))


def _part(procedure: Procedure | None, kind: str, name: str) -> Any:
    return next((part for part in getattr(procedure, f"{kind}s", ()) if part.id == name), None)


def _named(kind: str, part: Any) -> str:
    if isinstance(part, Level):
        return _("{kind}{title}", kind=_(KINDS[kind]), title=level_name(part.label, language()))
    title = told(part.title, part.title_en)
    if isinstance(part, Task):
        return _("任务{id} {title}", id=part.id, title=title)
    return _("{kind}“{title}”", kind=_(KINDS[kind]), title=title)


class _Speaker:
    """Says what became of a field, in the names of the procedure it belongs to."""

    def __init__(self, before: Procedure | None, after: Procedure | None, cited: Mapping[str, str]) -> None:
        self.procedures = before, after
        self.cited = cited

    def phrases(self, field: str, old: Any, new: Any) -> Iterator[str]:
        """What became of one field; of a part that is new or gone, what it asks."""
        if old is None or new is None:
            yield self._whole(old, new)
        elif field in QUIET:
            yield _("{field}有改动", field=_(NAMES[field]))
        elif field in _LISTED:
            yield from self._listed(field, old, new)
        else:
            was, became = self._said(field, old, 0), self._said(field, new, 1)
            yield _("{field} {was} → {became}", field=_(NAMES.get(field, field)), was=was, became=became)

    def _whole(self, old: Any, new: Any) -> str:
        part, place = (new, 1) if old is None else (old, 0)
        asked = _FIRST.get(type(part), "")
        said = self._said(asked, part, place) if asked else ""
        word = _("新增") if old is None else _("删去")
        return _("{word}（{field} {said}）", word=word, field=_(NAMES[asked]), said=said) if said else word

    def _said(self, field: str, part: Any, place: int) -> str:
        """A field as one reads it."""
        value, procedure = getattr(part, field), self.procedures[place]
        if isinstance(part, Pool) and field == "units":
            return _("{count} {unit}", count=value, unit=unit_of(part, language()))
        if field in _IN_PROCEDURE and procedure is not None:
            return _IN_PROCEDURE[field](part, procedure) or _nothing()
        if field == "clause":
            return self.cited.get(value, "") or _nothing()
        if field in _PLAIN:
            return _PLAIN[field](value) or _nothing()
        return _any(value)

    def _listed(self, field: str, old: Any, new: Any) -> Iterator[str]:
        """What came to a list and what left it; what stayed with another number."""
        was, became = (
            _LISTED[field](part, procedure) for part, procedure in zip((old, new), self.procedures, strict=True)
        )
        name = _(NAMES[field])
        for key in was.keys() & became.keys():
            if was[key] != became[key]:
                yield _("{field}“{one}” {was} → {became}", field=name, one=key, was=was[key], became=became[key])
        more, less = [key for key in became if key not in was], [key for key in was if key not in became]
        if more:
            yield _("{field}增加{names}", field=name, names=_("、").join(f"“{one}”" for one in more))
        if less:
            yield _("{field}去掉{names}", field=name, names=_("、").join(f"“{one}”" for one in less))


def _nothing() -> str:
    return _("（无）")


def _any(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value) if value not in ("", None, ()) else _("（无）")


def _code(group: str) -> Callable[[Any], str]:
    """The name a pack has for a code; the code itself where it has none."""
    return lambda value: (
        name_of(group, str(value), language()) if value and has_name(group, str(value)) else _any(value)
    )


def _needs(part: Any, procedure: Procedure | None) -> dict[str, str]:
    return {pool_title(procedure, need.pool): f"{need.units}" for need in part.needs} if procedure else {}


def _after(part: Any, procedure: Procedure | None) -> dict[str, str]:
    return {task_title(procedure, edge.task): _(OUTCOMES[edge.when]) for edge in part.after} if procedure else {}


_LISTED: dict[str, Callable[[Any, Procedure | None], dict[str, str]]] = {
    "needs": _needs,
    "after": _after,
    "support": lambda part, _procedure: dict.fromkeys(part.support, ""),
    "conditions": lambda part, _procedure: {condition.text: "" for condition in part.conditions},
}
_IN_PROCEDURE: dict[str, Callable[[Any, Procedure], str]] = {
    "starts": start_name,
    "task": lambda part, procedure: task_title(procedure, part.task),
}
_PLAIN: dict[str, Callable[[Any], str]] = {
    "duration": how_long,
    "limit_min": limit_text,
    "assurance": lambda value: share_text(value, digits=0),
    "share": lambda value: share_text(value, digits=0),
    "success_share": lambda value: share_text(value, digits=0),
    "proposed": lambda value: _("拟议，待确认") if value else _("已确认"),
    "mark": lambda value: _(MARKS[value.value][0]),
    "levels": lambda value: made_for(value, (), language()),
    "circumstances": lambda value: made_for((), value, language()),
    "clock": _code("clock"),
    "spread": _code("spread"),
    "kind": lambda value: _(POOL_KINDS[value]) if value in POOL_KINDS else _any(value),
    "join": lambda value: _("其中 {need} 项", need=value.need) if value.need else _joined(value.kind.value),
    "changes": lambda value: _("、").join(
        _("第 {at} {units:+d}", at=limit_text(change.at_min), units=change.units) for change in value
    ),
}
_FIRST = {Task: "duration", Pool: "units", Target: "limit_min"}


def _joined(kind: str) -> str:
    return {"all": _("全部完成"), "any": _("任一完成")}.get(kind, kind)
