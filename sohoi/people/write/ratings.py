"""“5 không, 3 sạch”: a household's eight criteria (handbook 5), rated once a year; all met, it is at the standard."""

from collections.abc import Sequence
from uuid import UUID

from sohoi.people.deeds import Answer, Deed, Told, undoes, writes
from sohoi.people.models import Rating
from sohoi.people.write.statuses import each_home
from sohoi.refusal import Refusal

STANDARD = "five-no-three-clean"
CRITERIA = (
    "no-poverty", "no-crime", "no-violence", "no-third-child", "no-hungry-child",
    "clean-house", "clean-kitchen", "clean-lane",
)  # fmt: skip


@writes
def rate(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """Keep which criteria the household met in the year told. Fills in `met`: 1 when all eight, and the `standard`."""
    return each_home(deeds, _rate)


def _rate(deed: Deed) -> Told:
    year = deed.values["year"]
    if not deed.day.year - 1 <= year <= deed.day.year:
        raise Refusal(f"Bình xét năm {year} ghi trong năm ấy, hoặc năm sau. Xem lại năm, hoặc ngày.", "year")
    told = {"household_id": deed.household, "standard": STANDARD, "year": year}
    if Rating.objects.filter(**told).exists():
        raise Refusal(f"Hộ này đã bình xét năm {year}. Nếu ghi nhầm, hủy lần trước rồi ghi lại.", "year")
    met = [code for code in CRITERIA if deed.values.get(code)]
    Rating.objects.create(met=met, record=deed.id, **told)
    return Told(deed.household or 0, {"met": int(len(met) == len(CRITERIA)), "standard": STANDARD})


@undoes
def unrate(deed: Deed) -> None:
    """The household was not rated: it may be rated again, rightly this time."""
    Rating.objects.filter(household=deed.household, standard=STANDARD, record=deed.id).delete()
