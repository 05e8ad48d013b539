"""Folders and files of results put in place together: all of them or none.

New versions are copied beside what they replace, on its file system. Then a journal is written that
names them all, and this is the moment that decides: without it the old results stand, with it the
new ones. Each is then exchanged with the old one, and the journal removed. Whatever moment this is
stopped at, `finish` completes what the journal names, and everything that reads or writes results
calls it first (`survey.load`, every command).

A bare `ls` after kill -9 can see some folders new and others old, each of them whole, until the
next command or notebook looks. Where the system cannot exchange two names in one step (other than
Linux, some network drives), it can also see a folder missing for that time.
"""

import ctypes
import errno
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from analysis import paths
from analysis.errors import SurveyError
from analysis.files import locks
from analysis.files._writing import UNFINISHED, beside, refuse_read_only

#: Names what is being put in place; it is there for some milliseconds in a run.
JOURNAL = ".placing.json"

#: Seconds to wait for another process that is putting its results in place.
PATIENCE = 30.0

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # of linux/fcntl.h and linux/fs.h


def prepare(changes: Mapping[Path, Path | bytes | None]) -> dict[str, int | None]:
    """Copy new versions beside what they will replace; nothing is replaced yet.

    Parameters
    ----------
    changes : mapping
        A file or folder -> its new version: a file or folder elsewhere, or the content of a file;
        None, or a path that is not there, if it is to be removed.

    Returns
    -------
    dict
        For `commit`: the path, relative to `paths.OUT`, -> the inode number of its new version.

    Raises
    ------
    OSError
        If a target is read-only, or the disk full; all targets are as they were.
    """
    prepared: dict[str, int | None] = {}
    for name, new in changes.items():
        target = name.resolve()
        refuse_read_only(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = beside(target)
        _remove(staged)
        if isinstance(new, Path) and not new.exists():
            new = None
        if new is not None:
            _copy(new, staged)
        prepared[os.path.relpath(target, paths.OUT)] = None if new is None else _inode(staged)
    return prepared


def commit(prepared: Mapping[str, int | None]) -> None:
    """Replace everything that was prepared.

    Parameters
    ----------
    prepared : mapping
        As `prepare` returns it.

    Raises
    ------
    OSError
        If something cannot be replaced; all targets are as they were.
    """
    journal = paths.OUT / JOURNAL
    unfinished = beside(journal)
    _write(unfinished, json.dumps(prepared, indent=1).encode("utf-8"))
    unfinished.rename(journal)
    _settle(journal.parent)
    try:
        for name, inode in prepared.items():
            if not _forward(_target(name), inode):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    except Exception:  # after anything else, the journal is completed by who looks next
        for name, inode in reversed(prepared.items()):
            _back(_target(name), inode)
        journal.unlink()
        raise
    journal.unlink()
    for name in prepared:
        _remove(beside(_target(name)))


def finish() -> None:
    """Complete what an interrupted run was putting in place, if there is anything.

    Raises
    ------
    SurveyError
        If its new results are gone, or another process does not finish its own.
    """
    until = time.monotonic() + PATIENCE
    while (paths.OUT / JOURNAL).exists():
        try:
            with locks.alone():
                _complete()
        except locks.BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


@contextmanager
def writing() -> Iterator[None]:
    """Be the only one that writes; complete and clear what interrupted runs left, and one's own.

    Raises
    ------
    SurveyError
        If another process is writing, or the new results of an interrupted run are gone.
    """
    with locks.alone():
        _complete()
        clear()
        try:
            yield
        finally:
            clear()


def clear() -> None:
    """Remove what is unfinished below `paths.OUT`; only for the process that writes alone."""
    if (paths.OUT / JOURNAL).exists():
        return
    results = [paths.PROCESSED, paths.FIGURES, paths.REPORTS, paths.OUT / "hand_coding"]
    results = [each for each in results if each.is_relative_to(paths.OUT)]  # the lock is of these
    elsewhere = [
        each.resolve().parent
        for folder in results
        if folder.is_dir()
        for each in folder.iterdir()
        if each.is_symlink()
    ]
    flat = [paths.OUT, *elsewhere]
    if paths.OUT == paths.ROOT:  # else these are another run's
        flat += [paths.NOTEBOOKS, paths.DOCS]
        results.append(paths.RAW)
    found = [each for folder in flat for each in folder.glob(f"{UNFINISHED}*")]
    for folder in results:
        found += folder.rglob(f"{UNFINISHED}*")
    for each in found:
        _remove(each)


def _complete() -> None:
    journal = paths.OUT / JOURNAL
    if not journal.exists():
        return
    prepared = json.loads(journal.read_text("utf-8"))
    gone = [name for name, inode in prepared.items() if not _forward(_target(name), inode)]
    journal.unlink()
    for name in prepared:
        _remove(beside(_target(name)))
    if gone:
        raise SurveyError(
            f"an interrupted run was putting {', '.join(gone)} in place, and the new version is "
            "gone; run the same command again"
        )


def _target(name: str) -> Path:
    return Path(os.path.normpath(paths.OUT / name))


def _forward(target: Path, inode: int | None) -> bool:
    """Put a new version in place unless it is there; False if it is nowhere."""
    staged = beside(target)
    if inode is None:
        if target.exists():
            target.rename(staged)
        return True
    if _inode(target) == inode:
        return True
    if _inode(staged) != inode:
        return False
    if target.exists():
        _exchange(staged, target)
    else:
        staged.rename(target)
    return True


def _back(target: Path, inode: int | None) -> None:
    """Undo `_forward`."""
    staged = beside(target)
    if inode is None:
        if staged.exists() and not target.exists():
            staged.rename(target)
    elif _inode(target) == inode:
        if staged.exists():
            _exchange(staged, target)
        else:
            target.rename(staged)


def _exchange(new: Path, old: Path) -> None:
    """Let two names change places: in one step on Linux, else in three."""
    if _exchange_at_once(new, old):
        return
    spare = beside(new)
    old.rename(spare)
    try:
        new.rename(old)
    except OSError:
        spare.rename(old)
        raise
    spare.rename(new)


def _exchange_at_once(one: Path, two: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = (_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(two))
    return renameat2(*names, _RENAME_EXCHANGE) == 0


def _inode(path: Path) -> int | None:
    return path.lstat().st_ino if path.exists() else None


def _copy(new: Path | bytes, staged: Path) -> None:
    if isinstance(new, bytes):
        _write(staged, new)
    elif new.is_dir():
        staged.mkdir()
        for each in sorted(new.iterdir()):
            _copy(each, staged / each.name)
        _settle(staged)
    else:
        _write(staged, new.read_bytes())


def _write(path: Path, content: bytes) -> None:
    """Write a file through to the disk; an error names it."""
    try:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def _settle(folder: Path) -> None:
    """Write the names of a folder through to the disk, where a folder can be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
