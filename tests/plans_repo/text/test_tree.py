"""A version as a hash tree."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Cell, Clause, ClauseKind, SemanticType, Table, from_plain, parents, to_plain
from plans_repo.text.tree import build_tree, children, clauses_of, tree_difference
from tests.plans_repo.text.builders import a_clause

WORDS = st.text(alphabet="预案 应急响应Ⅰ级30分钟\n﨑𠮷e\u0301", max_size=12)
CELLS = st.recursive(
    WORDS.map(lambda text: Cell(content=(text,))),
    lambda inner: st.builds(
        lambda cell, text, span: Cell(content=(text, Table(rows=((cell,),))), columns=span),
        inner,
        WORDS,
        st.integers(1, 3),
    ),
    max_leaves=4,
)
TABLES = st.none() | st.lists(CELLS, min_size=1, max_size=3).map(lambda cells: Table(rows=(tuple(cells),)))


@st.composite
def clause_lists(draw: st.DrawFn) -> list[Clause]:
    count = draw(st.integers(0, 12))
    return [
        Clause(
            id=f"c{at}",
            kind=draw(st.sampled_from(ClauseKind)),
            level=draw(st.integers(1, 4)),
            number=draw(WORDS),
            number_raw=draw(WORDS),
            title=draw(WORDS),
            text=draw(WORDS),
            run_in=draw(st.booleans()),
            semantic=draw(st.sampled_from(SemanticType)),
            table=draw(TABLES),
            media=tuple(draw(st.lists(WORDS, max_size=2))),
            line_numbers=tuple(draw(st.lists(st.tuples(st.integers(0, 9), WORDS), max_size=2))),
        )
        for at in range(count)
    ]


@settings(max_examples=60, deadline=None)
@given(clause_lists())
def test_clauses_come_back_equal_from_their_tree(clauses: list[Clause]) -> None:
    tree = build_tree(clauses)
    assert clauses_of(tree.root_hash, tree.fetch) == tuple(clauses)


@settings(max_examples=60, deadline=None)
@given(clause_lists())
def test_clauses_come_back_equal_from_plain_data(clauses: list[Clause]) -> None:
    assert [from_plain(to_plain(clause)) for clause in clauses] == clauses


@settings(max_examples=60, deadline=None)
@given(clause_lists().filter(bool), st.data())
def test_a_changed_clause_changes_only_the_hashes_on_its_way_to_the_root(
    clauses: list[Clause], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(clauses) - 1))
    changed = replace(clauses[at], text=clauses[at].text + "改")
    old, new = build_tree(clauses), build_tree([*clauses[:at], changed, *clauses[at + 1 :]])
    above = parents(clauses)
    depth, parent = 1, above[clauses[at].id]
    while parent:
        depth, parent = depth + 1, above[parent]
    assert len(set(new.blobs) - set(old.blobs)) == 1
    assert 1 <= len(set(new.nodes) - set(old.nodes)) <= depth
    assert tree_difference(old.root_hash, new.root_hash, old.fetch, new.fetch).changed == (clauses[at].id,)


@settings(max_examples=60, deadline=None)
@given(clause_lists(), clause_lists())
def test_the_difference_of_trees_is_that_of_the_clauses(old: list[Clause], new: list[Clause]) -> None:
    before, after = build_tree(old), build_tree(new)
    found = tree_difference(before.root_hash, after.root_hash, before.fetch, after.fetch)
    old_ids, new_ids = {clause.id: clause for clause in old}, {clause.id: clause for clause in new}
    assert set(found.removed) == set(old_ids) - set(new_ids)
    assert set(found.added) == set(new_ids) - set(old_ids)
    assert set(found.changed) == {key for key in old_ids.keys() & new_ids.keys() if old_ids[key] != new_ids[key]}


def test_equal_parts_are_stored_once() -> None:
    chapter = [a_clause(f"c{at}", level=1 + bool(at), text="同文") for at in range(4)]
    assert len(build_tree(chapter).blobs) == 2


def test_an_altered_part_is_noticed() -> None:
    tree = build_tree([a_clause("a", text="三十分钟")])
    (key,) = tree.blobs
    altered = {**tree.nodes, key: tree.blobs[key].replace("三十".encode(), "四十".encode())}
    with pytest.raises(PlansRepoError) as refused:
        clauses_of(tree.root_hash, altered.__getitem__)
    assert refused.value.code == "tree-part-altered"


def test_one_id_cannot_name_two_clauses() -> None:
    with pytest.raises(PlansRepoError) as refused:
        build_tree([a_clause("a"), a_clause("a")])
    assert refused.value.code == "clause-id-twice"


def test_a_chapter_is_a_node_of_its_own() -> None:
    tree = build_tree([a_clause("a"), a_clause("b", level=2), a_clause("c")])
    assert [(child.clause, bool(child.node)) for child in children(tree.root_hash, tree.fetch)] == [
        ("a", True),
        ("c", False),
    ]
