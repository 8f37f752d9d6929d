"""How like two cards are: the reasons to think that they are of one woman, those against, and a score. Pure."""

from dataclasses import dataclass

from sohoi.people.matching import spelling
from sohoi.people.models import Member
from sohoi.vietnamese import plain, sort_key

LIKELY = 45  # from here on a pair is shown


@dataclass(frozen=True)
class Likeness:
    """`reasons` for, `doubts` against, both in words; `score` orders the pairs."""

    score: int
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """Whether a person should look at the pair."""
        return self.score >= LIKELY


def likeness(one: Member, other: Member, communes: dict[int, int] | None = None) -> Likeness:
    """Two cards held against each other; `communes` says in which commune a branch stands."""
    return _weighed([*_herself(one, other), *_place(one, other, communes or {})])


def likeness_typed(typed: Member, card: Member) -> Likeness:
    """What is typed so far against a card: where she will belong, and what is still to be typed, says nothing yet."""
    return _weighed(_herself(typed, card), least=10)


def _herself(one: Member, other: Member) -> list[tuple[int, str]]:
    """What the two say of her, wherever she belongs."""
    return [_name(one, other), *_birth(one, other), *_contact(one, other)]


def _weighed(found: list[tuple[int, str]], least: int = 1) -> Likeness:
    """Points added up; reasons of fewer than `least` count and are not said."""
    return Likeness(
        sum(points for points, _ in found),
        tuple(words for points, words in found if points >= least),
        tuple(words for points, words in found if points < 0),
    )


def _name(one: Member, other: Member) -> tuple[int, str]:
    """How the two names are one, or are not."""
    if sort_key(one.name.casefold()) == sort_key(other.name.casefold()):
        return 40, "Cùng họ tên"
    if plain(one.name) == plain(other.name):
        return 25, "Họ tên chỉ khác dấu"
    if spelling(one.name) == spelling(other.name):
        return 20, "Họ tên chỉ khác cách viết (i/y, d/gi)"
    if one.match and one.match == other.match:
        return 20, "Họ tên cùng các chữ, khác thứ tự"
    if plain(one.name).split()[-1:] == plain(other.name).split()[-1:]:
        return 10, "Cùng tên gọi, khác họ hoặc chữ đệm"
    return -20, "Khác họ tên"


def _birth(one: Member, other: Member) -> list[tuple[int, str]]:
    """What the days of birth say for or against."""
    a, b = one.birth_date, other.birth_date
    if a and b:
        if a == b:
            return [(40, "Cùng ngày sinh")]
        if (a.year, a.month, a.day) == (b.year, b.day, b.month):
            return [(20, "Ngày và tháng sinh đổi chỗ cho nhau")]
        return [(-40, "Khác ngày sinh")]
    if one.birth_year and other.birth_year:
        if one.birth_year != other.birth_year:
            return [(-40, "Khác năm sinh")]
        return [(20, "Cùng năm sinh, một thẻ chỉ có năm" if a or b else "Cùng năm sinh")]
    return (
        [(5, "Một thẻ chưa có năm sinh")] if one.birth_year or other.birth_year else [(2, "Hai thẻ chưa có năm sinh")]
    )


def _contact(one: Member, other: Member) -> list[tuple[int, str]]:
    """What telephone and ID number say; numbers are unique, so two of them are two women, or one mistyped."""
    found = []
    if one.phone and other.phone:
        found.append((40, "Cùng số điện thoại") if one.phone == other.phone else (-5, "Khác số điện thoại"))
    if one.id_index and other.id_index:
        found.append((-40, "Hai số định danh khác nhau"))
    return found


def _place(one: Member, other: Member, communes: dict[int, int]) -> list[tuple[int, str]]:
    """Where the two live."""
    found = []
    if one.household_id and one.household_id == other.household_id:
        found.append((20, "Cùng hộ"))
    here, there = (communes.get(card.unit_id or 0) for card in (one, other))
    if one.unit_id == other.unit_id:
        found.append((10, "Cùng chi hội"))
    elif here and here == there:
        found.append((5, "Cùng cơ sở, khác chi hội"))
    else:
        found.append((1, "Ở hai cơ sở khác nhau, có thể đã chuyển đi"))
    return found
