"""Her picture: drawn anew, small, from what was sent, so that nothing hidden in the file stays; and taken away."""

import io
from typing import IO

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from sohoi.people.models import Correction, Member, Photo
from sohoi.people.read.cards import TOLD
from sohoi.refusal import Refusal
from sohoi.rights.may import may
from sohoi.rights.models import Account

LARGEST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000  # unpacked some 100 MB; a bomb says its size before it is unpacked
SIDE = 480
FORMATS = ("JPEG", "PNG", "WEBP")
NOT_A_PICTURE = "Tệp này không phải ảnh JPEG, PNG hay WEBP đọc được. Chọn ảnh khác."


@transaction.atomic
def keep_photo(card: Member, sent: IO[bytes], *, by: Account) -> Photo:
    """Keep her picture as a JPEG of at most 480 x 480, without what the camera wrote into it (place, time).

    Raises Refusal for what is no picture, too large in bytes or in points, or without the right.
    """
    _check_right(card, by)
    body = sent.read(LARGEST_BYTES + 1)
    if len(body) > LARGEST_BYTES:
        raise Refusal("Ảnh lớn hơn 5 MB. Chọn ảnh nhỏ hơn, hoặc chụp lại ở cỡ nhỏ.")
    jpeg = redrawn(body)
    row, made = Photo.objects.update_or_create(member=card, defaults={"jpeg": jpeg})
    _tell(card, "" if made else TOLD, TOLD, by)
    return row


@transaction.atomic
def drop_photo(card: Member, *, by: Account) -> None:
    """Take her picture away; nothing of it stays. Raises Refusal without the right."""
    _check_right(card.same_as or card, by)
    gone, _ = Photo.objects.filter(member=card).delete()
    if gone:
        _tell(card, TOLD, "", by)


def redrawn(body: bytes) -> bytes:
    """The picture drawn anew, upright, small. Raises Refusal for what is none or would unpack to too much."""
    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refusal("Ảnh có quá nhiều điểm ảnh. Chọn ảnh nhỏ hơn, hoặc chụp lại ở cỡ nhỏ.")
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except Refusal:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Refusal(NOT_A_PICTURE) from error
    upright.thumbnail((SIDE, SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _check_right(card: Member, by: Account) -> None:
    """Whoever keeps the register of her branch."""
    if card.unit is None or not may(by, "people", card.unit):
        raise Refusal("Thẻ này do đơn vị khác giữ nên không đổi được ảnh. Nhờ đơn vị ấy hoặc Hội cấp trên làm giúp.")


def _tell(card: Member, before: str, after: str, by: Account) -> None:
    """That there is another picture stands in the card's history; the picture that was does not."""
    Correction.objects.create(member=card, column="photo", before=before, after=after, by=by)
