"""The text of a local pack: a head, and rules that add to the national ones or override them."""

from pathlib import Path


def head(area: str = "/") -> str:
    """The first table of a pack for an area."""
    return f"""
format = 1
[pack]
id = "province"
title = {{ zh = "某省规则", en = "A province" }}
area = "{area}"
fictional = true
"""


def rule(base: str, article: str, value: int, unit: str, *, parameter: str = "limit", way: str = "add") -> str:
    """One rule "P-*base*" with one figure, laid down in an article of 某省办法."""
    return f"""
[[rule]]
id = "P-{base}"
base = "{base}"
way = "{way}"
source = "某省办法"
article = "{article}"
mark = "to_be_confirmed"
parameters = {{ {parameter} = {{ value = {value}, unit = "{unit}" }} }}
"""


def laid(folder: Path, **texts: str) -> Path:
    """A folder with a pack of each text."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder
