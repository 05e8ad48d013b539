"""A browser of the system, and the report of the default survey as a site, for tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis import paths, survey, tables
from analysis.publish import checking, rendering

#: The environment variable that makes a missing browser a failure: .ci/run sets it.
MUST = "ANALYSIS_BROWSER_TESTS"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def browser_path() -> str:
    """Find a browser; without one skip the test, or fail where there must be one."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    try:
        import axe_playwright_python  # noqa: F401
        import playwright  # noqa: F401
    except ImportError as error:
        _give_up(f"{error.name} is not installed")
    return found or _give_up(f"no browser is on the path: {', '.join(NAMES)}")


def _give_up(reason: str) -> None:
    if os.environ.get(MUST):
        pytest.fail(f"{reason}, and {MUST} is set")
    pytest.skip(reason)


@contextmanager
def chromium() -> Iterator:
    """Start the browser, once for a module of tests."""
    path = browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def render_site(to: Path) -> Path:
    """Render the report from the notebooks as they are kept, executed; nothing is run."""
    herts = survey.load("herts_2023")
    checked = checking.check(herts)
    made = [path.name for path in tables.write_tables(checked.held, to)]
    rendering.render(herts, checked.runs, checked.facts, paths.ROOT, to, made=made)
    return to
