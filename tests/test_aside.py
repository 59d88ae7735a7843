"""Work that is done aside: whatever becomes of the process that does it, its result is had."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tools import ROOT

LOSING = """
import os, signal, time
from builder.aside import Aside
def work():
    if os.getpid() != parent:
        time.sleep(60)
    return ["done"] * 100_000
parent = os.getpid()
begun = Aside(work, list[str])
assert begun._child
os.kill(begun._child, signal.SIGKILL)
assert begun.result() == ["done"] * 100_000
"""
AFAR = """
import os
from builder.aside import Aside
begun = Aside(lambda: {"by": str(os.getpid()), "name": "课" * 100_000}, dict[str, str])
done = begun.result()
assert done["by"] != str(os.getpid()) and done["name"] == "课" * 100_000
"""
FAILING = """
from builder.aside import Aside
try:
    Aside(lambda: 1 // 0, int).result()
except ZeroDivisionError:
    print("raised")
"""
UNWANTED = """
import os
from builder.aside import Aside
begun = Aside(lambda: "x" * 10_000_000, str)  # more than a pipe holds
begun.close()
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:  # there is none
    pass
else:
    raise AssertionError
"""

only_where_it_is_forked = pytest.mark.skipif(sys.platform != "linux", reason="is forked on Linux alone")


def ran(program: str) -> str:
    """What a program says that ends well."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


@only_where_it_is_forked
def test_work_is_done_by_another_process() -> None:
    ran(AFAR)


@only_where_it_is_forked
def test_where_that_process_is_lost_the_work_is_done_here() -> None:
    ran(LOSING)


def test_what_goes_wrong_is_raised_where_the_result_is_wanted() -> None:
    assert ran(FAILING) == "raised\n"


@only_where_it_is_forked
def test_work_that_is_wanted_no_more_is_ended_and_nothing_is_left_of_it() -> None:
    ran(UNWANTED)
