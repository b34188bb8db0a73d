"""The order in which mixed left-to-right and right-to-left text is seen: the Unicode Bidirectional Algorithm.

Unicode Standard Annex #9, rules P2 to L2: embeddings, overrides, isolates and paired brackets. Mirroring (L4) is left
to the shaper. A level is a number: even runs from left to right, odd from right to left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

LEFT_TO_RIGHT, RIGHT_TO_LEFT = 0, 1

MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""The characters that only direct (UAX #9, 2), for a regular expression's set."""

_TURNS = re.compile(f"[{MARKS}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

_MOST_LEVELS = 125
_MOST_BRACKETS = 63
_REMOVED = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
_EMBEDDINGS = {"LRE": (0, ""), "RLE": (1, ""), "LRO": (0, "L"), "RLO": (1, "R")}  # parity, override
_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
_BLANK = frozenset(("WS", "LRI", "RLI", "FSI", "PDI"))
_RAISES = ({"L": 0, "R": 1, "EN": 2, "AN": 2}, {"R": 0})  # by how much, at even and at odd levels (I1, I2)
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # as the neutrals beside them see it

# Bidi_Paired_Bracket of Unicode 15 (BidiBrackets.txt): opening and closing ones by turns.
_PAIRS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2308\u2309\u230a\u230b\u2329\u232a"
    "\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773\u2774\u2775\u27c5\u27c6\u27e6\u27e7\u27e8"
    "\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988\u2989\u298a\u298b\u298c\u298d\u2990"
    "\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29d8\u29d9\u29da\u29db\u29fc\u29fd\u2e22\u2e23\u2e24"
    "\u2e25\u2e26\u2e27\u2e28\u2e29\u2e55\u2e56\u2e57\u2e58\u2e59\u2e5a\u2e5b\u2e5c\u3008\u3009\u300a\u300b\u300c\u300d"
    "\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b\ufe5c\ufe5d\ufe5e\uff08"
    "\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
_CLOSES = {closing: unicodedata.normalize("NFC", closing) for closing in _PAIRS[1::2]}
_CLOSING = {opening: _CLOSES[closing] for opening, closing in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}


_MIRRORS = {**dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)), **dict(zip(_PAIRS[1::2], _PAIRS[::2], strict=True))}
_MIRRORS.update(zip("<>«»‹›≤≥≪≫", "><»«›‹≥≤≫≪", strict=True))


def mirrored(character: str) -> str:
    """The character that another one looks like where text runs from right to left (L4)."""
    return _MIRRORS.get(character, character)


def turns(text: str) -> bool:
    """Whether a text has anything that could be seen in another order than it is written."""
    return not text.isascii() and _TURNS.search(text) is not None


def classes_of(text: str) -> list[str]:
    """The Bidi_Class of each character; what is not assigned counts as L."""
    return [unicodedata.bidirectional(character) or "L" for character in text]


def base_level(classes: Sequence[str], start: int = 0, end: int | None = None) -> int | None:
    """The level that the first strong character asks for, isolates left out (P2, P3); None if there is none."""
    depth = 0
    for index in range(start, len(classes) if end is None else end):
        name = classes[index]
        if name in _ISOLATES:
            depth += 1
        elif name == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and name in ("L", "R", "AL"):
            return LEFT_TO_RIGHT if name == "L" else RIGHT_TO_LEFT
    return None


def text_levels(text: str, base: int) -> list[int]:
    """The level of each character of a paragraph; characters that only direct have that of what precedes them."""
    return resolve(classes_of(text), base, text)


def resolve(classes: Sequence[str], base: int, text: str = "") -> list[int]:
    """The level of each class of one paragraph. `text`, when given, tells the brackets (N0)."""
    explicit, types = _explicit(classes, base)
    levels = list(explicit)
    kept = [index for index, name in enumerate(classes) if name not in _REMOVED]
    matching = _matching_isolates(classes)
    for sequence in _sequences(kept, classes, levels, matching):
        edges = _edges(sequence, classes, explicit, base, matching)
        run = _resolved(sequence, classes, types, explicit[sequence[0]], edges, text)
        for index, name in zip(sequence, run, strict=True):
            levels[index] += _RAISES[levels[index] % 2].get(name, 1)
    _reset_blanks(classes, levels, base)
    last = base
    for index, name in enumerate(classes):
        if name in _REMOVED:
            levels[index] = last
        last = levels[index]
    return levels


