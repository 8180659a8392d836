"""The nearest known word, for messages that say what was probably meant."""

from collections.abc import Iterable


def suggest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None where none is near."""
    from rapidfuzz import fuzz, process  # takes its time, and mostly nothing is wrong

    cutoff = 70 if len(word) > 8 else 60  # a long word, an id for one, has letters and a year in common with many
    best = process.extractOne(word, list(known), scorer=fuzz.ratio, processor=str.lower, score_cutoff=cutoff)
    return best[0] if best else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the advice that names the nearest known word, or `otherwise`."""
    near = suggest(word, known)
    return f"did you mean {near!r}?" if near else otherwise
