"""Small graphs in layers from old to new: longest paths, cycles broken, and an order with few crossings.

The method is Sugiyama's (Sugiyama, Tagawa and Toda, 1981) with barycentres; the same graph is always laid out alike.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

N = TypeVar("N")
_SWEEPS = 6


def acyclic(nodes: Sequence[N], arcs: Sequence[tuple[N, N]]) -> list[tuple[N, N]]:
    """The arcs between these nodes, each once, with those that would close a cycle turned round; loops are left out."""
    after: dict[N, list[N]] = {node: [] for node in nodes}
    kept: list[tuple[N, N]] = []
    for start, end in dict.fromkeys(arcs):
        if start == end or start not in after or end not in after:
            continue
        older, newer = (end, start) if _leads(after, end, start) else (start, end)
        if newer not in after[older]:
            after[older].append(newer)
            kept.append((older, newer))
    return kept


def _leads(after: Mapping[N, Sequence[N]], start: N, end: N) -> bool:
    """Whether a path leads from one node to another."""
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        new = [each for each in after[node] if each not in seen]
        seen.update(new)
        waiting += new
    return False


def layers(nodes: Sequence[N], arcs: Sequence[tuple[N, N]]) -> list[list[N]]:
    """The nodes of a graph without cycles, layer by layer, each below all that lead to it, with few crossings."""
    before: dict[N, list[N]] = {node: [] for node in nodes}
    after: dict[N, list[N]] = {node: [] for node in nodes}
    for start, end in arcs:
        before[end].append(start)
        after[start].append(end)
    depth: dict[N, int] = {}
    for node in nodes:
        _measure(node, before, depth)
    found: list[list[N]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in nodes:
        found[depth[node]].append(node)
    for sweep in range(_SWEEPS):
        is_down = sweep % 2 == 0
        for layer in found if is_down else found[::-1]:
            _order(layer, before if is_down else after, found)
    return found


def _measure(node: N, before: Mapping[N, Sequence[N]], depth: dict[N, int]) -> int:
    """The length of the longest path that leads to a node. Graphs are small: recursion is never deep."""
    if node not in depth:
        depth[node] = 1 + max((_measure(each, before, depth) for each in before[node]), default=-1)
    return depth[node]


def _order(layer: list[N], neighbours: Mapping[N, Sequence[N]], found: Sequence[Sequence[N]]) -> None:
    """Sort a layer by where its neighbours stand on the average; who has none stays at its place."""
    places = {node: (place + 0.5) / len(each) for each in found for place, node in enumerate(each)}

    def barycentre(node: N) -> float:
        others = neighbours[node]
        return sum(places[other] for other in others) / len(others) if others else places[node]

    layer.sort(key=lambda node: (round(barycentre(node), 6), places[node]))
