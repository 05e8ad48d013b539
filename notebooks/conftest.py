"""Strict nbval: notebooks in order, in a scratch folder, none after a failed one."""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from analysis.publish.threads import one_thread

#: Its widgets have other ids in each run, and it is kept without outputs.
collect_ignore = ["explore.ipynb"]

_SCRATCH = pytest.StashKey[Path]()
_FAILED: list[str] = []


def pytest_configure(config: pytest.Config) -> None:
    """Let the notebooks write to a folder of their own, about the default survey."""
    one_thread()
    config.stash[_SCRATCH] = Path(tempfile.mkdtemp(prefix="analysis-nbval-"))
    os.environ["ANALYSIS_OUT"] = str(config.stash[_SCRATCH])
    os.environ.pop("SURVEY", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what the notebooks wrote."""
    shutil.rmtree(config.stash[_SCRATCH], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the notebooks in the order of their names, each from its first cell."""
    items.sort(key=lambda item: item.path.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember which notebook failed."""
    report = yield
    if report.failed:
        _FAILED.append(item.path.name)
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a notebook that reads what a failed one should have written."""
    earlier = [name for name in _FAILED if name != item.path.name]
    if earlier:
        pytest.skip(f"{earlier[0]} failed, and {item.path.name} reads what it writes")
