"""Execute notebooks so that they can be stopped, and leave no process behind."""

import asyncio
import atexit
import os
import signal
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

from jupyter_client.connect import LocalPortCache

from analysis.publish import forked, signals


class _Execution:
    """A notebook that is executed in a thread; `woken` is set when it has ended."""

    def __init__(
        self, client: forked.Client, environment: Mapping[str, str], woken: threading.Event
    ) -> None:
        self.client, self.failed = client, None
        self.started = self.killed = False
        self.ended = threading.Event()
        self._environment, self._woken = environment, woken
        self._thread = threading.Thread(target=self._execute, daemon=True)

    def start(self) -> None:
        with signals.held():
            self.started = True
            self._thread.start()

    def _execute(self) -> None:
        try:
            asyncio.run(self.client.async_execute(env=dict(self._environment)))
        except BaseException as error:
            self.failed = error
        finally:
            self.ended.set()
            self._woken.set()

    @property
    def running(self) -> bool:
        return self.started and not self.ended.is_set()

    def kill(self) -> None:
        """Kill its kernel, if it has started; there may be none yet, or none any more."""
        if not self.running:
            return
        self.killed = True
        process = getattr(getattr(self.client.km, "provisioner", None), "process", None)
        if process is None or process.poll() is not None:
            return
        if os.name == "posix":
            with suppress(ProcessLookupError):  # too young to lead a group: it is asked again
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def run(
    clients: Sequence[forked.Client], environment: Mapping[str, str], *, at_once: int = 1
) -> tuple[int, BaseException] | None:
    """Execute notebooks: the first alone, then some at a time, each in a thread of this process.

    Parameters
    ----------
    clients : sequence of forked.Client
        With their notebooks, in the order in which they are started.
    environment : mapping
        Of the kernels.
    at_once : int
        How many run at the same time at most.

    Returns
    -------
    tuple of int and BaseException, or None
        The place of the first in their order that failed, and why. Those before it have finished;
        those after it that were running have been killed, whatever they had come to.

    Raises
    ------
    BaseException
        Whatever comes while waiting, such as `signals.Stopped`, when all kernels have been killed.

    Notes
    -----
    In the main thread nbclient answers SIGINT and SIGTERM itself, by ending the kernel and going
    on; in another thread it leaves them alone. A kernel is the leader of a session of its own, so
    no signal of the terminal reaches it, and whatever it has started is killed with it. It ends
    by itself within a second or two when its parent is gone (kill -9). `Thread.join` is not used: a
    signal that comes in it makes Python take a running thread for one that has ended.
    """
    LocalPortCache.instance()  # one for all threads: it gives no port to two kernels
    woken = threading.Event()
    executions = [_Execution(each, environment, woken) for each in clients]
    with forked.server(environment, [each.nb for each in clients]) as server:
        for each in clients:
            each.server = server
        try:
            while _advance(executions, at_once):
                woken.wait(0.2)  # on Windows a signal is answered after a wait
                woken.clear()
        except BaseException:
            if server is not None:
                server.end()
            while any(each.running for each in executions):
                for each in executions:
                    each.kill()
                woken.wait(0.02)
            raise
        finally:
            for each in clients:  # nbclient leaves it if a kernel did not start
                atexit.unregister(each._cleanup_kernel)
    failed = _first_failed(executions)
    return None if failed is None else (failed, executions[failed].failed)


def _advance(executions: Sequence[_Execution], at_once: int) -> bool:
    """Start what may start and kill what is no longer wanted; say whether anything runs."""
    failed = _first_failed(executions)
    if failed is not None:
        for each in executions[failed + 1 :]:
            each.kill()
        executions = executions[:failed]
    running = sum(each.running for each in executions)
    most = at_once if executions and executions[0].ended.is_set() else 1
    waiting = [each for each in executions if not each.started]
    for each in waiting[: max(most - running, 0)]:
        each.start()
    return any(each.running for each in executions)


def _first_failed(executions: Sequence[_Execution]) -> int | None:
    """Return the place of the first that failed by itself."""
    for at, each in enumerate(executions):
        if each.ended.is_set() and each.failed is not None and not each.killed:
            return at
    return None
