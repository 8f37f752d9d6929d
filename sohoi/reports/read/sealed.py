"""Whether a version is still what was signed: its keyed hash, and its row beside the body that the hash covers."""

import json
from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest
from typing import Any

from sohoi.people.sealing import keyed
from sohoi.refusal import Refusal
from sohoi.reports.models import Version


def sealed_hash(report: int, number: int, position: int, body: str) -> bytes:
    """What a version is known by: whoever can write in the database but has not our key cannot make it."""
    return keyed("signed report", f"{report} {number} {position} {body}")


def intact(version: Version) -> bool:
    """Whether every byte of a version is still what was signed, and its row says what its body says."""
    return not altered(version)


def altered(version: Version) -> str:
    """What of a version is not as it was signed, in a few words; "" for one that is."""
    right = sealed_hash(version.report_id, version.number, version.position, version.body)
    if not compare_digest(bytes(version.hash), right):
        return "nội dung đã bị đổi"
    other = _rows_other(version, json.loads(version.body))
    return f"sổ báo cáo ghi khác bản đã ký về {', '.join(other)}" if other else ""


def whole(version: Version) -> Version:
    """The version itself; Refusal with a sentence for people when it is not what was signed."""
    wrong = altered(version)
    if wrong:
        raise Refusal(
            f"Bản {version.number} (mã {version.code}) không còn đúng như lúc ký: {wrong}. "
            "Không dùng bản này; báo quản trị hệ thống lấy lại bản lưu."
        )
    return version


def not_whole(versions: Iterable[int]) -> list[Version]:
    """Those of these versions (ids) that are not what was signed; one statement for any number of them."""
    rows = Version.objects.filter(pk__in=list(versions)).select_related("report__unit")
    return [version for version in rows.order_by("pk") if not intact(version)]


def _rows_other(version: Version, body: dict[str, Any]) -> list[str]:
    """In what the rows of a version and its report say otherwise than its body."""
    report = version.report
    pairs = {
        "đơn vị": (body["unit"], report.unit.code),
        "biểu mẫu": (body["form"]["code"], report.form),
        "kỳ": ((body["first"], body["last"]), (report.first.isoformat(), report.last.isoformat())),
        "số bản": ((body["number"], body["position"]), (version.number, version.position)),
        "người ký": (body["by"], version.by_id),
        "lúc ký": (datetime.fromisoformat(body["at"]), version.at),
        "mã tra cứu": ((body["paper"].get("qr") or "").rstrip("/").rpartition("/")[2], version.code),
    }
    return [name for name, (signed, kept) in pairs.items() if signed != kept]
