"""Made-up names of women, Kinh and Khmer, and of some men. Whoever bears one of them was not meant."""

from random import Random

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Trương",
)  # fmt: skip
MIDDLES = ("Thị", "Thị Kim", "Thị Mỹ", "Thị Thanh", "Thị Bích", "Thị Hồng", "Thị Cẩm", "Thị Diễm", "Thị Xuân")
GIVENS = (
    "An", "Bé", "Chi", "Diệu", "Dung", "Đào", "Giang", "Hà", "Hạnh", "Hiền", "Hương", "Lài", "Lành", "Liễu", "Loan",
    "Lụa", "Mai", "Miên", "Ngân", "Nhàn", "Nhung", "Oanh", "Phụng", "Phượng", "Quyên", "Sen", "Thắm", "Thơm", "Thúy",
    "Trâm", "Trinh", "Tuyết", "Út", "Vân", "Xuyến", "Yến",
)  # fmt: skip
MEN_MIDDLES = ("Văn", "Hữu", "Minh", "Thanh", "Công", "Quốc")
MEN_GIVENS = ("Bình", "Cường", "Dũng", "Hải", "Hùng", "Khánh", "Lâm", "Nghĩa", "Phước", "Sang", "Tài", "Thành", "Vinh")
KHMER_FAMILIES = ("Thạch", "Sơn", "Kim", "Danh", "Lý")
KHMER_GIVENS = ("Sa Rây", "Sa Rinh", "Sô Phia", "Chanh Tha", "Ry Na", "Thia Ri", "Sa Vươn", "Đa Ri", "Phol Ly", "Na Ri")


def woman(rng: Random, khmer: bool) -> str:
    """One name."""
    if khmer:
        return f"{rng.choice(KHMER_FAMILIES)} Thị {rng.choice(KHMER_GIVENS)}"
    return f"{rng.choice(FAMILIES)} {rng.choice(MIDDLES)} {rng.choice(GIVENS)}"


def women(count: int, rng: Random, khmer_in_ten: int = 0) -> list[str]:
    """`count` different names; about `khmer_in_ten` of ten are Khmer, as in Sóc Trăng."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[woman(rng, rng.randrange(10) < khmer_in_ten)] = None
    return list(found)


def man(rng: Random) -> str:
    """One name of a man: the head of a household, or an honorary member."""
    return f"{rng.choice(FAMILIES)} {rng.choice(MEN_MIDDLES)} {rng.choice(MEN_GIVENS)}"
