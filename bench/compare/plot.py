"""A picture of the rows: for each contender its figures at each size, on logarithmic scales."""

import math
from collections.abc import Callable, Sequence

from markupsafe import Markup

from bench.compare.rows import Row

LEFT, PANEL, GAP = 180, 230, 40
"""Widths of the names, of a panel, and between two panels."""
TOP, STEP, BOTTOM = 56, 40, 34
"""Heights above the first contender, of each, and below the last."""
PANELS: tuple[tuple[str, Callable[[Row], float | None]], ...] = (
    ("Clean build, seconds", lambda row: row.clean_wall),
    ("One record changed, seconds", lambda row: row.again_wall),
    ("Most memory, MB", lambda row: row.memory and row.memory / 1e6),
)
RADII = (3.5, 5.5, 7.5)
_STYLE = """
text { font: 13px sans-serif; fill: #1d1b18 } .small { font-size: 11px; fill: #6b655c }
line, .axis { stroke: #c9c3b8; fill: none } circle { fill: #6b655c; fill-opacity: .8 } .ours { fill: #a3341f }
@media (prefers-color-scheme: dark) {
text { fill: #ebe6dc } .small { fill: #a59d90 } line, .axis { stroke: #4a463f } circle { fill: #a59d90 }
.ours { fill: #e88a74 } }
"""


def plot(rows: Sequence[Row]) -> str:
    """Return the picture as SVG."""
    rows = [row for row in rows if row.clean_wall]
    names = list(dict.fromkeys(row.name for row in rows if not row.name.endswith("one core")))
    sizes = sorted({row.records for row in rows})
    radius = {size: RADII[min(index, len(RADII) - 1)] for index, size in enumerate(sizes)}
    width = LEFT + len(PANELS) * (PANEL + GAP)
    height = TOP + STEP * len(names) + BOTTOM
    parts = [Markup('<text x="0" y="{}">{}</text>').format(TOP + STEP * at + 4, name) for at, name in enumerate(names)]
    for index, (title, value) in enumerate(PANELS):
        left = LEFT + index * (PANEL + GAP)
        found = [(row, figure) for row in rows if row.name in names and (figure := value(row))]
        if not found:
            continue
        low = math.floor(math.log10(min(figure for _, figure in found)))
        high = max(low + 1, math.ceil(math.log10(max(figure for _, figure in found))))
        parts.append(Markup('<text x="{}" y="16">{}</text>').format(left, title))
        for power in range(low, high + 1):
            x = left + PANEL * (power - low) / (high - low)
            bottom = height - BOTTOM + 4
            parts.append(Markup('<line x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(round(x, 1), TOP - 24, bottom))
            label = Markup('<text class="small" text-anchor="middle" x="{}" y="{}">{}</text>')
            parts.append(label.format(round(x, 1), bottom + 14, f"{10**power:g}"))
        for row, figure in found:
            x = left + PANEL * (math.log10(figure) - low) / (high - low)
            y = TOP + STEP * names.index(row.name)
            dot = Markup('<circle{} cx="{}" cy="{}" r="{}"><title>{}</title></circle>')
            ours = Markup(' class="ours"') if row.name == "Gloss" else ""
            said = f"{row.name}, {row.records:,} records: {figure:,.1f}"
            parts.append(dot.format(ours, round(x, 1), y, radius[row.records], said))
    legend = "Small to large: " + ", ".join(f"{size:,}" for size in sizes) + " records"
    parts.append(Markup('<text class="small" x="0" y="{}">{}</text>').format(height - 4, legend))
    frame = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'aria-label="Build times and memory by contender and number of records"><style>{2}</style>\n{3}\n</svg>\n'
    )
    return str(frame.format(width, height, Markup(_STYLE), Markup("\n").join(parts)))
