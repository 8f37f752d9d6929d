"""The private folder of this checkout, and the account that PostgreSQL runs under.

PostgreSQL refuses to run as root. A normal user therefore keeps everything in `.data/` of the checkout;
root keeps it in a folder of its own and runs the server as an account that exists already. Refuses any
folder that is not really ours, and never touches owner or mode of a folder it did not make itself.
"""

import hashlib
import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher.refusal import CannotStart

SYSTEM_STATE = Path("/var/lib")  # not /var/tmp: cleaners there remove files of a month ago
SHORT = Path("/tmp")  # only for sockets when the path of the checkout is too long for one
SOCKET_PATH_BYTES = 90
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Place:
    """`folder` is ours alone; `account` runs the server (our own account unless we are root)."""

    folder: Path
    account: pwd.struct_passwd

    def run(self, command: Sequence[str | Path], seconds: float) -> subprocess.CompletedProcess[str]:
        """Run `command` as the account, away from our terminal, with a clean environment."""
        other = self.account if self.account.pw_uid != os.geteuid() else None
        try:
            return subprocess.run(
                [str(word) for word in command],
                check=False,
                timeout=seconds,
                env={"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)},
                cwd="/",
                umask=0o077,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,  # else Ctrl-C would stop the server before those who use it
                user=other and other.pw_uid,
                group=other and other.pw_gid,
                extra_groups=[] if other else None,
            )
        except (OSError, subprocess.SubprocessError) as error:
            who = self.account.pw_name
            raise CannotStart(f"Không chạy được {command[0]} bằng tài khoản {who}: {error}.") from error


def of(root: Path) -> Place:
    """The place of the checkout at `root`, made if absent. Raises CannotStart where it cannot be ours."""
    if os.geteuid() != 0:
        account = pwd.getpwuid(os.geteuid())
        return Place(own_folder(root.resolve() / ".data", 0o700, account), account)
    folder = own_folder(SYSTEM_STATE / f"sohoi-{digest(root.resolve())}", 0o711, pwd.getpwuid(0))
    return Place(folder, _unprivileged(folder))


def own_folder(path: Path, mode: int, owner: pwd.struct_passwd) -> Path:
    """Make `path` for `owner`, or accept the one that is there when it is a real folder of that owner."""
    try:
        os.mkdir(path, mode)
        os.chmod(path, mode)  # the umask may have taken bits away
        if owner.pw_uid != os.geteuid():
            os.chown(path, owner.pw_uid, owner.pw_gid)
    except FileExistsError:
        pass  # looked at below, like the one just made
    except OSError as error:
        raise CannotStart(f"Không tạo được thư mục {path}: {error.strerror}. Hãy xem quyền ghi.") from error
    found = os.lstat(path)
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and found.st_mode & 0o022:
        os.chmod(path, mode)  # ours, made by another program under a generous umask
        found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid or found.st_mode & 0o022:
        raise CannotStart(
            f"Thư mục {path} không phải của riêng tài khoản {owner.pw_name}, hoặc người khác ghi được vào đó "
            "nên không dùng để giữ dữ liệu. Hãy xem lại thư mục ấy, đổi tên hoặc xóa nó rồi chạy lại."
        )
    return path


def socket_folder(home: Path, account: pwd.struct_passwd) -> Path:
    """A private folder for the socket, short and plain enough for the 107 bytes that systems allow."""
    inside = home / "s"
    plain = not set(str(inside)) & set(",\"'\\ ")
    if plain and len(os.fsencode(inside)) < SOCKET_PATH_BYTES:
        return own_folder(inside, 0o700, account)
    return own_folder(SHORT / f"sohoi-{account.pw_uid}-{digest(home)}", 0o700, account)


def digest(path: Path) -> str:
    """Ten letters that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def _unprivileged(folder: Path) -> pwd.struct_passwd:
    """Who already owns clusters here goes on; else the first account of the list that the system has."""
    owners = {entry.stat(follow_symlinks=False).st_uid for entry in os.scandir(folder)} - {0}
    known = {account.pw_uid: account for account in pwd.getpwall()}
    candidates = [known.get(uid) for uid in sorted(owners)]
    candidates += [account for name in ACCOUNTS for account in known.values() if account.pw_name == name]
    for account in candidates:
        if account and account.pw_uid != 0:
            return account
    raise CannotStart(
        "PostgreSQL không chạy bằng root, mà máy này không có tài khoản postgres hay nobody. "
        "Hãy chạy bằng một tài khoản thường, hoặc đặt DATABASE_URL tới một máy chủ PostgreSQL có sẵn."
    )
