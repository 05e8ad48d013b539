"""How many threads linear algebra may use: one."""

import os

import threadpoolctl

#: What tells a process that starts later how many threads to use.
VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def one_thread() -> None:
    """Let this process, and the kernels that it starts, compute with one thread.

    The matrices of a survey are small: threads wait for each other longer than they compute, and
    on a busy machine several times as long (docs/threads.md).
    """
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
    threadpoolctl.threadpool_limits(1)
