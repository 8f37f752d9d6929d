"""Forms of the register: a kind's own questions in the order and the words of a card; each is a deed for the gate."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from sohoi.desk.inputs import YES_NO, RecordInput, fresh, record_form
from sohoi.ledger.draft import Draft
from sohoi.ledger.kinds import KindBody
from sohoi.people.masking import masked
from sohoi.people.models import Member, Standing, StandingKind
from sohoi.people.particulars import FLAGS
from sohoi.people.read.cards import sayings
from sohoi.people.registry import card_column
from sohoi.units.models import Unit

DAYS = {
    "member-admitted": "Ngày kết nạp",
    "member-enrolled": "Thuộc chi hội từ ngày",
    "member-left": "Thôi sinh hoạt từ ngày",
    "member-returned": "Ngày trở lại",
    "member-recognised": "Ngày công nhận",
    "member-derecognised": "Ngày thôi công nhận",
    "member-restood": "Từ ngày",
}
FIRST = ("name", "born", "phone", "standing", "man", "day", "unit")  # the rest folds away
PHONE_KEYS = {"phone": "tel", "id-number": "numeric"}
CORRECTED = (
    ("Họ tên, ngày sinh", ("name", "born", "man", "id-number", "ethnicity", "religion")),
    ("Liên hệ", ("phone", "address")),
    ("Hộ gia đình", ("home", "role")),
    ("Trình độ, công việc", ("occupation", "schooling", "qualification", "politics")),
    ("Đoàn thể, bảo hiểm", ("party", "union-member", "insured")),
)
HOME = ("home", "role")
MASKED = ("phone", "id-number", "religion", "ethnicity", "politics", "party")  # asked anew, never shown in a form


def newcomer_form(body: KindBody, fixed: Unit | None, today: date, data: Any = None, **initial: Any) -> RecordInput:
    """The form of an admission, or of a member who was one before: few questions first."""
    made = record_form(body, fixed.code if fixed else None, today)
    form = made(data, initial=fresh({"day": today, "standing": StandingKind.ORDINARY, **initial}))
    return _worded(form)


def deed_form(
    body: KindBody, card: Member, unit: Unit, today: date, standings: list[Standing], data: Any
) -> RecordInput:
    """The form of a deed about one card: whom and where it is about is known."""
    form = record_form(body, unit.code, today)(data, initial=fresh({"day": today, "standing": "ordinary"}))
    form.fields.pop("member", None)
    if "as" in form.fields:
        now = {row.kind for row in standings}
        wanted = {
            code for code in (body.fields[0].choices or {}) if (code in now) == (body.code == "member-derecognised")
        }
        left = [pair for pair in (body.fields[0].choices or {}).items() if pair[0] in wanted]
        form.fields["as"].choices = left  # type: ignore[attr-defined]  # made as a ChoiceField
        form.initial["as"] = left[0][0] if len(left) == 1 else ""
    if body.code == "member-restood":
        _other_ways(form, card, {row.kind for row in standings})
    return _worded(form)


def _other_ways(form: RecordInput, card: Member, now: set[str]) -> None:
    """The ways of belonging that are not hers; a man has none but the honorary one."""
    ways = {StandingKind.HONORARY} if card.man else {*StandingKind.values}
    left = [pair for pair in form.fields["standing"].choices if pair[0] in ways - now]  # type: ignore[attr-defined]  # a ChoiceField
    form.fields["standing"].choices = left  # type: ignore[attr-defined]  # made as a ChoiceField
    form.initial["standing"] = ""


def about(draft: Draft, card: Member, unit: Unit) -> Draft:
    """The deed is about this card in its branch, whatever a form sends."""
    return replace(draft, member=card.pk, unit=unit.code)


def _worded(form: RecordInput) -> RecordInput:
    """The day in the deed's own words, the keyboard that fits, suggestions for households; nothing sensitive is kept
    on the machine (L3 of the registry: number, religion, dân tộc, Party, lý luận chính trị)."""
    form.fields["day"].label = DAYS.get(form.body.code, "Ngày")
    for code, keys in PHONE_KEYS.items():
        if code in form.fields:
            form.fields[code].widget.attrs["inputmode"] = keys
    if "home" in form.fields:
        form.fields["home"].part = "desk/cards/home_field.html"  # type: ignore[attr-defined]  # read by the templates
    if "born" in form.fields:
        form.fields["born"].widget.attrs["placeholder"] = "12/3/1985 hoặc 1985"
    for code, asked in form.fields.items():
        column = card_column(code)
        if column and column.level == "L3":
            asked.widget.attrs["data-unkept"] = ""
    return form


class CorrectionInput(RecordInput):
    """What is on the card, to be written over; the deed tells only what was changed."""

    card: Member

    def draft(self) -> Draft:
        """Changed answers, and which were emptied; the same form sent twice is the same deed."""
        given, changed = self.cleaned_data, set(self.changed_data)
        said = self._values(given)
        told = {code: said[code] for code in said if code in changed and said[code] not in (None, "")}
        emptied = [code for code in said if code in changed and said[code] in (None, "") and code not in MASKED]
        emptied += [code for code in MASKED if given.get(f"drop-{code}") and code not in told]
        cleared = {"cleared": ", ".join(sorted(emptied))} if emptied else {}
        values = {**told, **cleared, "why": given.get("why", "")}
        return Draft(given["id"], self.body.code, given["unit"], given["day"], values, self.card.pk)


def correction_form(
    body: KindBody, card: Member, unit: Unit, today: date, data: Any = None, only: tuple[str, ...] = ()
) -> CorrectionInput:
    """The card as a form; `only` narrows it to some questions. What was seen is sent along, so that an answer which
    somebody else put right meanwhile is not put back."""
    plain = record_form(body, unit.code, today)
    made = type("CardInput", (CorrectionInput, plain), {"card": card})
    form: CorrectionInput = made(data, initial=fresh({"day": today, **_standing_answers(card)}))
    _narrow(form, card, only)
    form.fields["day"].widget = forms.HiddenInput()
    for code in form.fields:
        form.fields[code].asked = True  # type: ignore[attr-defined]  # read by the templates
        form.fields[code].show_hidden_initial = code not in ("id", "day", "unit", "why", *MASKED) and "drop" not in code
    _worded(form)
    return form


def _standing_answers(card: Member) -> dict[str, Any]:
    """What stands on the card, as the form's answers."""
    flags = {code: {True: "yes", False: "no"}.get(getattr(card, column), "") for code, column in FLAGS.items()}
    return sayings(card) | flags | {"role": card.role, "man": "yes" if card.man else "no"} | dict.fromkeys(MASKED, "")


