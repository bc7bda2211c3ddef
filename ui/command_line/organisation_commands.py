"""``yuyan organisations``: the bodies of the installation with their ids."""

from __future__ import annotations

from plans_repo.organisations import Organisation, OrganisationKind, organisations
from ui.command_line.answer import Answer
from ui.command_line.context import Context
from ui.components.check_names import BODIES
from ui.components.plan_names import told
from ui.wording import _, n_


def list_organisations(context: Context) -> Answer:
    """Every body, or those of a kind and with the words in their names, from the largest area to the smallest."""
    asked = context.arguments
    kind, words = OrganisationKind(asked.kind) if asked.kind else None, asked.words.strip().casefold()
    with context.reading() as work:
        every = organisations(work)
    found = [
        body
        for body in every
        if kind in (None, body.kind) and (words in body.name.casefold() or words in body.name_en.casefold())
    ]
    return Answer(
        fields={"organisations": [_fields(body) for body in found]},
        lines=[*map(_line, found), n_("单位 {count} 个", len(found))],
    )


def _fields(body: Organisation) -> dict[str, str | None]:
    return {"id": body.id, "name": body.name, "kind": body.kind, "parent": body.parent, "area": body.area}


def _line(body: Organisation) -> str:
    return f"{body.id}\t{told(body.name, body.name_en)}\t{_(BODIES[body.kind])}\t{body.area}"
