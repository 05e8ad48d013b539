"""A command that is told to stop ends at once, and says so in one sentence."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: Ctrl-C, `kill`, and a terminal that is closed (which Windows does not have).
SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class Stopped(BaseException):
    """The command was told to stop by the signal `number`.

    `late` is true if that came when its results were being put in place, which then was done;
    `unchanged` if else nothing has been changed.
    """

    def __init__(self, number: int, *, late: bool = False) -> None:
        super().__init__(number)
        self.number, self.late, self.unchanged = number, late, False

    def __str__(self) -> str:
        if self.late:
            return "stopped when the new results were in place already; they are whole"
        if self.unchanged:
            return "stopped; what was there before is unchanged"
        return "stopped; no file is half written"


class _Stops:
    """What a signal does now; of the process, as signals are."""

    starting = False
    held = False
    ending = True
    placing = False
    came = 0

    def receive(self, number: int, frame: FrameType | None) -> None:
        """Raise in the main thread, once; remember it if the command is ending by itself."""
        if self.starting:
            os.write(2, b"analysis: stopped; nothing had begun\n")
            os._exit(128 + number)
        self.came = self.came or number
        if not self.held:
            self.answer()

    def answer(self) -> None:
        """Raise what came, unless that has been done or is left to the end."""
        if self.came and not self.ending:
            self.ending = True
            raise Stopped(self.came)


_stops = _Stops()


@contextmanager
def raised(*, restore: bool = True) -> Iterator[None]:
    """Let signals that stop a command raise `Stopped`: the first one, so that clearing up ends.

    Parameters
    ----------
    restore : bool
        Whether signals mean what they meant before afterwards. Without it they are ignored: for a
        process that is about to end, which for Python takes up to a second and forgets handlers.

    Raises
    ------
    Stopped
        If a signal comes, at any place; or at the end, if it came after `last_step`.

    Notes
    -----
    ``nohup`` is respected: a closed terminal that was to be ignored is ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.getsignal(each) or signal.SIG_DFL for each in SIGNALS}
    _stops.came, _stops.held, _stops.ending, _stops.placing = 0, False, False, False
    try:
        for each, meant in before.items():
            if meant is not signal.SIG_IGN or each == signal.SIGINT:
                signal.signal(each, _stops.receive)
        yield
    finally:
        _stops.ending = True
        for each, meant in before.items():
            signal.signal(each, meant if restore else signal.SIG_IGN)
    if _stops.came:
        raise Stopped(_stops.came, late=_stops.placing)


@contextmanager
def starting() -> Iterator[None]:
    """Let a signal end the process then and there: while modules are imported.

    Notes
    -----
    Python drops an exception that is raised while a module's lock is freed, and nothing has
    begun yet that would have to be undone.
    """
    _stops.starting = not _stops.ending
    yield
    _stops.starting = False


@contextmanager
def held() -> Iterator[None]:
    """Let a signal wait for the end of a step that must not be left half done.

    Raises
    ------
    Stopped
        At the end, if a signal came.
    """
    _stops.held = True
    try:
        yield
    finally:
        _stops.held = False
    _stops.answer()


def last_step() -> None:
    """Say that results are put in place now: a signal is answered when that has been done."""
    _stops.ending = _stops.placing = True