def _narrow(form: CorrectionInput, card: Member, only: tuple[str, ...]) -> None:
    """Only the questions that are asked here; whether a man is asked of men alone; what is sealed can be dropped."""
    form.fields.pop("cleared", None)
    if not card.man:
        form.fields.pop("man", None)
    for code in MASKED:
        shown = masked(card, code)
        if shown.hidden and code in form.fields:
            form.fields[code].help_text = f"Đang có: {shown}. Không điền thì giữ nguyên."
            asked = form.fields[code]
            if isinstance(asked, forms.ChoiceField):
                asked.choices = [*YES_NO, ("", "Giữ nguyên")]
            drop = forms.BooleanField(required=False, label=f"Xóa {_mid(str(form.fields[code].label))}")
            drop.part = "desk/cards/drop.html"  # type: ignore[attr-defined]  # read by the templates
            form.fields[f"drop-{code}"] = drop
    form.fields["name"].required = True
    form.fields["name"].error_messages["required"] = "Chưa có họ tên. Điền đủ họ và tên."
    if only:
        for code in [one for one in form.fields if one not in (*only, "id", "day", "unit", "why")]:
            del form.fields[code]


def _mid(label: str) -> str:
    """A label in the middle of a sentence."""
    return label[:1].lower() + label[1:]
