"""Make the map of today's 34 provinces from a map of the 63 old ones: a developer's script.

Holds the table old province -> new province and the places of the islands the old map lacks or misplaces.
Refuses an old map in which a province is missing or left over, so that no part of the country is lost unseen.

How to run, from the repository's root, in a scratch environment (shapely is not of the project):

    npm pack @svg-maps/vietnam@2.0.0 && tar xzf svg-maps-vietnam-2.0.0.tgz
    python3 -m venv scratch && scratch/bin/pip install 'shapely>=2.1,<3'
    scratch/bin/python docs/make_map.py package/vietnam.svg sohoi/desk/static/desk/map/provinces.json
"""

import json
import re
import sys
from pathlib import Path

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

# State code since 1 July 2025: (name, the old provinces that make it up, by their id in the old map).
PROVINCES: dict[str, tuple[str, str]] = {
    "01": ("Hà Nội", "hanoi"),
    "04": ("Cao Bằng", "caobang"),
    "08": ("Tuyên Quang", "tuyenquang hagiang"),
    "11": ("Điện Biên", "dienbien"),
    "12": ("Lai Châu", "laichau"),
    "14": ("Sơn La", "sonla"),
    "15": ("Lào Cai", "laocai yenbai"),
    "19": ("Thái Nguyên", "thainguyen backan"),
    "20": ("Lạng Sơn", "langson"),
    "22": ("Quảng Ninh", "quangninh"),
    "24": ("Bắc Ninh", "bacninh bacgiang"),
    "25": ("Phú Thọ", "phutho vinhphuc hoabinh"),
    "31": ("Hải Phòng", "haiphong haiduong"),
    "33": ("Hưng Yên", "hungyen thaibinh"),
    "37": ("Ninh Bình", "ninhbinh namdinh hanam"),
    "38": ("Thanh Hóa", "thanhhoa"),
    "40": ("Nghệ An", "nghean"),
    "42": ("Hà Tĩnh", "hatinh"),
    "44": ("Quảng Trị", "quangtri quangbinh"),
    "46": ("Huế", "tthue"),
    "48": ("Đà Nẵng", "danang quangnam"),
    "51": ("Quảng Ngãi", "quangngai kontum"),
    "52": ("Gia Lai", "gialai binhdinh"),
    "56": ("Khánh Hòa", "khanhhoa ninhthuan"),
    "66": ("Đắk Lắk", "daklak phuyen"),
    "68": ("Lâm Đồng", "lamdong daknong binhthuan"),
    "75": ("Đồng Nai", "dongnai binhphuoc"),
    "79": ("TP. Hồ Chí Minh", "hcm binhduong baria"),
    "80": ("Tây Ninh", "tayninh longan"),
    "82": ("Đồng Tháp", "dongthap tiengiang"),
    "86": ("Vĩnh Long", "vinhlong bentre travinh"),
    "91": ("An Giang", "angiang kiengiang"),
    "92": ("Cần Thơ", "cantho haugiang soctrang"),
    "96": ("Cà Mau", "camau baclieu"),
}

# Drawn from their true places below: the old map has Hoàng Sa more than 100 km too far south-east, and with
# Trường Sa it draws the shoals of the continental shelf, which are no part of that archipelago.
REPLACED = {"hoangsa", "truongsa"}

