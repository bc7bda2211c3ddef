"""What suggestions and their decisions are called."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.suggestions import Decision, TakenSuggestion
from plans_repo.text.reading import ChangeKind
from ui.components.badges import badge
from ui.components.html import Html, join, tag
from ui.wording import _, later

KINDS = {
    ChangeKind.INSERTION: later("增加"),
    ChangeKind.DELETION: later("删除"),
    ChangeKind.REPLACEMENT: later("替换"),
    ChangeKind.MOVE: later("移动"),
    ChangeKind.ROW_INSERTION: later("增加表格行"),
    ChangeKind.ROW_DELETION: later("删除表格行"),
    ChangeKind.CELL_INSERTION: later("增加单元格"),
    ChangeKind.CELL_DELETION: later("删除单元格"),
    ChangeKind.STYLE: later("改变样式"),
}
DECISIONS = {
    Decision.OPEN: later("未定"),
    Decision.ACCEPTED: later("已采纳"),
    Decision.DECLINED: later("未采纳"),
}


def suggestions_by_clause(found: Iterable[TakenSuggestion], href: str) -> dict[str, list[Html]]:
    """Open suggestions by the clause each stands beside; the link leads to where they are decided."""
    beside: dict[str, list[Html]] = {}
    for one in found:
        beside.setdefault(one.suggestion.clause, []).append(_mark(one, href))
    return beside


def _mark(one: TakenSuggestion, href: str) -> Html:
    told = one.suggestion
    said = [told.author, told.at[:16].replace("T", " ")]
    head = join([badge(_("修改建议"), "warn"), tag("b", _(KINDS[told.kind])), *(word for word in said if word)], " ")
    words = [tag("del", told.before)] if told.before else []
    words += [tag("ins", told.after)] if told.after else []
    words.append(tag("a", _("去编修中决定"), href=href, target="_self", cls="yy-link"))
    return tag("aside", tag("div", head, cls="yy-comment-head"), tag("p", join(words, " ")), cls="yy-comment")
