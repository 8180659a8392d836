"""Reported figures read as numbers: like goes with like, and what is no number stays words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.figures import LABELS, figure


@pytest.mark.parametrize(
    ("value", "number", "unit"),
    [
        ("2.13x", 2.13, "factor"),
        ("up to 2.13x", 2.13, "factor"),
        ("1.11x-2.23x", 1.11, "factor"),
        ("1.3-1.6x", 1.3, "factor"),
        ("10~20X", 10, "factor"),
        ("8 to 10 times", 8, "factor"),
        ("64,865x", 64865, "factor"),
        ("nearly twice as fast", 2, "factor"),
        ("more than threefold", 3, "factor"),
        ("approximately four times", 4, "factor"),
        ("up to 150 fold", 150, "factor"),
        (r"$2\times$", 2, "factor"),
        ("32%", 32, "percent"),
        ("72 percent", 72, "percent"),
        ("32% lower", 32, "change"),
        ("-1.5%", 1.5, "change"),
        ("+11.0 ± 1.3 points", 11, "points"),
        ("15 percentage points", 15, "points"),
        ("1.5 GB", 1.5e9, "bytes"),
        ("less than 512 KiB", 512 * 1024, "bytes"),
        ("1.58-bit", 1.58, "bits"),
        ("25 ms", 0.025, "seconds"),
        ("15 minutes", 900, "seconds"),
        ("2 A100 GPU hours", 2, "gpu-hours"),
        ("3 GPU days", 72, "gpu-hours"),
        ("17", 17, "number"),
        ("~25,000", 25_000, "number"),
        ("45.9 billion", 45.9e9, "number"),
        ("7B to 141B", 7e9, "number"),
        ("7.43 on average", 7.43, "number"),
    ],
)
def test_a_number_and_its_unit_are_read(value: str, number: float, unit: str) -> None:
    found = figure(value)
    assert found
    assert found.number == pytest.approx(number)
    assert found.unit == unit


@pytest.mark.parametrize(
    "value",
    [
        "O(n log n)",
        "1/3",
        "1+epsilon",
        "10^6",
        "1e-3",
        "1 to 2 orders of magnitude",
        "6.0 GOPS/W",
        "2.63 W",
        "4, 15, and 94",
        "30 x 30",
        "first place",
        "halved",
        "",
    ],
)
def test_what_can_not_be_put_in_order_stays_words(value: str) -> None:
    assert figure(value) is None


def test_the_metric_tells_a_change_from_a_share() -> None:
    of_accuracy, of_gain = figure("5%", "accuracy"), figure("5%", "accuracy gain")
    assert of_accuracy
    assert of_gain
    assert (of_accuracy.unit, of_gain.unit) == ("percent", "change")


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_a_finite_figure_or_none(value: str, metric: str) -> None:
    found = figure(value, metric)
    assert found is None or (found.unit in LABELS and found.number >= 0)


@given(st.floats(0.01, 1e6), st.sampled_from(["x", "%", " GB", " ms", " points"]))
def test_a_larger_number_of_the_same_unit_is_larger(number: float, unit: str) -> None:
    less, more = figure(f"{number:.2f}{unit}"), figure(f"{number + 1:.2f}{unit}")
    assert less
    assert more
    assert less.unit == more.unit
    assert less.number < more.number
