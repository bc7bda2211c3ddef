"""A procedure as a graph: who does what after what, with the promises on it, written for Graphviz."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.procedure import JoinKind, Outcome, Procedure, Target, Task, TaskKind
from ui.components.plan_names import told
from ui.components.promises import OUTCOMES, target_title
from ui.wording import _, limit_text

SHAPES = {TaskKind.DECISION: "diamond", TaskKind.NOTIFY: "note", TaskKind.TRAVEL: "ellipse"}
INK, LATE, QUIET = "#16376b", "#b3261e", "#5b6b82"
LINE_MOST = 12


def leading_to(procedure: Procedure, target: Target) -> frozenset[str]:
    """The tasks a promise waits for: its own and everything before it."""
    tasks = {task.id: task for task in procedure.tasks}
    found: set[str] = set()
    stack = [target.task]
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(edge.task for edge in tasks[name].after)
    return frozenset(found)


def graph(procedure: Procedure, *, only: Iterable[str] = (), faults: Mapping[str, str] | None = None) -> str:
    """The graph in the DOT language, from top to bottom; *only* keeps these tasks, *faults* marks tasks in red."""
    wanted = frozenset(only) or frozenset(task.id for task in procedure.tasks)
    lines = [
        "digraph procedure {",
        '  graph [rankdir=TB, ranksep=0.35, nodesep=0.2, bgcolor="transparent"];',
        f'  node [shape=box, style="filled,rounded", fillcolor="white", color="{INK}", fontsize=11, '
        'fontname="sans-serif", margin="0.12,0.06"];',
        f'  edge [color="{QUIET}", fontsize=9, fontname="sans-serif", arrowsize=0.7];',
    ]
    for task in procedure.tasks:
        if task.id in wanted:
            lines.append(_node(task, procedure, (faults or {}).get(task.id, "")))
            lines += [_edge(task, edge.task, edge.when) for edge in task.after if edge.task in wanted]
    return "\n".join([*lines, "}"])


def _node(task: Task, procedure: Procedure, fault: str) -> str:
    told_title = told(task.title, task.title_en)
    words = [f"{task.id} {_folded(told_title)}", _folded(task.lead)]
    words += [_promise(target) for target in procedure.targets if target.task == task.id]
    if task.join.kind is not JoinKind.ALL and len(task.after) > 1:
        words.append(_("任一") if task.join.kind is JoinKind.ANY else _("{need} 项即可", need=task.join.need))
    look = {"label": "\n".join(filter(None, words)), "id": task.id}
    if task.kind in SHAPES:
        look["shape"] = SHAPES[task.kind]
    if task.from_level:
        look["style"] = "filled,dashed"
        look["label"] += "\n" + _("{level}起", level=task.from_level)
    if fault:
        look |= {"color": LATE, "fontcolor": LATE, "tooltip": fault}
    return f"  {_quoted(task.id)} [{', '.join(f'{name}={_quoted(value)}' for name, value in look.items())}];"


def _promise(target: Target) -> str:
    return f"◎ {_folded(target_title(target))} {limit_text(target.limit_min)}"


def _edge(task: Task, before: str, when: Outcome) -> str:
    label = f" [label={_quoted(_(OUTCOMES[when]))}, style=dashed]" if OUTCOMES[when] else ""
    return f"  {_quoted(before)} -> {_quoted(task.id)}{label};"


def _folded(words: str) -> str:
    """Words on lines of a readable length."""
    return "\n".join(words[at : at + LINE_MOST] for at in range(0, len(words), LINE_MOST)) if words else ""


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
