"""What suggestions and their decisions are called."""

from __future__ import annotations

from plans_repo.suggestions import Decision
from plans_repo.text.reading import ChangeKind
from ui.wording import later

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
