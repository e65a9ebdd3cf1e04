"""How long `make up` takes until every part answers, once installed."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figure import Figure
from mathvidya.local.servers import servers
from mathvidya.local.stack import stack
from mathvidya.settings import Settings

_GOAL_SECONDS = 15.0


def run() -> Sequence[Figure]:
    """A first start (empty data, migrations, seeds) beside the embedded servers alone."""
    with tempfile.TemporaryDirectory(dir=Settings().var.parent, prefix=".bench-") as folder:
        whole = _seconds_to_ready(Path(folder) / "whole")
        alone = _seconds_of_servers(Path(folder) / "alone")
    return (
        Figure(
            name="first start of everything",
            value=whole,
            unit="s",
            baseline=alone,
            ratio=whole / alone,
            goal=_GOAL_SECONDS,
            met=whole <= _GOAL_SECONDS,
            claim="a first `make up` is ready within 15 s (baseline: the two servers alone)",
        ),
    )


def _seconds_to_ready(var: Path) -> float:
    begun = time.perf_counter()
    with stack(Settings(var=var, port=0)):
        return time.perf_counter() - begun


def _seconds_of_servers(var: Path) -> float:
    var.mkdir(parents=True)
    begun = time.perf_counter()
    with servers(var):
        return time.perf_counter() - begun
