"""``yuyan audit verify``, ``backup``, ``restore`` and ``account create``."""

from __future__ import annotations

from pathlib import Path

from drills.sealing import publication
from plans_repo import backup
from plans_repo.organisations import organisation_called
from plans_repo.store import accounts, audit
from plans_repo.store.audit import Fault
from plans_repo.store.roles import Role
from ui.command_line.answer import Answer
from ui.command_line.context import Context, read_line, require_writable
from ui.components.fault_names import fault_words, found_lines
from ui.components.names import role_names
from ui.installation import BRANCHES
from ui.wording import _, n_


def verify_audit(context: Context) -> Answer:
    """Whether every event, head, version and row still fits what was said of it; exit 1 if not."""
    with context.reading() as work:
        found = audit.verify(work)
        beacon = publication.first_bad_beacon(work)
    faults = list(found.faults)
    if beacon is not None:
        faults.append(Fault(where=f"beacon {beacon}", why="altered"))
    lines = [_("核验不符：{fault}", fault=fault_words(fault)) for fault in faults] or found_lines(found)
    return Answer(
        fields={
            "events": found.events,
            "rows": found.rows,
            "unvouched": found.unvouched,
            "taken_over": found.taken_over,
            "valid": not faults,
            "first_bad": _fault(faults[0]) if faults else None,
            "faults": [_fault(fault) for fault in faults],
        },
        lines=lines,
        is_good=not faults,
    )


def _fault(fault: Fault) -> dict[str, object]:
    told = {"where": fault.where, "why": fault.why}
    return told | {"about": fault.about, "fields": list(fault.fields)} if fault.table else dict(told)


def back_up(context: Context) -> Answer:
    """A consistent copy of the store in one file."""
    require_writable(context.arguments.file)
    with context.reading() as work:
        report = backup.back_up(context.store, work, Path(context.arguments.file))
    return Answer(
        fields={"file": context.arguments.file, "rows": report.rows, "valid": report.valid},
        lines=[n_("已备份 {count} 行到 {file}", report.rows, file=context.arguments.file)],
    )


def restore(context: Context) -> Answer:
    """A store brought back into an empty data directory."""
    report = backup.restore(Path(context.arguments.file), context.data, BRANCHES)
    return Answer(
        fields={"file": context.arguments.file, "rows": report.rows, "valid": report.valid},
        lines=[n_("已从 {file} 恢复 {count} 行", report.rows, file=context.arguments.file)],
    )


def create_account(context: Context) -> Answer:
    """An account whose first password is read from standard input and must be changed at first sign-in."""
    asked = context.arguments
    password = read_line(_("初始口令"))
    with context.work() as work:
        made = accounts.create_account(
            work,
            asked.name,
            password,
            display_name=asked.display_name or asked.name,
            roles=[Role(role) for role in asked.role],
            organisation=organisation_called(work, asked.organisation).id if asked.organisation else None,
        )
    roles = sorted(role.value for role in made.roles)
    return Answer(
        fields={"account": made.id, "name": made.name, "roles": roles},
        lines=[_("已建立账户 {name}（{roles}）", name=made.name, roles=role_names(made.roles))],
    )
