"""Execute a notebook so that it can be stopped, and leaves no process behind."""

import os
import signal
import threading
from collections.abc import Mapping
from concurrent.futures import Future

from nbclient import NotebookClient


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
    by itself within a second or two when its parent is gone (kill -9).
    """
    ended: Future = Future()
    thread = threading.Thread(target=_execute, args=(client, environment, ended), daemon=True)
    try:
        thread.start()
        while thread.is_alive():
            thread.join(0.2)  # on Windows a signal waits for the end of a join
    except BaseException:
        while thread.is_alive():
            _kill(client)
            thread.join(0.02)
        raise
    ended.result()


def _execute(client: NotebookClient, environment: Mapping[str, str], ended: Future) -> None:
    try:
        client.execute(env=dict(environment))
        ended.set_result(None)
    except BaseException as error:
        ended.set_exception(error)


def _kill(client: NotebookClient) -> None:
    """Kill a kernel, if it has started; there may be none yet, or none any more."""
    process = getattr(getattr(client.km, "provisioner", None), "process", None)
    if process is None or process.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
