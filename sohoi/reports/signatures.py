"""What stands above a signature, by who signs and for whom (Decree 30/2020; handbook 4.5). Pure.

Said in the State's way, "TM.", "KT."; a Party paper writes "T/M", "K/T" by itself (writers/official.py).
"""

from typing import Literal

Mode = Literal["", "TM", "KT", "TL", "Q"]
HEAD = "CHỦ TỊCH"
BRANCH_HEAD = "CHI HỘI TRƯỞNG"


def signature(role: str, mode: Mode = "", body: str = "", *, head: str = HEAD) -> str:
    """The lines above the name, joined by line ends. `role` is the signer's own post, "Phó Chủ tịch".

    "": in her own right. "TM" (thay mặt): for `body`, a body that decides together. "KT" (ký thay): a deputy for
    `head`; with a body also for that. "TL" (thừa lệnh): by order of `body`, else of `head`. "Q" (quyền): acting in
    the post.
    Raises ValueError for TM without a body.
    """
    role, body, head = role.upper(), body.upper(), head.upper()
    if mode == "TM" and not body:
        raise ValueError("Ký thay mặt (TM.) phải nêu tập thể, ví dụ Ban Thường vụ.")
    for_all = [f"TM. {body}"] if body else []
    lines = {
        "": [role],
        "TM": [*for_all, role],
        "KT": [*for_all, f"KT. {head}", role],
        "TL": [f"TL. {body or head}", role],
        "Q": [*for_all, f"Q. {role}"],
    }
    return "\n".join(lines[mode])
