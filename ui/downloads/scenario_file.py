"""`/download/scenario/ID?v=N`: a scenario or compound event as a TOML file."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo import scenarios
from plans_repo.authored import toml_text
from plans_repo.store.work import Work
from ui.downloads import File, download


@download("scenario")
def scenario_file(work: Work, id_: str, query: Mapping[str, str]) -> File:
    """The file of the newest version, or of the one asked for."""
    number = query.get("v", "0")
    event = scenarios.event(work, id_ if number == "0" else f"{id_}@{number}")
    return File(name=f"{event.id}.toml", data=toml_text.written(event).encode(), media_type="application/toml")
