"""The field form of a drill: one HTML file that needs neither network nor server, on a phone or printed."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import ui
from drills.conduct.entry import MOST_TEXT
from drills.conduct.field import FORMAT, MOST_NAME
from drills.conduct.playing import Playing
from drills.scripts.script import ExpectedAction, Script
from ui.components.drill_names import drill_title
from ui.components.plan_names import told
from ui.components.script_words import limit_words, release_words
from ui.wording import _, language

STATIC = Path(ui.__file__).parent / "static"
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
"""It asks nobody for anything."""


def field_form(found: Playing) -> bytes:
    """The form for the script play was begun with, or, before that, for the newest."""
    script = found.play.script
    title = drill_title(found.drill)
    spoken = "zh-CN" if language() == "zh" else "en"
    data = json.dumps(_data(found, title), ensure_ascii=False).replace("<", "\\u003c")
    parts = [
        f'<!DOCTYPE html><html lang="{spoken}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<title>{escape(title)}</title><style>{_static('field_form.css')}</style></head><body>",
        f'<div class="strip">{_("演练　演练　演练")}</div><h1>{escape(title)}　{_("离线记录表")}</h1>',
        _screen(),
        _paper(script),
        f'<script type="application/json" id="form">{data}</script><script>{_static("field_form.js")}</script>',
        "</body></html>",
    ]
    return "".join(parts).encode()


def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _screen() -> str:
    return "".join(
        [
            '<div class="screen"><div class="clock" id="clock"></div><div class="dim" id="checked"></div>',
            f'<div class="warn" id="unkept" hidden>{_("本机不能保存记录，导出以前请不要关闭页面。")}</div>',
            f'<label>{_("记录人")}<input id="observer" maxlength="{MOST_NAME}"></label>',
            f"<label>{_('对表：写上标准钟将要到的时刻（如 09:30:00），到点时按下')}",
            '<input id="reference" inputmode="numeric" placeholder="09:30:00"></label>',
            f'<button class="plain" id="check">{_("到点，对表")}</button><div id="actions"></div>',
            f'<div class="card"><strong>{_("记一笔")}</strong><select id="about"><option value="">',
            f'{_("与全场有关")}</option></select><textarea id="note" rows="3" maxlength="{MOST_TEXT}"></textarea>',
            f'<button id="take">{_("记录")}</button></div><div id="lines"></div></div>',
            f'<div class="foot"><span id="open"></span><button id="export">{_("导出文件")}</button></div>',
        ]
    )


def _paper(script: Script) -> str:
    heads = [_("编号"), _("预期行动"), _("完成时刻"), _("所见")]
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    rows = "".join(
        f"<tr><td>{escape(one.number)}</td><td>{escape(_joined(one, script))}</td><td>　　:　　:　　</td><td></td></tr>"
        for one in script.actions
    )
    return (
        f'<div class="paper"><p>{_("记录人")}：＿＿＿＿＿＿　{_("对表")}：＿＿＿＿＿＿</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _joined(action: ExpectedAction, script: Script) -> str:
    return "　".join([told(action.title, action.title_en), *_facts(action, script)])


def _facts(action: ExpectedAction, script: Script) -> list[str]:
    found = [
        action.unit,
        _("时限：{limit}", limit=limit_words(script, action)) if action.limit_min else "",
        action.sign,
    ]
    return [one for one in found if one]


def _data(found: Playing, title: str) -> dict[str, object]:
    script = found.play.script
    return {
        "format": FORMAT,
        "drill": found.drill.id,
        "script": script.hash,
        "file": title[:40],
        "actions": [
            {"id": one.id, "number": one.number, "title": told(one.title, one.title_en), "facts": _facts(one, script)}
            for one in script.actions
        ],
        "injects": [
            {"id": one.id, "number": one.number,
             "title": f"{told(one.title, one.title_en)}（{release_words(script, one)}）"}
            for one in script.in_order
        ],
        "words": {
            "done": _("完成"), "done_at": _("完成于 "), "undo": _("撤销"), "note": _("记事"),
            "open": _("未导出{count}条", count="{count}"), "checked": _("已对表{count}次", count="{count}"),
            "unchecked": _("还没有对表"), "time_wrong": _("时刻写成 09:30:00 的样子。"),
            "who_first": _("请先写明记录人。"),
        },
    }  # fmt: skip
