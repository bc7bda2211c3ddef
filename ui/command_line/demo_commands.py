"""``yuyan demo`` and ``yuyan serve``."""

from __future__ import annotations

from typing import Any

from ui.command_line.answer import Answer, tell
from ui.command_line.context import Context, os_user
from ui.demo.builder import Demo, build
from ui.wording import _, n_


def demo(context: Context) -> Answer:
    """Build the demo data; doing it again changes nothing."""
    built = build(context.installation, os_user())
    return Answer(fields=demo_fields(built), lines=demo_lines(built))


def demo_fields(built: Demo) -> dict[str, Any]:
    """The JSON keys of the demo data."""
    return {
        "built": not built.was_built,
        "plans": [
            {"id": plan.id, "title": plan.title, "kind": plan.kind, "hazard": plan.hazard, "state": plan.state}
            for plan in built.plans
        ],
        "scenarios": [
            {"id": item.id, "hazard": item.hazard, "spread": item.spread, "title": item.title}
            for item in built.scenarios
        ],
        "drills": [{"id": drill.id, "title": drill.title, "state": drill.state} for drill in built.drills],
        "accounts": [
            {"name": account.name, "role": ",".join(sorted(account.roles)), "display_name": account.display_name}
            for account in built.accounts
        ],
    }


def demo_lines(built: Demo) -> list[str]:
    """The same for a person."""
    return [
        _("演示数据已在") if built.was_built else _("演示数据已建立"),
        n_("预案 {count} 件", len(built.plans)),
        n_("情景 {count} 个", len(built.scenarios)),
        n_("演练 {count} 次", len(built.drills)),
        n_("账户 {count} 个", len(built.accounts)),
    ]


def serve(context: Context) -> None:
    """Serve the application until Ctrl-C, with demo data if asked."""
    from ui.launcher import serve as serve_application  # Streamlit takes seconds to import; no other command needs it

    asked = context.arguments
    if asked.demo:
        built = build(context.installation, os_user())
        if not built.was_built:
            tell(_("演示数据已建立"))
        context.installation.store.close()
    serve_application(
        context.data, port=asked.port, address=asked.address, demo=asked.demo, hosts=tuple(asked.host), say=tell
    )
