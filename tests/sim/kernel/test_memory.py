"""The kernel's memory: every name means one thing, and every record has room for its fields."""

import re
from collections import Counter
from pathlib import Path

from sim.kernel import memory

SOURCE = re.sub(r'""".*?"""', "", Path(memory.__file__).read_text("utf-8"), flags=re.DOTALL)


def test_no_name_is_given_twice() -> None:
    names = Counter(re.findall(r"\b([A-Z][A-Z_]+)\b(?=[^=\n]*(?:,$|, |$|\) = | = ))", SOURCE, flags=re.MULTILINE))
    assert len(names) > 150
    assert [name for name, count in names.items() if count > 1] == []