def visual_order(levels: Sequence[int]) -> list[int]:
    """The places of a line's items from left to right (L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


def _explicit(classes: Sequence[str], base: int) -> tuple[list[int], list[str]]:
    """Levels and classes after embeddings, overrides and isolates (X1 to X8)."""
    levels, types = [base] * len(classes), list(classes)
    stack: list[tuple[int, str, bool]] = [(base, "", False)]
    closings = _matching_isolates(classes)
    overflowing_isolates = overflowing_embeddings = valid_isolates = 0
    for index, name in enumerate(classes):
        level, override, _ = stack[-1]
        if name in _EMBEDDINGS:
            parity, forced = _EMBEDDINGS[name]
            above = _next_level(level, parity)
            if above <= _MOST_LEVELS and not overflowing_isolates and not overflowing_embeddings:
                stack.append((above, forced, False))
            elif not overflowing_isolates:
                overflowing_embeddings += 1
        elif name in _ISOLATES:
            _set(levels, types, index, level, override)
            parity = _isolate_parity(classes, index, closings)
            above = _next_level(level, parity)
            if above <= _MOST_LEVELS and not overflowing_isolates and not overflowing_embeddings:
                valid_isolates += 1
                stack.append((above, "", True))
            else:
                overflowing_isolates += 1
        elif name == "PDI":
            if overflowing_isolates:
                overflowing_isolates -= 1
            elif valid_isolates:
                overflowing_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            _set(levels, types, index, stack[-1][0], stack[-1][1])
        elif name == "PDF":
            if not overflowing_isolates and overflowing_embeddings:
                overflowing_embeddings -= 1
            elif not overflowing_isolates and len(stack) > 1 and not stack[-1][2]:
                stack.pop()
        elif name == "B":
            levels[index] = base
        elif name != "BN":
            _set(levels, types, index, level, override)
    return levels, types


def _next_level(level: int, parity: int) -> int:
    return level + 1 if (level + 1) % 2 == parity else level + 2


def _set(levels: list[int], types: list[str], index: int, level: int, override: str) -> None:
    levels[index] = level
    if override:
        types[index] = override


def _isolate_parity(classes: Sequence[str], index: int, closings: Mapping[int, int]) -> int:
    if classes[index] != "FSI":
        return int(classes[index] == "RLI")
    return base_level(classes, index + 1, closings.get(index, len(classes))) or LEFT_TO_RIGHT


def _matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """Where each isolate that is closed ends (BD9)."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for index, name in enumerate(classes):
        if name in _ISOLATES:
            waiting.append(index)
        elif name == "PDI" and waiting:
            found[waiting.pop()] = index
    return found


