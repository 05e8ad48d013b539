"""A process that imports what notebooks import, and from then on is copied: a kernel is a copy.

It is started by `forked.Server`, which talks to it in lines of JSON, and nothing else imports it.
"""

import atexit
import builtins
import gc
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

#: What ends the server, and every kernel that it has started.
_ENDS = {signal.SIGTERM}

#: What notebooks come to import besides, when they draw and write.
_ALSO = (
    "import pandas.io.formats.csvs, pandas.io.formats.string",
    "import matplotlib.backends.backend_agg, matplotlib.backends.backend_svg",
    "from PIL import Image; Image.init()",
)


def serve(channel: socket.socket) -> list[str]:
    """Import, then start kernels and say whether they live, until nobody asks any more.

    Parameters
    ----------
    channel : socket.socket
        Where requests come from, a line of JSON each. The first is a list of import statements.
        Then ``{"arguments": [...], "cwd": ..., "env": {...}}`` starts a kernel and is answered by
        its process id, and ``{"poll": id}`` by its exit status, or null while it runs.

    Returns
    -------
    list of str
        In a new kernel: its arguments. The server itself does not return.

    Notes
    -----
    There is one thread when a kernel is copied, so no lock is copied while somebody holds it.
    Kernels end with the server, and the server with the process that started it: then nothing is
    at the other end of the channel, however that process ended.
    """
    lines = channel.makefile("r", encoding="utf-8")
    _import(json.loads(lines.readline() or "[]"))
    kernels: dict[int, int | None] = {}
    signal.signal(signal.SIGTERM, lambda *_: _end(kernels))
    for line in lines:
        asked = json.loads(line)
        if "poll" in asked:
            answer = _status(kernels, asked["poll"])
        else:
            answer = _copied(kernels)
            if not answer:
                lines.close()
                channel.close()
                return _begin(asked)
        channel.sendall(f"{json.dumps(answer)}\n".encode())
    _end(kernels)
    raise AssertionError("the server has ended")


def _import(statements: Sequence[str]) -> None:
    """Import what a kernel needs and what the notebooks ask for.

    What cannot be imported is left to the notebook, which says so in its own cell.
    """
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    sys.modules.setdefault("debugpy", None)  # nobody debugs these kernels; each would import it
    gc.disable()  # what is imported stays
    import ipykernel.kernelapp  # noqa: F401 - after the process has been set up

    builtins.get_ipython = _Notebook
    for statement in [*statements, *_ALSO]:
        with suppress(Exception):
            exec(statement, {})
    del builtins.get_ipython
    gc.freeze()
    gc.enable()


class _Notebook:
    """What pandas asks for while it is imported, to know whether it shows tables in a notebook."""

    kernel = None


def _copied(kernels: dict[int, int | None]) -> int:
    """Copy this process; return the id of the copy, in the copy 0."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    kernel = os.fork()
    if kernel:
        kernels[kernel] = None
    else:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
    return kernel


def _begin(asked: dict) -> list[str]:
    """Make a new copy a kernel's process: its folder, its environment, its own random numbers."""
    os.setsid()
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    return [*asked["arguments"], f"--IPKernelApp.parent_handle={os.getppid()}"]


def _status(kernels: dict[int, int | None], kernel: int) -> int | None:
    """Return the exit status of a kernel, or None while it runs."""
    if kernels[kernel] is None:
        ended, status = os.waitpid(kernel, os.WNOHANG)
        kernels[kernel] = os.waitstatus_to_exitcode(status) if ended else None
    return kernels[kernel]


def _end(kernels: dict[int, int | None]) -> None:
    """Kill the kernels, with whatever they have started, and end."""
    for kernel in [each for each, status in kernels.items() if status is None]:
        for kill in (os.killpg, os.kill):  # alone if it is too young to lead a group
            with suppress(ProcessLookupError):
                kill(kernel, signal.SIGKILL)
        os.waitpid(kernel, 0)
    os._exit(0)


def main() -> None:
    """Serve on the socket whose number is the only argument; become a kernel where one starts."""
    arguments = serve(socket.socket(fileno=int(sys.argv[1])))
    from ipykernel import kernelapp

    sys.argv[1:] = arguments
    kernelapp.launch_new_instance()
    _leave()


def _leave() -> None:
    """End a kernel without taking apart, object by object, what it shares with the server."""
    threading._shutdown()  # waits for what a cell has begun, as any end of Python does
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
