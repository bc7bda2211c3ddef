"""``yuyan drill …``: the year's programme, and the sealed draw from drawing to verification."""

from __future__ import annotations

from typing import Any

from drills import programme as programmes
from drills.drill import Drill
from drills.due import DueItem
from drills.programme import Programme, Standing
from drills.sealing import ceremony, publication, revelation
from drills.sealing.pledges import nonce_from
from drills.sealing.record import Mode
from drills.sealing.slates import Wish
from ui.command_line.answer import Answer
from ui.command_line.context import Context, read_file, read_further_line, read_line, write_file
from ui.components.drill_names import STANDINGS
from ui.components.due_table import basis_words
from ui.components.seal_fault_names import fault_words
from ui.errors import UiError
from ui.installation import vault_of
from ui.wording import _, day_text, n_


def programme(context: Context) -> Answer:
    """What must be drilled by when, and the drills of the year."""
    with context.reading() as work:
        found = programmes.programme_of(work, context.arguments.year)
    proposed = {drill.id for drill in found.proposed}
    stored = [drill for drill in found.drills if drill.id not in proposed]
    return Answer(
        fields={
            "year": found.year,
            "state": found.state,
            "plans_due": len(found.plans_due),
            "drills_due": len(found.falling_due),
            "due": [_due_fields(item, found) for item in found.due],
            "drills": [drill_fields(drill) for drill in found.drills],
            "proposed": [drill.id for drill in found.proposed],
            "uncovered": [_due_fields(item, found) for item in found.uncovered],
            "without_rule": [subject.title for subject in found.without_rule],
        },
        lines=[
            _(
                "{plans}，{times}：",
                plans=n_("{count} 件预案", len(found.plans_due)),
                times=n_("到期 {count} 次", len(found.falling_due)),
            ),
            *(_due_line(item, found) for item in found.falling_due),
            n_("本年演练 {count} 次：", len(stored)),
            *(f"  {drill.on or '—'}\t{drill.title}" for drill in stored),
            *([n_("建议新增 {count} 次：", len(found.proposed))] if found.proposed else []),
            *(f"  {drill.on or '—'}\t{drill.title}" for drill in found.proposed),
        ],
    )


def _due_line(item: DueItem, found: Programme) -> str:
    """By when, where it stands, of which plan and under which rule; last the condition it rests on, if any."""
    rule = f"{item.rule.title}（{item.source}）"
    condition = "" if item.is_firm or item.by is None else basis_words(item)
    cells = (str(item.by or "—"), _standing_words(item, found), item.title, rule, condition)
    return "  " + "\t".join(filter(None, cells))


def _standing_words(item: DueItem, found: Programme) -> str:
    """Whether it was drilled, is arranged or open, with the day of the drill where there is one."""
    word = _(STANDINGS[found.standing(item)][0])
    if item.on is None:
        return word
    arranged = _("已排 {day}", day=day_text(item.on))
    match found.standing(item):
        case Standing.HELD:
            return f"{word} {day_text(item.on)}"
        case Standing.OPEN:
            return _("{word}（{arranged}，晚于最迟日期）", word=word, arranged=arranged)
        case _other:
            return arranged


def _due_fields(item: DueItem, found: Programme) -> dict[str, Any]:
    return {
        "plan": item.plan,
        "title": item.title,
        "by": item.by,
        "rule": item.rule.id,
        "rule_title": item.rule.title,
        "source": item.source,
        "mark": item.mark,
        "state": item.state,
        "standing": found.standing(item),
        "basis": item.basis,
        "since": item.since,
        "on": item.on,
        "others": [{"rule": claim.rule.id, "by": claim.by} for claim in item.others],
    }


def drill_fields(drill: Drill) -> dict[str, Any]:
    """The JSON keys of a drill that may be known."""
    return {
        "id": drill.id,
        "title": drill.title,
        "state": drill.state,
        "on": drill.on,
        "by": drill.by,
        "plans": list(drill.plans),
        "content": drill.type.content,
        "form": drill.type.form,
        "purpose": drill.type.purpose,
    }


