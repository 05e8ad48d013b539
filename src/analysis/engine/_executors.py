"""Where parts of a survey are worked on: here, in processes of this machine, on Dask."""

import importlib.util
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from analysis.errors import SurveyError

#: How often in a row workers may be killed before any part is done; then memory is short.
_TRIES = 3

#: An item's place among all, and what became of it.
Done = tuple[int, Any]


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_here(function: Callable[[Any], Any], items: Sequence, workers: int) -> Iterator[Done]:
    """Work on items one after another."""
    yield from enumerate(map(function, items))


def run_in_processes(
    function: Callable[[Any], Any], items: Sequence, workers: int
) -> Iterator[Done]:
    """Work on items in processes of this machine; a worker that is killed costs time only.

    Parameters
    ----------
    function : callable
        Of a module; its result goes back whole.
    items : sequence
        What it is called with.
    workers : int
        How many processes.

    Yields
    ------
    tuple of int and object
        The place of an item, and its result; in the order in which they are done.

    Raises
    ------
    SurveyError
        If workers are killed again and again.
    """
    left, failures = dict(enumerate(items)), 0
    while left:
        # Processes that are forked from one with threads, such as a notebook, may hang.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(workers, len(left)), mp_context=context) as pool:
            futures = {pool.submit(function, item): place for place, item in left.items()}
            try:
                for future in as_completed(futures):
                    made = future.result()
                    failures = 0
                    left.pop(futures[future])
                    yield futures[future], made
            except BrokenProcessPool:
                failures += 1
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        if failures == _TRIES:
            raise SurveyError(
                f"the processes that work on parts of the survey were killed {_TRIES} times, with "
                f"{len(left)} of {len(items)} parts left; is there enough memory for "
                f"{workers} of them? A script of your own has to begin below "
                'if __name__ == "__main__":'
            )


def run_on_dask(function: Callable[[Any], Any], items: Sequence, workers: int) -> Iterator[Done]:
    """Work on items on the Dask cluster that is connected, or on one of this machine.

    Parameters
    ----------
    function, items
        As for `run_in_processes`; workers of a cluster have this package and see the files.
    workers : int
        How many processes, if no cluster is connected.

    Yields
    ------
    tuple of int and object
        As `run_in_processes`.

    Raises
    ------
    SurveyError
        If Dask is not installed.
    """
    if importlib.util.find_spec("distributed") is None:
        raise SurveyError(
            "engine 'dask' needs the package distributed; install police-contact-survey[cluster]"
        )
    import distributed  # an extra: only who has a cluster needs it

    try:
        client, own = distributed.get_client(), None
    except ValueError:
        own = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"
        )
        client = distributed.Client(own)
    try:
        futures = client.map(function, items, pure=False, retries=_TRIES)
        places = {future.key: place for place, future in enumerate(futures)}
        for future, made in distributed.as_completed(futures, with_results=True):
            yield places[future.key], made
    finally:
        if own is not None:
            client.close()
            own.close()


#: On what parts can be cleaned: name -> what runs a function on items.
ENGINES = {"here": run_here, "processes": run_in_processes, "dask": run_on_dask}
