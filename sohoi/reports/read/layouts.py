"""The Word layout that a signed paper was written with, as it was on that day."""

from hashlib import sha256

from sohoi.refusal import Refusal
from sohoi.reports.models import KeptLayout, Version
from sohoi.reports.read.merging import said_by


def layout_hash(body: bytes) -> str:
    """What a layout is known by."""
    return sha256(body).hexdigest()


def layout_signed(version: Version) -> bytes | None:
    """The layout's bytes; None for a version of before they were kept.

    Raises Refusal when it is gone or is not what it was: that paper is not written as something else.
    """
    wanted = said_by(version).get("layout")
    if wanted is None:
        return None
    row = KeptLayout.objects.filter(pk=wanted).first()
    if row is None or layout_hash(bytes(row.body)) != wanted:
        raise Refusal(
            "Tệp trình bày Word của bản đã ký không còn như lúc ký, không tải Word được. Báo quản trị hệ thống."
        )
    return bytes(row.body)


def layout_lost(version: Version) -> bool:
    """Whether the layout that a version names is gone or changed."""
    try:
        layout_signed(version)
    except Refusal:
        return True
    return False
