#!/usr/bin/env python3
"""`make demo`: PostgreSQL, migrations, the demonstration, then pages until Ctrl-C stops all of it.

`--no-serve` (or SERVE=0) ends after printing. A second run reuses what is there.
"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent
BEGUN = time.monotonic()


def main() -> int:
    """The exit code: 0 after the end or Ctrl-C while serving, 130 when stopped on the way, 1 when refused."""
    parser = argparse.ArgumentParser(description="Chạy thử Sổ Hội với dữ liệu minh họa.", add_help=False)
    parser.add_argument("--help", action="help", help="in phần này")
    parser.add_argument("--no-serve", action="store_true", help="chỉ chuẩn bị và in kết quả, không mở trang")
    only_print = parser.parse_args().no_serve or os.environ.get("SERVE") == "0"
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell's & has told us to ignore Ctrl-C
        signal.signal(number, _interrupt)
    try:
        from launcher import postgres
        from launcher.refusal import CannotStart
    except ImportError as missing:
        print(f"Thiếu thư viện {missing.name}. Hãy chạy bằng lệnh: make demo", file=sys.stderr)
        return 1
    server = None
    try:
        say("Khởi động PostgreSQL")
        server = postgres.provide(ROOT)
        if server is None:
            postgres.create_at(os.environ["DATABASE_URL"])
        prepare()
        return 0 if only_print else pages()
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("Đã dừng giữa chừng. Lần sau chạy lại sẽ làm tiếp.")
        return 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave the server behind
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if server:
            say("PostgreSQL đã dừng" if server.stop() else "PostgreSQL còn chạy: chương trình khác đang dùng")


def say(text: str) -> None:
    """One line with the seconds since the start."""
    seconds = f"{time.monotonic() - BEGUN:6.1f}".replace(".", ",")
    print(f"{seconds} giây  {text}")


def prepare() -> None:
    """Bring the database and the static files up to date, load the demonstration and show what came out."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sohoi.config.settings")
    os.environ.setdefault("SOHOI_HASHED_STATIC", "1")
    django.setup()
    from demo.load import run

    say("Cập nhật các bảng của cơ sở dữ liệu")
    call_command("migrate", verbosity=0, interactive=False)
    say("Gom các tệp tĩnh của trang")
    call_command("collectstatic", verbosity=0, interactive=False)
    outcome = run(say)
    print(f"\n{outcome.table}\n")
    for file in outcome.files:
        say(f"Đã viết {os.path.relpath(file, ROOT)}")
    print("\nĐăng nhập (tài khoản minh họa, chỉ dùng trên máy này):")
    for who, user, password in outcome.logins:
        print(f"  {user:<16} {password:<24} {who}")
    print()


def pages() -> int:
    """Serve until Ctrl-C."""
    from django.db import connections

    from launcher.serving import serve

    connections.close_all()
    say("Mở máy chủ web")
    try:
        serve(ROOT, lambda port: say(f"Sổ Hội đang chạy ở http://localhost:{port}/ (Ctrl-C để dừng)"))
    except KeyboardInterrupt:
        say("Đã dừng máy chủ web")
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
