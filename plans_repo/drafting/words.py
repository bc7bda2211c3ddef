"""The words of this installation that a difference and a merge never cut: its bodies and their posts."""

from __future__ import annotations

import re

from sqlmodel import select

from plans_repo.store.tables.accounts import OrganisationRow
from plans_repo.store.tables.resources import ContactRow
from plans_repo.store.work import Work
from plans_repo.text.tokens import DEFAULT_TERMS

LONGEST = 30  # characters; a longer name is a sentence
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,8}?(?=[省市县区旗](?:[\u4e00-\u9fff]))")


def terms(work: Work) -> tuple[str, ...]:
    """The default terms with the bodies and posts of this installation; 清川县水利局 is also known as 县水利局."""
    own: set[str] = set()
    for name in work.session.exec(select(OrganisationRow.name)):
        own |= {name, _PLACE.sub("", name)}
    own |= {post for post in work.session.exec(select(ContactRow.post)) if post}
    return (*DEFAULT_TERMS, *sorted(word for word in own if 1 < len(word) <= LONGEST and word not in DEFAULT_TERMS))