def _sequences(
    kept: Sequence[int], classes: Sequence[str], levels: Sequence[int], matching: Mapping[int, int]
) -> Iterator[list[int]]:
    """Level runs, joined over the isolates between them (BD13)."""
    runs: list[list[int]] = []
    for index in kept:
        if runs and levels[runs[-1][-1]] == levels[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    by_start = {run[0]: run for run in runs}
    closings = set(matching.values())
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in closings:
            continue
        sequence = list(run)
        while sequence[-1] in matching:
            sequence += by_start[matching[sequence[-1]]]
        yield sequence


def _edges(
    sequence: Sequence[int], classes: Sequence[str], levels: Sequence[int], base: int, matching: Mapping[int, int]
) -> tuple[str, str]:
    """The directions that an isolating run sequence begins and ends beside (X10)."""
    first, last = sequence[0], sequence[-1]
    before = _level_beside(first, -1, classes, levels, base)
    is_open = classes[last] in _ISOLATES and last not in matching
    after = base if is_open else _level_beside(last, 1, classes, levels, base)
    return ("R" if max(levels[first], before) % 2 else "L", "R" if max(levels[last], after) % 2 else "L")


def _resolved(
    sequence: Sequence[int],
    classes: Sequence[str],
    types: Sequence[str],
    level: int,
    edges: tuple[str, str],
    text: str,
) -> list[str]:
    """The directions in one isolating run sequence: weak types, brackets, neutrals (W1 to N2)."""
    run = [types[index] for index in sequence]
    _resolve_weak(run, edges[0])
    if text:
        originals = [classes[index] for index in sequence]
        _resolve_brackets(run, originals, [text[index] for index in sequence], level, edges[0])
    _resolve_neutrals(run, level, *edges)
    return run


def _level_beside(index: int, step: int, classes: Sequence[str], levels: Sequence[int], base: int) -> int:
    index += step
    while 0 <= index < len(classes):
        if classes[index] not in _REMOVED:
            return levels[index]
        index += step
    return base


def _resolve_weak(run: list[str], start: str) -> None:
    """Marks, numbers and what stands between numbers (W1 to W7)."""
    previous = strong = start
    for index, name in enumerate(run):
        if name == "NSM":
            name = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        if name == "EN" and strong == "AL":
            name = "AN"
        if name in ("L", "R", "AL"):
            strong = name
        run[index] = previous = name
    for index, name in enumerate(run):
        if name == "AL":
            run[index] = "R"
    _join_numbers(run)
    strong = start
    for index, name in enumerate(run):
        if name in ("ES", "ET", "CS"):
            run[index] = "ON"
        elif name in ("L", "R"):
            strong = name
        elif name == "EN" and strong == "L":
            run[index] = "L"


def _join_numbers(run: list[str]) -> None:
    """Separators between numbers, and signs beside them (W4, W5)."""
    for index in range(1, len(run) - 1):
        left, name, right = run[index - 1 : index + 2]
        if left == right and ((name == "ES" and left == "EN") or (name == "CS" and left in ("EN", "AN"))):
            run[index] = left
    index = 0
    while index < len(run):
        end = index
        while end < len(run) and run[end] == "ET":
            end += 1
        if end > index and "EN" in (run[index - 1] if index else "", run[end] if end < len(run) else ""):
            run[index:end] = ["EN"] * (end - index)
        index = max(end, index + 1)


def _resolve_brackets(run: list[str], originals: list[str], text: list[str], level: int, start: str) -> None:
    """Paired brackets take the direction of what they hold, or of what stands before them (N0)."""
    embedding = "R" if level % 2 else "L"
    for opening, closing in _bracket_pairs(run, text):
        held = {_STRONG[name] for name in run[opening + 1 : closing] if name in _STRONG}
        if embedding in held:
            direction = embedding
        elif held:
            before = next((_STRONG[name] for name in reversed(run[:opening]) if name in _STRONG), start)
            direction = before if before != embedding else embedding
        else:
            continue
        for place in (opening, closing):
            run[place] = direction
            follower = place + 1
            while follower < len(run) and originals[follower] in ("NSM", "BN"):
                run[follower] = direction
                follower += 1


def _bracket_pairs(run: list[str], text: list[str]) -> list[tuple[int, int]]:
    """Opening and closing places, in the order of the opening ones (BD16)."""
    waiting: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        if run[index] != "ON":
            continue
        if character in _CLOSING:
            if len(waiting) == _MOST_BRACKETS:
                break
            waiting.append((_CLOSING[character], index))
        elif character in _CLOSES:
            depth = next((d for d in range(len(waiting) - 1, -1, -1) if waiting[d][0] == _CLOSES[character]), None)
            if depth is not None:
                found.append((waiting[depth][1], index))
                del waiting[depth:]
    return sorted(found)


def _resolve_neutrals(run: list[str], level: int, start: str, end: str) -> None:
    """Neutrals between two of one direction take it, others the embedding's (N1, N2)."""
    embedding = "R" if level % 2 else "L"
    index = 0
    while index < len(run):
        stop = index
        while stop < len(run) and run[stop] in _NEUTRAL:
            stop += 1
        if stop > index:
            before = _STRONG[run[index - 1]] if index else start
            after = _STRONG[run[stop]] if stop < len(run) else end
            run[index:stop] = [before if before == after else embedding] * (stop - index)
        index = max(stop, index + 1)


def _reset_blanks(classes: Sequence[str], levels: list[int], base: int) -> None:
    """Separators, and blanks before them or at the end, are of the paragraph's level (L1)."""
    trailing = True
    for index in range(len(classes) - 1, -1, -1):
        name = classes[index]
        if name in ("S", "B"):
            trailing = True
        elif name in _REMOVED:
            continue
        elif name not in _BLANK:
            trailing = False
        if trailing:
            levels[index] = base
