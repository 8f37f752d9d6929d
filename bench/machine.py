"""What the machine is, and the settings of the bench's server that follow from it; what a process has held of it."""

import os
import platform
import resource
from pathlib import Path
from typing import Any

import psycopg

MEMORY = Path("/proc/meminfo")
PROCESSOR = Path("/proc/cpuinfo")
STATUS = Path("/proc/self/status")
TOLD = ("shared_buffers", "work_mem", "maintenance_work_mem", "effective_cache_size", "random_page_cost", "fsync",
        "synchronous_commit", "wal_level", "max_wal_size", "checkpoint_timeout", "max_parallel_workers_per_gather",
        "jit", "data_checksums")  # fmt: skip


def memory_mb() -> int:
    """All memory of the machine, in MB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


def held_mb() -> int:
    """The most that this process and the largest of its children have held. Of itself by its own page tables: what
    `getrusage` says of a process includes what its parent held before it became itself."""
    own = int(STATUS.read_text("ascii").split("VmHWM:")[1].split()[0])
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def settings() -> dict[str, str]:
    """Stated settings: commits wait for the disk, the totals fit in memory, no checkpoint in a short round."""
    buffers = min(4096, memory_mb() // 4)
    return {
        "fsync": "on",
        "synchronous_commit": "on",
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{memory_mb() // 2}MB",
        "work_mem": "64MB",
        "maintenance_work_mem": f"{min(1024, buffers // 2)}MB",
        "random_page_cost": "1.1",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "8GB",
        "checkpoint_timeout": "30min",
        "max_parallel_workers_per_gather": "1",
        "max_connections": "60",
    }


def described(link: psycopg.Connection[Any]) -> dict[str, Any]:
    """Processor, cores, memory, load before we begin, PostgreSQL and its settings."""
    shown = {name: link.execute(f"show {name}").fetchone() for name in TOLD}
    version = link.execute("select version()").fetchone()
    return {
        "cpu": _processor(),
        "cores": os.cpu_count(),
        "memory_mb": memory_mb(),
        "system": platform.platform(),
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "postgresql": version[0] if version else "",
        "settings": {name: row[0] for name, row in shown.items() if row},
    }


def _processor() -> str:
    """The model's name, where the system says it."""
    if PROCESSOR.exists():
        for line in PROCESSOR.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
