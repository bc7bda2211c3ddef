"""A second, independent count of what a source shows; it shares no code with the readers."""

from __future__ import annotations

import unicodedata


def count_plain(text: str) -> int:
    """Visible characters of a plain text: neither blank nor control nor zero-width."""
    return sum(1 for sign in text if not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cf"})


def count_markdown(text: str) -> int:
    """Visible characters of a Markdown text: hashes of headings, pairs of ** and the frame of tables are no text."""
    total, fenced, in_table = 0, False, False
    lines = text.splitlines()
    for place, line in enumerate(lines):
        bare = line.strip()
        if bare[:3] in ("```", "~~~"):
            fenced, in_table = not fenced, False
            total += count_plain(bare)
            continue
        in_table = not fenced and bare[:1] == "|" and (in_table or _is_frame(lines[place + 1 : place + 2]))
        if fenced:
            total += count_plain(bare)
        elif in_table:
            total += 0 if _is_frame([line]) else count_plain(_without_stars(bare.replace("\\|", "\0")).replace("|", ""))
            total += 2 * bare.count("\\|")
        else:
            total += count_plain(_without_stars(_without_hashes(bare)))
    return total


def _is_frame(lines: list[str]) -> bool:
    bare = "".join("".join(lines).split())
    return bare[:1] == "|" and "-" in bare and not set(bare) - set("|-:")


def _without_stars(line: str) -> str:
    return line.replace("**", "") if line.count("**") % 2 == 0 else line


def _without_hashes(line: str) -> str:
    rest = line.lstrip("#")
    hashes = len(line) - len(rest)
    if not 1 <= hashes <= 6 or rest[:1] not in (" ", "\t", "\u3000", "\u00a0"):
        return line
    bare = rest.strip()
    ending = bare.rstrip("#")
    return ending if ending != bare and ending[-1:].isspace() else bare