def draw(context: Context) -> Answer:
    """Draw a drill nobody chose and seal it under the passphrase on standard input.

    A second line is the nonce a witness has pledged before, not the passphrase again; without it the installation is
    the second party. A drill that the server's key starts is looked at, cancelled and revealed by the passphrase too.
    """
    asked = context.arguments
    first, last = asked.window
    wish = Wish(window_from=first, window_to=last, plans=tuple(asked.plan))
    mode = Mode(asked.mode)
    passphrase, witness = read_line(PURPOSES[mode]()), read_further_line()
    if witness == passphrase:
        raise UiError("witness-line-is-passphrase", thing="standard input", rule="second line is a witness's nonce")
    vault = vault_of(context.installation)
    publication.keep_beacon(context.store, vault)
    with context.reading() as work:
        ticket = ceremony.draw(
            work,
            vault,
            wish,
            passphrase=passphrase,
            witness_nonce=nonce_from(witness) if witness else None,
            mode=mode,
        )
    return Answer(
        fields={
            "drill": ticket.drill,
            "commitment": ticket.commitment,
            "beacon": ticket.cell,
            "mode": ticket.mode,
            "second_party": ticket.second_party,
            "slots": ticket.slots,
        },
        lines=[
            _("已封存，编号 {drill}", drill=ticket.drill),
            _("封存校验码 {commitment}", commitment=ticket.commitment),
            _("将写入次日信标 {cell}", cell=ticket.cell),
            MODE_WORDS[ticket.mode](),
        ],
    )


MODE_WORDS = {
    Mode.PASSPHRASE: lambda: _("封存方式：口令。只有持口令者能启封，本机管理员也不能。"),
    Mode.SERVER_KEY: lambda: _("封存方式：服务器密钥。到时自动启动；本机管理员能够提前读取。"),
}
PURPOSES = {
    Mode.PASSPHRASE: lambda: _("封存口令"),
    Mode.SERVER_KEY: lambda: _("封存口令（服务器密钥方式下演练到时自动启动，查看、取消和启封仍凭口令）"),
}
"""What the first line of standard input is for."""


def reveal(context: Context) -> Answer:
    """Open a drill that has ended or was cancelled, for everybody."""
    asked = context.arguments
    passphrase = read_line(_("封存口令"))
    with context.work() as work:
        opened = ceremony.reveal(work, vault_of(context.installation), asked.drill, passphrase)
    file = write_file(asked.out, revelation.file_of(opened)) if asked.out else ""
    fields = {
        "drill": opened.drill,
        "state": opened.state,
        "content": opened.content,
        "nonce": opened.nonce,
        "commitment": opened.commitment,
    }
    return Answer(
        fields=fields | ({"file": file} if file else {}),
        lines=[
            _("{title}：{day} {place}", title=opened.value.title, day=opened.value.starts_at, place=opened.value.place),
            _("封存校验码 {commitment}", commitment=opened.commitment),
        ],
    )


def verify(context: Context) -> Answer:
    """Check a revealed file by itself; exit 1 if it does not hold."""
    found = revelation.verify(read_file(context.arguments.file))
    faults = [{"part": fault.part, "where": fault.where} for fault in found.faults]
    return Answer(
        fields={
            "valid": found.valid,
            "drill": found.drill,
            "commitment": found.commitment,
            "published_on": found.published_on,
            "faults": faults,
        },
        lines=[
            _("核验通过")
            if found.valid
            else _("核验不符：{faults}", faults=_("；").join(map(fault_words, found.faults)))
        ],
        is_good=found.valid,
    )


def cancel(context: Context) -> Answer:
    """Call a sealed drill off before it starts."""
    asked = context.arguments
    passphrase = read_line(_("封存口令"))
    with context.reading() as work:
        seen = ceremony.cancel(work, vault_of(context.installation), asked.drill, passphrase, reason=asked.reason)
    return Answer(
        fields={"drill": asked.drill, "state": seen.state, "commitment": seen.commitment},
        lines=[_("已取消，启封前仍然保密")],
    )
