"""Cards, the pictures that previews in chats and feeds show: a title on paper with a note in the margin, as PNG."""

import unicodedata
from functools import lru_cache
from io import BytesIO

from anyascii import anyascii
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
"""Pixels, as Open Graph's readers show them whole."""
PAPER, INK, ACCENT, MUTED = "#fbfaf7", "#1d1b18", "#a3341f", "#6b655c"
MARGIN = 90
TOP = 220
"""Where a title begins."""
LINE_WIDTH = 860


@lru_cache(maxsize=1024)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own font: the picture looks the same wherever it is made."""
    return ImageFont.load_default(size)


def card(site: str, title: str) -> bytes:
    """Return the card of a title, under the name of the site."""
    image = Image.new("P", SIZE)
    colors = {color: index for index, color in enumerate((PAPER, INK, ACCENT, MUTED))}
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"  # few colors keep the file small, and no blending of colors is needed
    palette = [int(color[start : start + 2], 16) for color in colors for start in (1, 3, 5)]
    image.putpalette(palette)
    draw.rectangle((0, 0, *SIZE), fill=colors[PAPER])
    site, title = _drawable(site), _drawable(title)
    draw.text((MARGIN, MARGIN), site[: _fitting(site, 44)], font=_font(44), fill=colors[MUTED])
    draw.line((MARGIN, 170, MARGIN + LINE_WIDTH, 170), fill=colors[INK], width=3)
    draw.line((1040, MARGIN, 1040, 250), fill=colors[ACCENT], width=12)
    size = 84 if len(title) < 40 else 64
    step = int(size * 1.25)
    for line, y in zip(_lines(title, size), range(TOP, SIZE[1] - step, step), strict=False):
        draw.text((MARGIN, y), line, font=_font(size), fill=colors[INK])
    file = BytesIO()
    image.save(file, "PNG", optimize=False, compress_level=6)
    return file.getvalue()


def _drawable(text: str) -> str:
    """Return a text in the letters that Pillow's font has, which are few; nothing if it is in another script."""
    if all(unicodedata.name(letter, "").startswith("LATIN ") for letter in text if letter.isalpha()):
        return anyascii(text)
    return ""


def _fitting(text: str, size: int) -> int:
    """Return how many letters of a text fit into a line."""
    return next(end for end in range(len(text), -1, -1) if _font(size).getlength(text[:end]) <= LINE_WIDTH)


def _lines(title: str, size: int) -> list[str]:
    """Break a title where its lines would grow too wide: between words, or else within one."""
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _fitting(longer, size) < len(longer):
            lines.append(word)
        else:
            lines[-1] = longer
        while (end := _fitting(lines[-1], size)) < len(lines[-1]):
            lines[-1:] = [lines[-1][:end], lines[-1][end:]]
    return lines
