"""What the norms say of a study, in one language, for the report."""

from __future__ import annotations

from collections.abc import Mapping

from plans_repo.norms.counts import Count
from plans_repo.packs.naming import name_of
from plans_repo.word.assessed import NormFacts
from plans_repo.word.numbers import marked, minutes, plain, unit_name
from plans_repo.word.wording import Wording


def norm_facts(found: tuple[Count, ...], titles: Mapping[str, str], language: str) -> tuple[NormFacts, ...]:
    """A row for every norm; *titles* are those of the targets."""
    words = Wording(language)
    return tuple(_facts(words, count, titles) for count in found)


def _facts(words: Wording, count: Count, titles: Mapping[str, str]) -> NormFacts:
    norm, is_zh = count.norm, words.language == "zh"
    source = norm.source if is_zh else norm.source_en
    held = "" if count.held is None else _amount(words, count, count.held)
    return NormFacts(
        title=norm.title if is_zh else norm.title_en,
        basis_title=norm.basis_title if is_zh else norm.basis_title_en,
        basis="" if count.basis is None else plain(count.basis),
        given=words.say("number.list").join(name_of("place_kind", kind, words.language) for kind in count.given),
        needed="" if count.needed is None else _amount(words, count, count.needed),
        held=marked(words, held, count.held_mark) if held and count.held_mark else held,
        missing=_amount(words, count, count.missing),
        outcome=count.outcome.value,
        simulated=_simulated(words, count, titles),
        source=words.say("norm.local", source=source) if norm.is_local else source,
        article=norm.article if is_zh else norm.article_en,
        mark=norm.mark,
        is_local=norm.is_local,
    )


def _amount(words: Wording, count: Count, value: float) -> str:
    unit = unit_name(words, count.norm.unit if words.language == "zh" else count.norm.unit_en)
    return f"{plain(value)}{'' if words.language == 'zh' else ' '}{unit}"


def _simulated(words: Wording, count: Count, titles: Mapping[str, str]) -> str:
    if count.wait_min is None:
        return ""
    if not count.wait_min:
        return words.say("norm.no_wait")
    held_back = words.say("number.list").join(titles[name] for name in count.held_back if name in titles)
    wait = minutes(words, count.wait_min)
    return words.say("norm.holds_back" if held_back else "norm.wait", wait=wait, titles=held_back)
