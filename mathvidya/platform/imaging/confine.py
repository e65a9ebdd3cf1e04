"""The walls around the child, kept by the kernel and not by the code that they hold in.

They are put up by the child itself before it sees a byte of the file: a function that runs between
fork and exec is not safe in a threaded server. Hard limits cannot be raised again, so they also
hold a decoder that has been taken over.
"""

import math
import resource
import signal
import time

from mathvidya.platform.imaging.limits import Limits


def confine(limits: Limits) -> None:
    """Bound this process for good: memory, processor time, output; no core dump.

    Going over any of them ends the process by a signal, except memory, which the allocator refuses.
    """
    # Python ignores this signal; left so, too much output would look like a full disk.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    _set_both(resource.RLIMIT_CORE, 0)
    _set_both(resource.RLIMIT_FSIZE, limits.output_bytes)
    _set_both(resource.RLIMIT_AS, limits.memory_bytes)
    hard = limits.cpu_seconds_per_page * (limits.max_pages + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds_per_page, hard))


def grant_cpu_for_page(limits: Limits) -> None:
    """Let the page that comes next cost its own share, however little the last one left."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time()) + limits.cpu_seconds_per_page
    resource.setrlimit(resource.RLIMIT_CPU, (min(soft, hard), hard))


def _set_both(which: int, value: int) -> None:
    resource.setrlimit(which, (value, value))
