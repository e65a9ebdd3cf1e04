"""The time. Read once per request or task, then passed down as ``now``.

On a laptop the clock can be moved by a file that holds an offset in seconds: web, worker and beat read the
same file, so that a story of days can be told in a minute. Production has no such file (see settings).
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

_offset_file: Path | None = None


def use_offset_file(path: Path | None) -> None:
    """Let this process's clock follow ``path``; None gives it back the real time."""
    global _offset_file  # noqa: PLW0603 - one clock a process, set by its composition root
    _offset_file = path


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC) + offset()


def offset() -> timedelta:
    """How far the clock has been moved; nothing in production."""
    if _offset_file is None or not _offset_file.exists():
        return timedelta()
    return timedelta(seconds=float(_offset_file.read_text(encoding="ascii") or 0))


def move_to(moment: datetime) -> None:
    """Move the clock of every process that shares the offset file."""
    if _offset_file is None:
        raise RuntimeError("this clock cannot be moved: no offset file is in use")
    seconds = (moment - datetime.now(UTC)).total_seconds()
    draft = _offset_file.with_suffix(".new")
    draft.write_text(f"{seconds:.6f}", encoding="ascii")
    draft.replace(_offset_file)
