"""The catalogue of plans as a table, and the words for where a line stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from plans_repo.organisations import Organisation
from plans_repo.writing.catalogue import Entry, Standing
from ui.components.badges import badge
from ui.components.cells import card_table, unbroken
from ui.components.html import Html, join, link, tag
from ui.components.plan_names import kind_name, told
from ui.wording import _, day_text, later

STANDINGS = {
    Standing.IN_FORCE: (later("已印发"), "good"),
    Standing.WRITING: (later("在编"), "open"),
    Standing.MISSING: (later("应编未编"), "bad"),
    Standing.OPEN: (later("可编未编"), "plain"),
    Standing.WAIVED: (later("不编"), "plain"),
    Standing.ENDED: (later("已废止"), "plain"),
}


def standing_name(standing: Standing) -> str:
    """The word for where a line stands."""
    return _(STANDINGS[standing][0])


def catalogue_table(entries: Iterable[Entry], bodies: Mapping[str, Organisation], today: date) -> Html:
    """A row for every line; titles lead to the plan."""
    heads = [_("编号"), _("预案"), _("类别"), _("编制单位"), _("状态"), _("依据"), _("下次评估")]
    return card_table(heads, (_row(entry, bodies, today) for entry in entries), cls="yy-plans yy-catalogue")


def _row(entry: Entry, bodies: Mapping[str, Organisation], today: date) -> list[object]:
    word, tone = STANDINGS[entry.standing]
    body = bodies.get(entry.organisation)
    late = badge(_("已超期"), "bad") if entry.evaluate_by and entry.evaluate_by < today else ""
    why = tag("small", entry.waived_why, cls="yy-source") if entry.waived_why else ""
    return [
        unbroken(entry.code or "—"),
        link(entry.title, f"/plan?id={entry.plan}") if entry.plan else entry.title,
        kind_name(entry.kind),
        told(body.name, body.name_en) if body else "—",
        join([badge(_(word), tone), why, _elsewhere(entry)]),
        tag("small", told(entry.basis, entry.basis_en) or "—"),
        tag("div", unbroken(day_text(entry.evaluate_by)), late, cls="yy-stack") if entry.evaluate_by else "—",
    ]


def _elsewhere(entry: Entry) -> Html:
    if not entry.elsewhere:
        return Html("")
    words = _("名称写的是{place}，不计入本单位应编预案；请核对", place=entry.elsewhere)
    return tag("small", words, cls="yy-source")
