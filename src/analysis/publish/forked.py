"""Kernels that are copies of one process, which has imported already what notebooks import."""

import ast
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from jupyter_client.provisioning import LocalProvisioner
from nbclient import NotebookClient
from nbformat import NotebookNode

#: Whether a process may be copied: on macOS system libraries do not survive it.
POSSIBLE = hasattr(os, "fork") and sys.platform != "darwin"

#: How a kernel is started elsewhere; other commands, of a kernel of the user's, are left alone.
_USUAL = [sys.executable, "-m", "ipykernel_launcher"]

#: Status of a kernel whose server has gone.
_GONE = -9


class Server:
    """The process that kernels are copies of.

    Parameters
    ----------
    environment : mapping
        Of the process; what modules read of it when they are imported holds for all kernels.
    imports : sequence of str
        Import statements.
    """

    def __init__(self, environment: Mapping[str, str], imports: Sequence[str]) -> None:
        self._lock = threading.Lock()
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "analysis.publish.kernel_server",
                    str(theirs.fileno()),
                ],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._lines = self._channel.makefile("r", encoding="utf-8")
        self._send(list(imports))

    def start(self, arguments: Sequence[str], *, cwd: str, env: Mapping[str, str]) -> "Kernel":
        """Start a kernel.

        Parameters
        ----------
        arguments : sequence of str
            Of IPKernelApp.
        cwd : str
            The folder where it starts.
        env : mapping
            Its environment.

        Returns
        -------
        Kernel
            The process.

        Raises
        ------
        ChildProcessError
            If the server has gone.
        """
        asked = {"arguments": list(arguments), "cwd": str(cwd), "env": dict(env)}
        with self._lock:
            kernel = self._ask(asked)
        if kernel is None:
            raise ChildProcessError("the process that starts kernels has ended")
        return Kernel(kernel, self)

    def poll(self, kernel: int) -> int | None:
        """Return the exit status of a kernel.

        Parameters
        ----------
        kernel : int
            Its process id.

        Returns
        -------
        int or None
            None while it runs.
        """
        with self._lock:
            if self._process.poll() is not None:
                return _GONE
            return self._ask({"poll": kernel}, gone=_GONE)

    def end(self) -> None:
        """End the server and every kernel, and wait until they have ended; twice is once."""
        self._process.terminate()
        self._process.wait()
        with self._lock:  # whoever asked has been told that it has gone
            self._lines.close()
            self._channel.close()

    def _ask(self, request: object, *, gone: int | None = None) -> int | None:
        try:
            self._send(request)
            answer = self._lines.readline()
        except (OSError, ValueError):
            return gone
        return json.loads(answer) if answer else gone

    def _send(self, request: object) -> None:
        self._channel.sendall(f"{json.dumps(request)}\n".encode())


class Kernel:
    """A kernel's process, as far as `subprocess.Popen` is used of one."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, server: Server) -> None:
        self.pid, self._server, self._status = pid, server, None

    def poll(self) -> int | None:
        """Return the exit status; None while it runs."""
        if self._status is None:
            self._status = self._server.poll(self.pid)
        return self._status

    def wait(self) -> int | None:
        """Return the exit status of a process that has ended, as its provisioner has seen."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal, if the process is there."""
        if self.poll() is None:
            os.kill(self.pid, number)


class Client(NotebookClient):
    """Executes a notebook in a copy of the server; as always, where there is none."""

    server: Server | None = None

    def create_kernel_manager(self) -> object:
        """Make a manager that starts a kernel by the server."""
        manager = super().create_kernel_manager()
        if self.server is not None:
            manager.provisioner = _Forked(kernel_spec=manager.kernel_spec, parent=manager)
            manager.provisioner.server = self.server
        return manager


class _Forked(LocalProvisioner):
    """Starts a kernel as a copy; one that is not Python's usual one as always."""

    server: Server

    async def launch_kernel(self, cmd: list[str], **kwargs: object) -> Mapping[str, object]:
        if cmd[: len(_USUAL)] != _USUAL:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = self.server.start(cmd[len(_USUAL) :], cwd=kwargs["cwd"], env=kwargs["env"])
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs["cwd"]
        return self.connection_info


def imports_of(notebooks: Iterable[NotebookNode]) -> list[str]:
    r"""List the import statements of notebooks.

    Parameters
    ----------
    notebooks : iterable of nbformat.NotebookNode
        The notebooks.

    Returns
    -------
    list of str
        Those at the start of a line in cells that are Python, each once.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> code = "import json\nfrom analysis import report, survey\nthis = survey.load()"
    >>> imports_of([new_notebook(cells=[new_code_cell(code), new_code_cell("%time 1")])])
    ['import json', 'from analysis import report, survey']
    """
    found: dict[str, None] = {}
    for notebook in notebooks:
        for cell in [each for each in notebook.cells if each.cell_type == "code"]:
            try:
                statements = ast.parse(cell.source).body
            except SyntaxError:  # IPython's own words, or a mistake that its cell will tell
                continue
            for each in statements:
                if isinstance(each, ast.Import | ast.ImportFrom):
                    found[ast.unparse(each)] = None
    return list(found)


@contextmanager
def server(
    environment: Mapping[str, str], notebooks: Iterable[NotebookNode]
) -> Iterator[Server | None]:
    """Have a server for some notebooks, and end it afterwards.

    Parameters
    ----------
    environment : mapping
        Of their kernels.
    notebooks : iterable of nbformat.NotebookNode
        What will be executed.

    Yields
    ------
    Server or None
        None where a process cannot be copied.
    """
    if not POSSIBLE:
        yield None
        return
    started = Server(environment, imports_of(notebooks))
    try:
        yield started
    finally:
        started.end()
