"""The sheet of a village's plan with what stands on record of it: who signed, under which number, from which day."""

from __future__ import annotations

from plans_repo.course.passage import passage
from plans_repo.course.working_days import local_day
from plans_repo.importing import OpenedPlan
from plans_repo.store.work import Work
from plans_repo.word.village_page import VillagePage


def village_facts(work: Work, opened: OpenedPlan) -> VillagePage:
    """What the sheet of an opened version says beside its text."""
    stand = passage(work, opened.version)
    signers = [one.signer for one in stand.sign_offs if one.holds and one.signer]
    return VillagePage(
        title=opened.title,
        root_hash=opened.root_hash,
        made_at=work.now,
        day=local_day(work.now),
        stage=opened.state,
        signed_by=str(signers[-1]) if signers else "",
        document_number=stand.document_number,
        issued_on=stand.issued_on,
    )
