"""Where long lists are cut into parts, so that no page grows without bound.

Parts are counted from a list's end. Where the newest comes first, a list gets longer at its beginning, and what was
once cut off stays as it is, under the same address.
"""

from collections.abc import Sequence

PAPERS = 500
"""How many papers make a part; a list of less than twice as many is one page."""
NOTES = 250
"""The same for papers with their summaries, which take twice as much of a page."""
LINES = 1000
"""The same for short lines, as names and titles are."""


def cut(weights: Sequence[int], size: int) -> list[range]:
    """Return the places of each part's items, the first part first; there is always one.

    Each part takes items from the end of what is left until they weigh enough. The first is what remains: it weighs
    enough too, but not enough to be cut again.

    Args:
        weights: of the items, one or more each; the beginning of the list first.
        size: what a part weighs at least.
    """
    left, taken, end = sum(weights), 0, len(weights)
    found = []
    for place in reversed(range(len(weights))):
        taken += weights[place]
        left -= weights[place]
        if left < size:
            break
        if taken >= size:
            found.append(range(place, end))
            taken, end = 0, place
    return [range(end), *reversed(found)]


def numbers(ranges: Sequence[range]) -> list[int]:
    """Return the number of the part that each item of a list stands in.

    The first part stands on the page of the list itself and has none: 0. The others are numbered from the last one,
    so that none comes to have another number.
    """
    counted = ((0 if at == 0 else len(ranges) - at, places) for at, places in enumerate(ranges))
    return [number for number, places in counted for _ in places]
