"""Ties a child process to its parent's life, so that a killed `make up` leaves nothing running."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1
"""From <linux/prctl.h>: the signal that this process gets when its parent dies."""


def end_with_parent() -> None:
    """Called in the child before it becomes its program. On Linux only; elsewhere it does nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
