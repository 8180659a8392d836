"""The decisions which words of a title keep their capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.citation.capitals import protected_words

DECISIONS = [
    # acronyms
    ("Scaling LLMs on TPUs", "Scaling {LLMs} on {TPUs}", ""),
    ("GPT-4 and GPT4 on ARC-AGI", "{GPT}-4 and {GPT4} on {ARC}-{AGI}", ""),
    ("Multi-GPU Training", "Multi-{GPU} Training", ""),
    # mixed case
    ("SpecTr by PyTorch on iPhone", "{SpecTr} by {PyTorch} on {iPhone}", ""),
    # single letters: all but the article
    ("K-Means with Q and A", "{K}-{Means} with {Q} and A", ""),
    ("U-Net and T-Few", "{U}-{Net} and {T}-{Few}", ""),
    # proper names, their possessives, and words made of them
    ("Bayesian Rubik's Cubes of Gauss", "{Bayesian} {Rubik's} Cubes of {Gauss}", ""),
    ("Non-Euclidean Markov Chains", "Non-{Euclidean} {Markov} Chains", ""),
    # ordinary words
    ("Low-Rank Adaptation of Models", "Low-Rank Adaptation of Models", ""),
    ("learning in lower case", "learning in lower case", ""),
    # the first word after a colon, a question or exclamation mark, a full stop, a dash
    ("Towers: A Start", "Towers: {A} Start", ""),
    ("Towers: a start", "Towers: a start", ""),
    ("Why Not? Because", "Why Not? {Because}", ""),
    ("Towers — The Start", "Towers — {The} Start", ""),
    ("Speed: (Really) Fast", "Speed: ({Really}) Fast", ""),
    # the paper's own system
    ("Orca and Other Orcas", "{Orca} and Other Orcas", "Orca"),
    ("Scaling Auto-Deep Lab Models", "Scaling {Auto}-{Deep} {Lab} Models", "Auto-Deep Lab"),
    # punctuation stays outside
    ("“BERT”, (LoRA).", "“{BERT}”, ({LoRA}).", ""),
    ("", "", ""),
    # proper names in the plural
    ("Gaussians and Laplacians", "{Gaussians} and {Laplacians}", ""),
]


@pytest.mark.parametrize(("title", "protected", "system"), DECISIONS)
def test_the_decision(title: str, protected: str, system: str) -> None:
    assert "".join(f"{{{piece}}}" if flag else piece for piece, flag in protected_words(title, system)) == protected


@given(st.text(max_size=60), st.text(max_size=10))
def test_the_pieces_are_the_text(title: str, system: str) -> None:
    assert "".join(piece for piece, _ in protected_words(title, system)) == title


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        ("“Why Not?” They Say", "“{Why} Not?” They Say"),
        ("(Re)thinking Towers", "({Re)thinking} Towers"),
        ("🤗 Transformers", "🤗 {Transformers}"),
        ("“why not", "“why not"),
        ("Why Not", "Why Not"),
        ("-Blocks at Rest", "-Blocks at Rest"),
    ],
)
def test_the_first_letter_behind_a_sign_is_kept_where_the_title_begins(title: str, protected: str) -> None:
    def written(*, begins: bool) -> str:
        pieces = protected_words(title, begins=begins)
        return "".join(f"{{{piece}}}" if flag else piece for piece, flag in pieces)

    assert written(begins=True) == protected
    assert written(begins=False) == title
