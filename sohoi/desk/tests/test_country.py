"""The map of the country: tones by fifths with words for each, and both archipelagos always drawn."""

from sohoi.desk.country import country, drawing
from sohoi.desk.grid import Cell, Grid, Row, barred
from sohoi.figures.read import NUMBER, UNREPORTED, ZERO, Figure
from sohoi.figures.rollup import Raw
from sohoi.ledger.models import Measure
from sohoi.periods import parse
from sohoi.units.models import Unit, View


def provinces(states):
    """A table whose rows are today's provinces, made without a database: (state, amount) by State code."""
    gifts = Measure(code="g", label="Phần quà", count="phần", take="sum")
    rows = []
    for at, (code, (state, amount)) in enumerate(states.items(), start=1):
        unit = Unit(pk=at, level="province", state_code=code, name=f"Tỉnh {code}")
        cell = Cell(Figure(gifts, unit, parse("2024"), View.WAS, Raw(1, amount), state), None)
        rows.append(Row(unit.name, unit, (cell,), "child"))
    return Grid((gifts,), rows[0], barred(rows), 0)


CODES = [shape["code"] for shape in drawing()["provinces"]]


def test_the_country_has_tones_by_fifths_words_for_each_and_both_archipelagos():
    states = {code: (NUMBER, at) for at, code in enumerate(CODES, start=1)}
    states["01"], states["04"] = (UNREPORTED, 0), (ZERO, 0)
    drawn = country(provinces(states))
    assert drawn is not None
    tones = {shape.row.unit.state_code: shape.tone for shape in drawn.shapes}
    assert (tones["01"], tones["04"], tones["08"], tones["96"]) == ("tone-none", "tone-zero", "tone-1", "tone-5")
    assert [island["name"] for island in drawn.islands] == ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]
    assert [tone.words for tone in drawn.legend][:1] == ["3 đến 8"]
    assert drawn.legend[-1].words == "chưa báo cáo"
    assert "Tỉnh 96: 34 phần" in [shape.says for shape in drawn.shapes]


def test_rows_that_are_not_just_today_s_provinces_make_no_map():
    states = {code: (NUMBER, 1) for code in CODES[:-1]}
    assert country(provinces(states)) is None
    assert country(provinces(states | {"02": (NUMBER, 1)})) is None


def test_all_thirty_four_provinces_are_drawn():
    assert len(CODES) == len(set(CODES)) == 34
