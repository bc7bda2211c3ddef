"""Every fault an audit can name has words."""

import re
from pathlib import Path

from plans_repo.store import audit
from ui.components.fault_names import WHY


def test_every_fault_of_the_audit_has_words() -> None:
    source = Path(audit.__file__).read_text("utf-8")
    assert set(re.findall(r'why=f?"([a-z-]+)', source)) == set(WHY)
