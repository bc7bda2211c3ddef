"""What of a text is on paper when it is exported, so that what is not can be kept when the paper comes back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from docx.image.image import Image

from plans_repo.text.clause import Clause
from plans_repo.text.table_grid import positions
from plans_repo.word.bookmarks import bookmark_name
from plans_repo.word.clause_lines import FURNITURE, is_contents_list
from plans_repo.word.pictures import UNREADABLE
from plans_repo.word.revising import printed_lines


def printed_parts(
    clauses: Sequence[Clause], media: Mapping[str, bytes], *, marked: Collection[str] = ()
) -> frozenset[str]:
    """The ids of the clauses and the hashes of the pictures that an export shows.

    Page headers and footers are not; a contents list is when its mark is among those *marked*.
    """
    pictures = {key for key in media if is_picture(media[key])}
    shown = {clause.id for clause in clauses if _is_printed(clause, pictures, marked)}
    return frozenset(shown | pictures)


def is_picture(data: bytes) -> bool:
    """Whether Word can show these bytes as a picture."""
    try:
        Image.from_blob(data)
    except UNREADABLE:
        return False
    return True


def _is_printed(clause: Clause, pictures: set[str], marked: Collection[str]) -> bool:
    if clause.kind in FURNITURE or (is_contents_list(clause) and bookmark_name(clause.id) not in marked):
        return False
    has_cells = clause.table is not None and any(True for _place in positions(clause.table))
    return bool(printed_lines(clause)) or has_cells or bool(pictures & set(clause.media))
