"""One run, or one change of a file, at a time: locks that end with the process that holds them."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis import paths
from analysis.errors import SurveyError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

#: The lock; while a run writes, this file is there and locked.
NAME = ".running"

#: Seconds until a lock that is waited for is tried again; what it guards takes a few milliseconds.
_PAUSE = 0.005

#: What file systems without locks answer; a run goes on without one there.
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)


class BusyError(SurveyError):
    """Another run is writing."""


@contextmanager
def alone() -> Iterator[None]:
    """Be the only process that writes below `paths.OUT`.

    Raises
    ------
    BusyError
        If another process is writing.

    Notes
    -----
    ``flock`` (on Windows ``msvcrt.locking``): the system takes the lock away when its process
    ends, also by kill -9, so a lock is never left over and no process id need be trusted.
    """
    path = paths.OUT / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _take(path)
    try:
        yield
    finally:
        _give_back(path, handle)


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Read a file and write it anew while no other process does.

    Parameters
    ----------
    path : pathlib.Path
        The lock, a file that is there meanwhile; folders are made as needed.

    Notes
    -----
    Whoever comes second waits. The lock is taken as that of `alone` is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            handle = _take(path)
            break
        except (BusyError, PermissionError) as error:
            if fcntl and isinstance(error, PermissionError):
                raise  # Windows alone says so of a file that is being removed
            time.sleep(_PAUSE)
    try:
        yield
    finally:
        _give_back(path, handle)


def _give_back(path: Path, handle: int) -> None:
    if fcntl:
        path.unlink(missing_ok=True)  # while it is held: see _take
    os.close(handle)
    if not fcntl:
        with suppress(OSError):  # another process has opened it meanwhile
            path.unlink(missing_ok=True)


def _take(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    if not _lock(handle):
        os.close(handle)
        raise BusyError(
            "another run is writing its results; wait until it has finished, or stop it"
        )
    if fcntl and not _is_at(path, handle):
        os.close(handle)  # the run that held it removed it while this one was opening it
        return _take(path)
    return handle


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _lock(handle: int) -> bool:
    try:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        return bool(fcntl) and error.errno in _NO_LOCKS
    return True
