"""Signs that Word draws with a symbol font, as the characters a reader sees."""

from __future__ import annotations

CIRCLED = {0x81 + at: chr(0x2460 + at) for at in range(10)} | {0x8C + at: chr(0x2776 + at) for at in range(10)}
WINGDINGS = CIRCLED | {
    0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒",
    0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★",
    0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✘", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "□"}
SYMBOL = {
    0x57: "Ω", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0xA3: "≤",
    0xA8: "◆", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xC5: "⊕", 0xD7: "⋅", 0xDE: "⇒",
}  # fmt: skip
FONTS = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "symbol": SYMBOL}


def drawn(character: str, font: str) -> str:
    """The character that *font* draws for a code; itself where the font is no symbol font or the sign is unknown.

    >>> drawn("\\uf0fe", "Wingdings"), drawn("\\uf0b7", "Symbol"), drawn("丙", "宋体")
    ('☑', '•', '丙')
    """
    table = FONTS.get(font.strip().lower())
    if table is None or len(character) != 1:
        return character
    code = ord(character)
    return table.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code, character)
