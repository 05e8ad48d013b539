"""Execute a notebook so that it can be stopped, and leaves no process behind."""

import asyncio
import atexit
import os
import signal
import threading
from collections.abc import Mapping

from nbclient import NotebookClient

from analysis.publish import signals


def run(client: NotebookClient, environment: Mapping[str, str]) -> None:
    """Execute a notebook in a thread, and wait for it.

    Parameters
    ----------
    client : nbclient.NotebookClient
        With its notebook.
    environment : mapping
        Of the kernel.

    Raises
    ------
    BaseException
        Whatever its execution raises; or what comes while waiting, such as `signals.Stopped`,
        when its kernel has been killed.

    Notes
    -----
    In the main thread nbclient answers SIGINT and SIGTERM itself, by ending the kernel and going
    on; in another thread it leaves them alone. A kernel is the leader of a session of its own, so
    no signal of the terminal reaches it, and whatever it has started is killed with it. It ends
    by itself within a second or two when its parent is gone (kill -9). `Thread.join` is not used: a
    signal that comes in it makes Python take a running thread for one that has ended.
    """
    ended, failed = threading.Event(), []
    thread = threading.Thread(
        target=_execute, args=(client, environment, ended, failed), daemon=True
    )
    try:
        with signals.held():
            thread.start()
        while not ended.wait(0.2):  # on Windows a signal is answered after a wait
            pass
    except BaseException:
        while not ended.wait(0.02):
            _kill(client)
        raise
    finally:
        atexit.unregister(client._cleanup_kernel)  # nbclient leaves it if a kernel did not start
    if failed:
        raise failed[0]


def _execute(
    client: NotebookClient,
    environment: Mapping[str, str],
    ended: threading.Event,
    failed: list[BaseException],
) -> None:
    try:
        asyncio.run(client.async_execute(env=dict(environment)))
    except BaseException as error:
        failed.append(error)
    finally:
        ended.set()


def _kill(client: NotebookClient) -> None:
    """Kill a kernel, if it has started; there may be none yet, or none any more."""
    process = getattr(getattr(client.km, "provisioner", None), "process", None)
    if process is None or process.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
