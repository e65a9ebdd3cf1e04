"""`make bench`: every performance claim, each beside a plain baseline measured in the same run."""

import json
import sys
from collections.abc import Callable, Sequence

from benchmarks import assembly, http, marking, startup, working_time
from benchmarks.figure import Figure, table

_BENCHMARKS: Sequence[Callable[[], Sequence[Figure]]] = (
    working_time.run,
    assembly.run,
    http.run,
    startup.run,
    marking.run,
)


def main() -> int:
    """Run all, print a table each and one JSON line of everything; 1 when a goal is missed."""
    figures: list[Figure] = []
    for benchmark in _BENCHMARKS:
        found = benchmark()
        print(table(found), end="\n\n", flush=True)
        figures.extend(found)
    print(json.dumps({figure.name: _entry(figure) for figure in figures}))
    return 0 if all(figure.met for figure in figures) else 1


def _entry(figure: Figure) -> dict[str, object]:
    return {
        "value": figure.value,
        "baseline": figure.baseline,
        "ratio": figure.ratio,
        "goal": figure.goal,
        "met": figure.met,
    }


sys.exit(main())
