"""The processes of one laptop: web, worker, beat over the embedded servers, started and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from mathvidya.local.lifeline import end_with_parent
from mathvidya.local.servers import Servers, free_port, servers
from mathvidya.settings import ROOT, Settings

_READY_SECONDS = 60
_STOP_SECONDS = 10


class StackFailed(Exception):
    """A process ended, or never became ready; the message names its log."""


@dataclass(frozen=True)
class Stack:
    """A running house."""

    url: str
    servers: Servers
    processes: Mapping[str, subprocess.Popen[bytes]]

    def fallen(self) -> str | None:
        """The name of a process that has ended by itself."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)


@contextmanager
def stack(settings: Settings) -> Iterator[Stack]:
    """Everything of `make up`, ready to be used; stopped in reverse order at the end."""
    settings.var.mkdir(parents=True, exist_ok=True)
    with ExitStack() as exits:
        held = exits.enter_context(
            servers(settings.var, database_url=settings.database_url, redis_url=settings.redis_url)
        )
        port = _port(settings.port)
        url = f"http://127.0.0.1:{port}"
        environment = child_environment(settings, held, url)
        _run_to_end("prepare", ["-m", "mathvidya.cli", "prepare"], environment)
        processes = {
            name: exits.enter_context(_process(name, arguments, environment, settings.var))
            for name, arguments in _commands(port).items()
        }
        house = Stack(url, held, processes)
        _await_ready(house, settings.var)
        (settings.var / "address").write_text(url, encoding="ascii")
        exits.callback((settings.var / "address").unlink, missing_ok=True)
        yield house


def child_environment(settings: Settings, held: Servers, url: str) -> dict[str, str]:
    """What the processes are told: the same settings, with the addresses filled in."""
    return {
        **os.environ,
        "MATHVIDYA_DATABASE_URL": held.database_url,
        "MATHVIDYA_REDIS_URL": held.redis_url,
        "MATHVIDYA_PUBLIC_URL": url,
        "MATHVIDYA_VAR": str(settings.var),
        "MATHVIDYA_CLOCK_FILE": str(settings.clock_file or settings.var / "clock"),
        "PYTHONUNBUFFERED": "1",
    }


def _commands(port: int) -> dict[str, Sequence[str]]:
    workers = str(min(os.cpu_count() or 1, 4))
    return {
        "web": [
            "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", workers, "--blocking-threads", "4", "--respawn-failed-workers",
            "--no-ws", "--workers-kill-timeout", "5", "--log-level", "warning", "mathvidya.wsgi:app",
        ],
        "worker": [
            "-m", "celery", "--app", "mathvidya.worker:app", "worker",
            "--concurrency", "2", "--loglevel", "WARNING",
        ],
        "beat": [
            "-m", "celery", "--app", "mathvidya.worker:app", "beat", "--loglevel", "WARNING",
            "--schedule", "{var}/beat-schedule", "--pidfile", "",
        ],
    }  # fmt: skip


def _port(wanted: int) -> int:
    """``wanted`` if nobody listens there, else any free one."""
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", wanted))
            port: int = probe.getsockname()[1]
            return port
    except OSError:
        return free_port()


def _run_to_end(name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own module, run by this interpreter
        [sys.executable, *arguments],
        env=dict(environment),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackFailed(f"{name} failed:\n{done.stderr[-4000:]}")


@contextmanager
def _process(
    name: str, arguments: Sequence[str], environment: Mapping[str, str], var: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with (var / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own modules, run by this interpreter
            [sys.executable, *(argument.format(var=var) for argument in arguments)],
            env=dict(environment),
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches this process, which then stops its children in order
            preexec_fn=end_with_parent,  # noqa: PLW1509 - one thread here; it only calls prctl
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await_ready(house: Stack, var: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if (name := house.fallen()) is not None:
            raise StackFailed(f"{name} ended while starting; see {var / name}.log")
        if _healthy(house.url):
            return
        time.sleep(0.1)
    raise StackFailed(f"not ready within {_READY_SECONDS} s; see the logs in {var}")


def _healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/v1/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False
