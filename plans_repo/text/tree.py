"""A version as a hash tree by chapter: what changed is stored and compared, the rest is shared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause, content, from_plain, parents
from sim.plain import canonical

Fetch = Callable[[str], bytes]


@dataclass(frozen=True, kw_only=True)
class Tree:
    """Bytes under their sha-256: *blobs* hold clauses without their ids, *nodes* ordered children."""

    root_hash: str
    nodes: Mapping[str, bytes]
    blobs: Mapping[str, bytes]

    def fetch(self, key: str) -> bytes:
        """The bytes stored under *key*, node or blob."""
        found = self.nodes.get(key, self.blobs.get(key))
        if found is None:
            raise PlansRepoError("tree-part-missing", thing="version tree", value=key)
        return found


@dataclass(frozen=True, kw_only=True)
class Child:
    """One entry of a node: whose clause, which words, and the node of what stands under it."""

    clause: str
    blob: str
    node: str = ""


@dataclass(frozen=True, kw_only=True)
class TreeDifference:
    """Ids of clauses that only one tree has, and of those whose words differ; order is not compared."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]


def build_tree(clauses: Sequence[Clause]) -> Tree:
    """The hash tree of *clauses*; a child stands under the nearest earlier clause of a smaller level."""
    _check_identities(clauses)
    blobs: dict[str, bytes] = {}
    nodes: dict[str, bytes] = {}
    blob_of = {clause.id: _store(blobs, content(clause)) for clause in clauses}
    under: dict[str, list[str]] = {}
    for child, parent in parents(clauses).items():
        under.setdefault(parent, []).append(child)
    node_of: dict[str, str] = {}
    for parent in [*(clause.id for clause in reversed(clauses)), ""]:  # children before parents
        if parent in under or not parent:
            entries = [[child, blob_of[child], node_of.get(child, "")] for child in under.get(parent, [])]
            node_of[parent] = _store(nodes, {"children": entries})
    return Tree(root_hash=node_of[""], nodes=nodes, blobs=blobs)


def blob_of(tree: Tree) -> dict[str, str]:
    """The blob of every clause of a tree, by clause."""
    found: dict[str, str] = {}
    for key in tree.nodes:
        found |= {child.clause: child.blob for child in children(key, tree.fetch)}
    return found


def clauses_of(root_hash: str, fetch: Fetch) -> tuple[Clause, ...]:
    """The clauses of the version with that root, in order; bytes come from *fetch* by hash and are checked."""
    return tuple(_clauses_under(root_hash, fetch))


def tree_difference(old_root: str, new_root: str, old_fetch: Fetch, new_fetch: Fetch) -> TreeDifference:
    """Which clauses differ, found by walking only the parts whose hashes differ."""
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    _walk_apart(old_root, new_root, old_fetch, new_fetch, old, new)
    return TreeDifference(
        removed=tuple(key for key in old if key not in new),
        added=tuple(key for key in new if key not in old),
        changed=tuple(key for key in new if key in old and new[key] != old[key]),
    )


def _check_identities(clauses: Sequence[Clause]) -> None:
    seen: set[str] = set()
    for clause in clauses:
        if clause.id in seen:
            raise PlansRepoError("clause-id-twice", thing=f"clause {clause.id}", field="id", rule="must be unique")
        seen.add(clause.id)


def _store(shelf: dict[str, bytes], value: object) -> str:
    data = canonical(value)
    key = hashlib.sha256(data).hexdigest()
    shelf[key] = data
    return key


def _checked(key: str, fetch: Fetch) -> bytes:
    data = fetch(key)
    if hashlib.sha256(data).hexdigest() != key:
        raise PlansRepoError("tree-part-altered", thing="version tree", rule="bytes must match their hash", value=key)
    return data


def children(key: str, fetch: Fetch) -> tuple[Child, ...]:
    """The entries of the node with that hash."""
    entries = json.loads(_checked(key, fetch))["children"]
    return tuple(Child(clause=clause, blob=blob, node=node) for clause, blob, node in entries)


def _clauses_under(key: str, fetch: Fetch) -> Iterator[Clause]:
    for child in children(key, fetch):
        yield from_plain({"id": child.clause, **json.loads(_checked(child.blob, fetch))})
        if child.node:
            yield from _clauses_under(child.node, fetch)


def _walk_apart(
    old_key: str, new_key: str, old_fetch: Fetch, new_fetch: Fetch, old: dict[str, str], new: dict[str, str]
) -> None:
    if old_key == new_key:
        return
    olds = children(old_key, old_fetch) if old_key else ()
    news = children(new_key, new_fetch) if new_key else ()
    nodes_before = {child.clause: child for child in olds}
    shared = {child.clause for child in olds} & {child.clause for child in news}
    for child in news:
        before = nodes_before.get(child.clause)
        if before and child.clause in shared:
            if child.blob != before.blob:
                old[child.clause], new[child.clause] = before.blob, child.blob
            _walk_apart(before.node, child.node, old_fetch, new_fetch, old, new)
    _note_all([child for child in olds if child.clause not in shared], old_fetch, old)
    _note_all([child for child in news if child.clause not in shared], new_fetch, new)


def _note_all(entries: Sequence[Child], fetch: Fetch, seen: dict[str, str]) -> None:
    for child in entries:
        seen[child.clause] = child.blob
        _note_all(children(child.node, fetch) if child.node else (), fetch, seen)
