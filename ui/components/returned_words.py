"""Sentences about a Word file that came back."""

from __future__ import annotations

from plans_repo.returning import LeftBehind, Reason
from ui.wording import _, later

LONGEST = 40
SENTENCES = {
    Reason.PAGE_EDGE: later("页眉页脚“{words}”没有带回：导出文件的页眉页脚由版式生成，不属于预案正文。"),
    Reason.CONTENTS: later("目录中的“{words}”没有带回：目录按标题自动生成，请改正文中的标题。"),
    Reason.UNCITED_NOTE: later("脚注“{words}”没有带回：正文中已没有引用它的地方。"),
    Reason.PICTURE: later("一幅图片（{words}）没有带回，请在初稿中重新插入。"),
    Reason.WORDS: later("“{words}”没有带回，请在初稿中补录。"),
}


def left_behind_sentence(one: LeftBehind) -> str:
    """Why these words are not in the draft and what to do."""
    words = one.words.replace("\n", " ")
    return _(SENTENCES[one.reason], words=words if len(words) <= LONGEST else f"{words[:LONGEST]}……")
