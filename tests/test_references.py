"""What `[@id]` shows: the system's name, or authors and year; and where it leads."""

from gen.collection import Collection
from gen.references import reference
from gen.text.prose import Target


def test_a_reference_shows_the_system_or_authors_and_year(toy: Collection) -> None:
    title = "FastBlock: Stacking in O(n log n) & Beyond, 100% of the Time_s #1"
    assert reference(toy.records, "example2023fast") == Target(
        "papers/example2023fast/", "FastBlock", "FastBlock", title
    )
    found = reference(toy.records, "sample2024slow")
    assert found
    assert (found.label, found.within) == ("Sample et al. (2024)", "Sample et al., 2024")
    assert reference(toy.records, "nobody2020") is None
