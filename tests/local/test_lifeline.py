import subprocess
import sys

PARENT = """
import subprocess, sys
from mathvidya.local.lifeline import end_with_parent
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], preexec_fn=end_with_parent)
print(child.pid, flush=True)
sys.stdin.read()
"""

WAIT = """
import os, sys
descriptor = os.pidfd_open(int(sys.argv[1]))
import select
select.select([descriptor], [], [])
"""


def test_a_child_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = parent.stdout.readline().strip()
        with subprocess.Popen([sys.executable, "-c", WAIT, child]) as watcher:
            parent.kill()
            assert watcher.wait(timeout=20) == 0
