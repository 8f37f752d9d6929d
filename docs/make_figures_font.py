"""Make the ten digits of Be Vietnam Pro equally wide, so that columns of numbers stand in line.

The font has no tabular figures of its own: no `tnum` feature, a 1 is little more than half as wide as a 4.
Its licence (OFL, no reserved name) allows a changed copy under another name: "So Hoi Figures", digits only.

How to run, from the repository's root, in a scratch environment (fontTools and brotli are not the project's):

    python3 -m venv scratch && scratch/bin/pip install fonttools brotli
    scratch/bin/python docs/make_figures_font.py sohoi/desk/static/desk/fonts
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

NAME = "So Hoi Figures"
DIGITS = "0123456789"


def digits_only(source: Path) -> TTFont:
    """Return the font cut down to its digits, without kerning or other features."""
    options = subset.Options(layout_features=[], flavor="woff2", name_IDs=["*"], hinting=False)
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(text=DIGITS)
    cutter.subset(font)
    return font


def make_equal(font: TTFont) -> None:
    """Give every digit the width of the nought, its strokes staying in the middle."""
    glyphs, widths, names = font["glyf"], font["hmtx"], font.getBestCmap()
    target = widths[names[ord("0")]][0]
    for digit in DIGITS:
        name = names[ord(digit)]
        width, left = widths[name]
        shift = (target - width) // 2
        glyphs[name].coordinates.translate((shift, 0))
        glyphs[name].recalcBounds(glyphs)
        widths[name] = (target, left + shift)


def rename(font: TTFont) -> None:
    """Put the changed copy's own name in every place that holds one; copyright and licence stay."""
    names = {1: NAME, 3: NAME, 4: NAME, 6: NAME.replace(" ", ""), 16: NAME}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


def make(folder: Path, weight: int) -> None:
    """Write the digits of one weight beside the font they come from; the same input gives the same bytes."""
    font = digits_only(folder / f"be-vietnam-pro-latin-{weight}-normal.woff2")
    make_equal(font)
    rename(font)
    font.recalcTimestamp = False
    font.flavor = "woff2"
    font.save(folder / f"so-hoi-figures-{weight}.woff2")


if __name__ == "__main__":
    for each in (400, 600, 700):
        make(Path(sys.argv[1]), each)