# (north, east) in degrees and minutes, of islands too small for a shape: each is drawn as a dot.
Place = tuple[tuple[int, float], tuple[int, float]]
HOANG_SA: dict[str, Place] = {
    "Hoàng Sa": ((16, 32.0), (111, 36.5)),
    "Hữu Nhật": ((16, 30.3), (111, 35.1)),
    "Quang Ảnh": ((16, 26.8), (111, 30.5)),
    "Quang Hòa": ((16, 26.9), (111, 42.5)),
    "Duy Mộng": ((16, 27.8), (111, 44.3)),
    "Tri Tôn": ((15, 47.2), (111, 11.8)),
    "Đá Bắc": ((17, 6.0), (111, 30.8)),
    "Phú Lâm": ((16, 50.2), (112, 20.1)),
    "Đảo Cây": ((16, 58.8), (112, 16.1)),
    "Đảo Nam": ((16, 56.9), (112, 19.8)),
    "Linh Côn": ((16, 40.1), (112, 43.8)),
    "Bông Bay": ((16, 2.4), (112, 30.4)),
}
TRUONG_SA: dict[str, Place] = {
    "Trường Sa": ((8, 38.7), (111, 55.2)),
    "Đá Lát": ((8, 40.0), (111, 40.6)),
    "Đá Tây": ((8, 51.0), (112, 12.0)),
    "Trường Sa Đông": ((8, 55.9), (112, 20.9)),
    "Đá Đông": ((8, 49.7), (112, 35.8)),
    "Châu Viên": ((8, 52.0), (112, 50.0)),
    "Phan Vinh": ((8, 58.0), (113, 41.8)),
    "Tốc Tan": ((8, 48.8), (113, 59.0)),
    "Núi Le": ((8, 42.6), (114, 11.1)),
    "Tiên Nữ": ((8, 51.3), (114, 39.3)),
    "Thuyền Chài": ((8, 11.0), (113, 18.6)),
    "An Bang": ((7, 52.2), (112, 54.2)),
    "Chữ Thập": ((9, 33.0), (112, 53.4)),
    "Đá Lớn": ((10, 3.7), (113, 51.1)),
    "Sinh Tồn": ((9, 53.2), (114, 19.7)),
    "Sinh Tồn Đông": ((9, 54.2), (114, 33.6)),
    "Gạc Ma": ((9, 43.2), (114, 16.7)),
    "Len Đao": ((9, 46.8), (114, 22.2)),
    "Nam Yết": ((10, 10.9), (114, 21.6)),
    "Ba Bình": ((10, 22.6), (114, 21.9)),
    "Sơn Ca": ((10, 22.6), (114, 28.7)),
    "Loại Ta": ((10, 40.1), (114, 25.4)),
    "Thị Tứ": ((11, 3.2), (114, 17.1)),
    "Xu Bi": ((10, 55.4), (114, 5.0)),
    "Song Tử Tây": ((11, 25.8), (114, 19.8)),
    "Song Tử Đông": ((11, 27.3), (114, 21.3)),
    "Bến Lạc": ((11, 4.9), (115, 1.4)),
    "Vĩnh Viễn": ((10, 44.0), (115, 48.3)),
    "Vành Khăn": ((9, 54.0), (115, 32.2)),
    "Cỏ Mây": ((9, 44.6), (115, 52.0)),
}
NEAR_ISLANDS: dict[str, dict[str, Place]] = {
    "31": {"Bạch Long Vĩ": ((20, 8.0), (107, 43.5))},
    "44": {"Cồn Cỏ": ((17, 9.6), (107, 20.4))},
    "51": {"Lý Sơn": ((15, 22.9), (109, 7.0))},
    "91": {
        "Thổ Chu": ((9, 18.3), (103, 28.7)),
        "Nam Du": ((9, 40.8), (104, 21.0)),
        "Hòn Tre": ((9, 58.3), (104, 50.5)),
    },
}
ARCHIPELAGOS = [("Quần đảo Hoàng Sa", "48", HOANG_SA), ("Quần đảo Trường Sa", "56", TRUONG_SA)]

# The old map is drawn straight in degrees; fitted on the middles of 63 provinces, mean error 0.03 degrees.
WEST, EAST_PER_UNIT = 102.1339, 0.0192753
NORTH, SOUTH_PER_UNIT = 23.4762, 0.0185350

SNAP = 0.02  # map units; 1 unit is about 2 km
CRACK = 0.2  # units: a slit or hole between provinces up to twice as wide is a fault of drawing, not water
SIMPLIFY = 0.12
SMALLEST_ISLAND, SMALLEST_LAKE = 0.25, 1.0  # square units
DOT = 2.2  # radius of a dot, units
LABEL_SIZE = 27  # units: about 12 px on a 360 px telephone
MARGIN = 10  # units between an archipelago's outermost dot and its frame
VIEW_BOX = (-4, -4, 760, 862)
CREDIT = "Bản đồ: Trương Thanh Bình, @svg-maps/vietnam 2.0.0, CC BY 4.0; Sổ Hội gộp thành 34 tỉnh, thành phố."


def read_old_map(svg: str) -> dict[str, BaseGeometry]:
    """Return each old province's shape by its id."""
    paths = re.findall(r'<path\s+id="(\w+)"[^>]*?\sd="([^"]+)"', svg)
    return {name: as_shape(d) for name, d in paths if name not in REPLACED}


def as_shape(d: str) -> BaseGeometry:
    """Return the area inside an SVG path of straight lines; ValueError on a curve."""
    rings: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for command, body in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        if command not in "mMlLzZ":
            raise ValueError(f"Only straight lines are understood, not {command!r}.")
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", body)]
        for nth, (dx, dy) in enumerate(zip(numbers[::2], numbers[1::2], strict=True)):
            x, y = (x + dx, y + dy) if command.islower() else (dx, dy)
            if command in "mM" and nth == 0:
                rings.append([])
            rings[-1].append((x, y))
        if command in "zZ":
            x, y = rings[-1][0]
    closed = [Polygon(ring) for ring in rings if len(ring) > 3]
    areas = shapely.make_valid(closed, method="structure", keep_collapsed=False)
    return shapely.set_precision(shapely.union_all(areas), SNAP)


