"""Process families: the processes below one, and which of them are alive, as Linux tells in /proc."""

import contextlib
import os
import time


def children(pid):
    """Every process below one."""
    found = []
    for entry in os.listdir("/proc"):
        with contextlib.suppress(OSError, ValueError), open(f"/proc/{entry}/stat") as stat:
            if int(stat.read().rsplit(")", 1)[1].split()[1]) == pid:
                found += [int(entry), *children(int(entry))]
    return found


def is_alive(pid):
    """Whether a process is there and has not ended."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def left_behind(family, patience=30.0):
    """Those of some processes that do not end in time."""
    end = time.monotonic() + patience
    while (left := [each for each in family if is_alive(each)]) and time.monotonic() < end:
        time.sleep(0.05)
    return left
