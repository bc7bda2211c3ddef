"""A province's rule pack for the demo: invented, and marked so; laid into the installation's folder of packs."""

from __future__ import annotations

from pathlib import Path

from plans_repo.checks.local_packs import FOLDER

FILE = "demo-province.toml"
TEXT = """# 演示用的省级规则包（虚构）。字段说明见 plans_repo/checks/local_packs.py。
format = 1

[pack]
id = "demo-province"
title = { zh = "演示省规则（虚构）", en = "Demo province (invented)" }
area = "/"
fictional = true

# 并存，从严：国家规定三年一次评估，本省（虚构）要求每两年一次。
[[rule]]
id = "P-L12"
base = "L12"
way = "add"
title = { zh = "省规定：每两年评估一次", en = "Province: an evaluation every two years" }
source = { zh = "《演示省应急预案管理办法》（虚构）", en = "Demo Province Measures (invented)" }
article = "第二十条"
mark = "demo"
parameters = { interval = { value = 2, unit = "year" } }

# 代替：本省（虚构）要求备案机关三个工作日内出具回执。
[[rule]]
id = "P-L06"
base = "L06"
way = "override"
source = { zh = "《演示省应急预案管理办法》（虚构）", en = "Demo Province Measures (invented)" }
article = "第十五条"
mark = "demo"
parameters = { limit = { value = 3, unit = "working_day" } }
"""


def lay_pack(data: Path) -> None:
    """Put the pack into the data directory unless one of that name is there."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    if not path.exists():
        path.write_text(TEXT, encoding="utf-8")
