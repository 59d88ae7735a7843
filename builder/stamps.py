"""A file's stamp: size, times and inode, a hint that its bytes are still what they were. Where stamps differ, bytes
decide.

On POSIX file systems the time of the last change of a file's inode cannot be set by hand, so equal stamps leave one
doubt only: a change in the same tick of the clock in which the stamp was noted. Stamps that young are not believed; a
time in whole seconds tells of a clock that ticks as seldom as every two seconds, as that of FAT. To rename a folder
touches nothing in it: of another file of the same size and times that comes with its folder the inode's number tells.

Windows gives the time of a file's making in that place, and so no stamp is believed there: the bytes are read. So it is
with a file that seems to be older than its bytes, as on FAT. Where FAT gives one time for both, a doubt remains: a file
that is replaced by one of the same size whose time has been set to the same.
"""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

YOUNG = 20_000_000  # nanoseconds; the coarsest clock that Linux stamps files with ticks every 10 ms
_SECOND = 1_000_000_000
_YOUNG_IN_SECONDS = 2 * _SECOND + YOUNG  # where a time has no fraction
_HAS_CHANGE_TIME = os.name != "nt"


class Stamp(NamedTuple):
    """Size in bytes, times of the last change of bytes and of inode (on Windows, of its making) in nanoseconds; the
    number of the inode, which Windows does not tell in a listing."""

    size: int
    changed: int
    touched: int
    inode: int


NO_STAMP = Stamp(0, 0, 0, 0)  # of a file that has not been looked at


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file; of what is no file, such as a link, the size is -1."""
    is_file = stat.S_ISREG(status.st_mode)
    inode = status.st_ino if _HAS_CHANGE_TIME else 0
    return Stamp(status.st_size if is_file else -1, status.st_mtime_ns, status.st_ctime_ns, inode)


def is_special(stamp: Stamp) -> bool:
    """Whether it is the stamp of something that is no file."""
    return stamp.size < 0


def is_sure(stamp: Stamp, noted: int) -> bool:
    """Whether a change of the file after its stamp was noted would show in the stamp.

    Args:
        stamp: of the file.
        noted: when it was noted, in nanoseconds since the epoch.
    """
    _, changed, touched, _ = stamp
    if not _HAS_CHANGE_TIME or touched < changed:
        return False
    is_coarse = not (changed % _SECOND and touched % _SECOND)
    return touched < noted - (_YOUNG_IN_SECONDS if is_coarse else YOUNG)
