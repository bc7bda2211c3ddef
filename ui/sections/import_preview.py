"""What a file turned out to hold, before anything is kept: structure, levels, limits, and all that stands beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import streamlit as st

from plans_repo.text.citation import citations
from plans_repo.text.clause import outline
from plans_repo.text.reading import Notice, Reading, Tracked
from plans_repo.text.recognition import FoundLevel, FoundLimit
from ui.components.counters import Counter, show_counters
from ui.components.html import Html, join, show, table, tag
from ui.components.plan_text import outline_nav
from ui.components.suggestion_words import KINDS
from ui.sections.import_corrections import show_corrections
from ui.sections.import_facts import show_facts, show_parts
from ui.sections.import_state import Pending
from ui.wording import _, later, limit_text, n_
from ui.wording.errors import worded

TRACKED = {
    Tracked.ACCEPT: later("接受全部修订"),
    Tracked.REJECT: later("拒绝全部修订"),
    Tracked.SUGGEST: later("列为修改建议，逐条决定"),
}
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
WARNINGS_SHOWN = 8


def show_preview(found: Pending) -> None:
    """The counts, what to check, and a tab for each thing that was read."""
    reading = found.reading
    show_facts(found)
    show_counters(_counters(found))
    show_notices(reading, found.remarks)
    cited = citations(reading.clauses)
    tabs: dict[str, Callable[[], None]] = {
        _("目录"): lambda: show(outline_nav(reading.clauses)),
        _("更正"): lambda: show_corrections(found),
        _("响应级别与时限"): lambda: _show_promises(found, cited),
    }
    if reading.suggestions:
        tabs[_("修改建议（{count}）", count=len(reading.suggestions))] = lambda: show(_suggestions(reading, cited))
    if reading.comments:
        tabs[_("批注（{count}）", count=len(reading.comments))] = lambda: show(_comments(reading, cited))
    if reading.media:
        tabs[_("图片（{count}）", count=len(reading.media))] = lambda: _show_pictures(reading, cited)
    if reading.parts:
        tabs[_("几件预案（{count}）", count=len(reading.parts))] = lambda: show_parts(found)
    for holder, fill in zip(st.tabs(list(tabs)), tabs.values(), strict=True):
        with holder:
            fill()


def _counters(found: Pending) -> list[Counter]:
    reading = found.reading
    heads = len(outline(reading.clauses))
    return [
        Counter(label=_("原文可见字符"), count=reading.chars_in),
        Counter(label=_("保留字符"), count=reading.chars_kept),
        Counter(label=n_("条款数", heads), count=heads),
        Counter(label=n_("响应级别数", len(found.levels)), count=len(found.levels)),
        Counter(label=n_("时限数", len(found.time_limits)), count=len(found.time_limits)),
        Counter(label=_("自动编号"), count=reading.automatic_numbers),
        Counter(label=_("图片"), count=len(reading.media)),
    ]


def show_notices(reading: Reading, remarks: Sequence[Notice] = ()) -> None:
    """What the author should check, *remarks* first: the first in full, the rest folded away."""
    notices = (*remarks, *reading.warnings)
    said = list(dict.fromkeys(worded(notice.code, dict(notice.fields)) for notice in notices))
    for words in said[:WARNINGS_SHOWN]:
        st.warning(words)
    if len(said) > WARNINGS_SHOWN:
        with st.expander(n_("还有 {count} 处需要核对", len(said) - WARNINGS_SHOWN), key="import-more"):
            show(join(tag("p", words) for words in said[WARNINGS_SHOWN:]))


def _show_promises(found: Pending, cited: dict[str, str]) -> None:
    show_levels(found.levels)
    show_limits(found.time_limits, cited)


def show_levels(found: Sequence[FoundLevel]) -> None:
    """The response levels that were read; a sentence where there are none."""
    rows = [
        [level.label, join(tag("div", one.text) for one in level.conditions) or "—", level.decided_by or "—"]
        for level in found
    ]
    if rows:
        show(table([_("响应级别"), _("启动条件"), _("决定人")], rows))
    else:
        st.caption(_("没有识别出响应级别。"))


def show_limits(found: Sequence[FoundLimit], cited: Mapping[str, str]) -> None:
    """The time limits that were read; a sentence where there are none."""
    if found:
        show(limits_table(found, cited))
    else:
        st.caption(_("没有识别出时限。"))


def limits_table(limits: Iterable[FoundLimit], cited: Mapping[str, str]) -> Html:
    """A row for every sentence with limits; a sentence with several stands once beside all of them."""
    rows = []
    for (clause, text), several in groupby(limits, key=lambda limit: (limit.clause, limit.text)):
        found = list(several)
        times = join(tag("div", limit_text(limit.minutes)) for limit in found)
        holders = join(tag("div", limit.who or "—") for limit in found)
        rows.append([cited.get(clause, "—"), times, holders, text])
    return table([_("条款"), _("时限"), _("责任单位"), _("原文")], rows)


def _suggestions(reading: Reading, cited: dict[str, str]) -> Html:
    rows = [
        [
            cited.get(one.clause, "—"),
            _(KINDS[one.kind]),
            one.author or "—",
            one.at[:16].replace("T", " ") or "—",
            changed_words(one.before, one.after),
            one.near or "—",
        ]
        for one in reading.suggestions
    ]
    return table([_("条款"), _("改动"), _("修订人"), _("时间"), _("原文与改后"), _("所在文字")], rows)


def changed_words(before: str, after: str) -> Html:
    """Words taken away and words put there."""
    parts = [tag("del", before)] if before else []
    return join([*parts, *([tag("ins", after)] if after else [])], " ")


def _comments(reading: Reading, cited: dict[str, str]) -> Html:
    rows = [
        [
            cited.get(one.clause, _("位置待定")),
            one.author or "—",
            one.at[:16].replace("T", " ") or "—",
            one.quotation or "—",
            one.text,
            _("已办结") if one.is_resolved else _("未办结"),
        ]
        for one in reading.comments
    ]
    return table([_("条款"), _("作者"), _("时间"), _("所引文字"), _("批注"), _("状态")], rows)


def _show_pictures(reading: Reading, cited: dict[str, str]) -> None:
    where = {key: clause.id for clause in reading.clauses for key in clause.media}
    columns = st.columns(4)
    for at, medium in enumerate(reading.media):
        with columns[at % 4]:
            place = cited.get(where.get(medium.sha256, ""), "—")
            if medium.name.lower().endswith(PICTURES):
                st.image(medium.data, caption=f"{place}\u2003{medium.name}")
            else:
                st.caption(_("{place}　{name}（此格式不能预览，随预案保存）", place=place, name=medium.name))
