"""The letters that lie in the repository: Tinos has every Vietnamese letter in its four faces."""

import typst

from sohoi.reports.tests.test_writers import poppler
from sohoi.reports.writers import pdf

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
LETTERS = VOWELS + VOWELS.upper() + "“”‘’…–—₫°²³×÷±≤≥"


def families(text: str) -> set[str]:
    """The fonts Typst takes for this text when it may fall back on those it carries itself."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(pdf._FONTS)])
    faces = '#set text(font: "Tinos")\n' + "".join(
        f'#text(weight: "{weight}", style: "{style}", sys.inputs.letters)\n'
        for weight in ("regular", "bold")
        for style in ("normal", "italic")
    )
    inputs = {"letters": text}
    printed = typst.compile(faces.encode(), font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs)
    lines = poppler("pdffonts", printed).splitlines()[2:]
    return {line.split()[0].split("+")[1].split("-")[0] for line in lines}


def test_no_vietnamese_letter_is_missing_in_any_face():
    assert families(LETTERS) == {"Tinos"}


def test_a_letter_that_tinos_lacks_would_be_seen():
    assert families("⊗") > {"Tinos"}


def test_the_licence_lies_beside_the_fonts():
    licence = (pdf._FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert sorted(path.name for path in pdf._FONTS.glob("*.ttf")) == sorted(f"Tinos-{f}.ttf" for f in pdf._FACES)
