"""The type faces of an official document, by name only: they are never shipped or embedded."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml.ns import nsdecls


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """A Latin and an East-Asian font used together."""

    latin: str
    east_asian: str


FANGSONG = Face(latin="Times New Roman", east_asian="仿宋_GB2312")
KAITI = Face(latin="Times New Roman", east_asian="楷体_GB2312")
HEITI = Face(latin="Arial", east_asian="黑体")
SONGTI = Face(latin="SimSun", east_asian="宋体")
BIAOSONG = Face(latin="Times New Roman", east_asian="方正小标宋简体")
CODE = Face(latin="Courier New", east_asian="仿宋_GB2312")

# What a machine without the named face should take instead (w:altName), with the family Word falls back to.
STAND_INS = {
    FANGSONG.east_asian: ("仿宋", "modern"),
    KAITI.east_asian: ("楷体", "modern"),
    HEITI.east_asian: ("SimHei", "swiss"),
    SONGTI.east_asian: ("SimSun", "roman"),
    BIAOSONG.east_asian: ("方正小标宋_GBK", "script"),
    FANGSONG.latin: ("Times", "roman"),
    HEITI.latin: ("Helvetica", "swiss"),
    CODE.latin: ("Courier", "modern"),
}


def r_fonts(face: Face) -> str:
    """The w:rFonts element of a face, without any theme attribute.

    >>> r_fonts(KAITI)
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="楷体_GB2312" w:cs="Times New Roman"/>'
    """
    return (
        f'<w:rFonts w:ascii="{face.latin}" w:hAnsi="{face.latin}" w:eastAsia="{face.east_asian}" w:cs="{face.latin}"/>'
    )


def font_table_xml() -> str:
    """The font table part: every named face with its stand-in."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/></w:font>'
        for name, (other, family) in STAND_INS.items()
    )
    return f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
