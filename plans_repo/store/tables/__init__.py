"""The rows of this floor. They never leave it: services turn them into values."""

from plans_repo.store.tables import (
    accounts,
    authoring,
    catalogue,
    checks,
    comments,
    consultations,
    courses,
    events,
    experts,
    jobs,
    plans,
    replacements,
    resources,
    scenarios,
    search,
    studies,
    versions,
)
from plans_repo.store.tables.base import METADATA, NAMING

__all__ = [
    "METADATA",
    "NAMING",
    "accounts",
    "authoring",
    "catalogue",
    "checks",
    "comments",
    "consultations",
    "courses",
    "events",
    "experts",
    "jobs",
    "plans",
    "replacements",
    "resources",
    "scenarios",
    "search",
    "studies",
    "versions",
]
