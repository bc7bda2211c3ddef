"""Where in a law a rule stands, in the words of a language."""

from __future__ import annotations

import re

from plans_repo.text.reading.han_numbers import han_value

_N = "[零〇一二三四五六七八九十百0-9.]+"
_ARTICLE = re.compile(rf"第({_N})(?:至({_N}))?条(?:第({_N})项)?")
_CHAPTER = re.compile(rf"第?({_N})(?:—({_N}))?章")
_ANNEX = re.compile(rf"附件({_N})(?:—({_N}))?")
_ORDER = "应急管理部令第2号"


def article_words(article: str, language: str) -> str:
    """An article as it is cited in a language.

    >>> article_words("第三十五条第四项", "zh"), article_words("第三十五条第四项", "en")
    ('第三十五条第四项', 'art. 35(4)')
    >>> article_words("第九至十一条；安监总厅应急〔2009〕73号附件2", "en"), article_words("7.3.5.4", "en")
    ('arts. 9-11; 安监总厅应急〔2009〕73号 annex 2', '7.3.5.4')
    """
    if language == "zh":
        return article
    words = article.replace(_ORDER, "Ministry of Emergency Management Order 2, ").replace("；", "; ")
    words = _ARTICLE.sub(lambda found: _span("art.", found) + (f"({_value(found[3])})" if found[3] else ""), words)
    words = _CHAPTER.sub(lambda found: _span("chap.", found), words)
    return _ANNEX.sub(lambda found: f" {_span('annex', found)}", words).strip()


def cited(source: str, article: str) -> str:
    """A law with the place in it; where both are in Latin letters a comma stands between.

    >>> cited("《突发事件应急预案管理办法》", "第二十条"), cited("Measures (2024 No. 5)", "art. 20")
    ('《突发事件应急预案管理办法》第二十条', 'Measures (2024 No. 5), art. 20')
    """
    between = ", " if article[:1].isascii() and article and source[-1:].isascii() else ""
    return f"{source}{between}{article}"


def _span(word: str, found: re.Match[str]) -> str:
    first, last = _value(found[1]), _value(found[2]) if found[2] else ""
    if not last:
        return f"{word} {first}"
    many = {"art.": "arts.", "chap.": "chaps.", "annex": "annexes"}[word]
    return f"{many} {first}-{last}"


def _value(numeral: str) -> str:
    found = han_value(numeral)
    return numeral if found is None else str(found)