def provinces_of(old: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Return the 34 shapes by State code, with no crack and no overlap between neighbours."""
    new_of = {part: code for code, (_, parts) in PROVINCES.items() for part in parts.split()}
    if set(new_of) != set(old):
        raise ValueError(f"The old map and the table differ: {sorted(set(new_of) ^ set(old))}")
    united: dict[str, list[BaseGeometry]] = {code: [] for code in PROVINCES}
    for part, face in whole_faces(old):
        united[new_of[part]].append(face)
    return simplified({code: shapely.union_all(faces) for code, faces in united.items()})


def whole_faces(old: dict[str, BaseGeometry]) -> list[tuple[str, BaseGeometry]]:
    """Cut the country along every border and give each face, cracks too, to exactly one old province."""
    country = shapely.union_all(list(old.values())).buffer(CRACK).buffer(-CRACK)
    borders = shapely.union_all([shape.boundary for shape in [*old.values(), country]], grid_size=SNAP)
    faces: list[tuple[str, BaseGeometry]] = []
    for face in shapely.polygonize(list(borders.geoms)).geoms:
        inside = face.representative_point()
        owners = [name for name, shape in old.items() if shape.covers(inside)]
        if owners or country.covers(inside):
            faces.append((owners[0] if owners else longest_neighbour(face, old), face))
    return faces


def longest_neighbour(crack: BaseGeometry, old: dict[str, BaseGeometry]) -> str:
    """Return the old province that runs along most of a crack's edge."""
    edge = crack.buffer(SNAP * 2)
    return max(old, key=lambda name: old[name].intersection(edge).area)


def simplified(shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Drop points that are not seen, the same ones on both sides of a border, and specks of land."""
    codes = list(shapes)
    simple = shapely.coverage_simplify([shapes[code] for code in codes], SIMPLIFY)
    return {code: without_specks(shape) for code, shape in zip(codes, simple, strict=True)}


def without_specks(shape: BaseGeometry) -> MultiPolygon:
    """Keep the parts large enough to be seen; holes in them smaller than that are filled."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.area >= SMALLEST_ISLAND]
    return MultiPolygon(
        [Polygon(p.exterior, [h for h in p.interiors if Polygon(h).area >= SMALLEST_LAKE]) for p in parts]
    )


def place(where: Place) -> tuple[float, float]:
    """Return where a place lies on the map, in units."""
    (north, north_minutes), (east, east_minutes) = where
    x = (east + east_minutes / 60 - WEST) / EAST_PER_UNIT
    return x, (NORTH - north - north_minutes / 60) / SOUTH_PER_UNIT


def as_path(shape: MultiPolygon) -> str:
    """Return SVG path data in steps of a tenth of a unit; the steps are exact, so neighbours stay joined."""
    return "".join(ring_path(ring) for part in shape.geoms for ring in [part.exterior, *part.interiors])


def ring_path(ring: LineString) -> str:
    """Return one closed ring: an absolute start, then relative steps."""
    points = [(round(x * 10), round(y * 10)) for x, y in ring.coords[:-1]]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(points, points[1:], strict=False) if a != b]
    moves = " ".join(f"{number(dx)} {number(dy)}" for dx, dy in steps).replace(" -", "-")
    return f"M{number(points[0][0])} {number(points[0][1])}l{moves}z"


def number(tenths: int) -> str:
    """Return a count of tenths in the shortest form SVG reads: 5 is .5, -20 is -2."""
    return re.sub(r"^(-?)0\.", r"\1.", f"{tenths / 10:g}")


def dot_path(where: Place) -> str:
    """Return a small circle at a place."""
    x, y = (round(v, 1) for v in place(where))
    return f"M{x - DOT:.1f} {y:.1f}a{DOT} {DOT} 0 1 0 {2 * DOT} 0a{DOT} {DOT} 0 1 0-{2 * DOT} 0z"


def archipelago(name: str, code: str, islands: dict[str, Place]) -> dict[str, object]:
    """Return the frame around an archipelago and the middle of its label's baseline, just above the frame."""
    xs, ys = zip(*(place(where) for where in islands.values()), strict=True)
    left, top = round(min(xs) - MARGIN), round(min(ys) - MARGIN)
    right, bottom = round(max(xs) + MARGIN), round(max(ys) + MARGIN)
    label = {"x": (left + right) // 2, "y": top - LABEL_SIZE // 3, "size": LABEL_SIZE}
    frame = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    return {"name": name, "province": code, **label, "frame": frame}


def whole_map(svg: str) -> dict[str, object]:
    """Return all that the page needs to draw the country."""
    shapes = provinces_of(read_old_map(svg))
    dots = NEAR_ISLANDS | {code: islands for _, code, islands in ARCHIPELAGOS}
    provinces = []
    for code, (name, _) in PROVINCES.items():
        islands = "".join(dot_path(where) for where in dots.get(code, {}).values())
        provinces.append({"code": code, "name": name, "path": as_path(shapes[code]) + islands})
    return {
        "credit": CREDIT,
        "viewBox": " ".join(map(str, VIEW_BOX)),
        "provinces": provinces,
        "islands": [archipelago(*each) for each in ARCHIPELAGOS],
    }


def write(made: dict[str, object], target: Path) -> None:
    """Write the map with a province a line, so that a change of it can be read."""
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    text = text.replace('{"code"', '\n{"code"').replace('"islands"', '\n"islands"')
    target.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    write(whole_map(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]))
