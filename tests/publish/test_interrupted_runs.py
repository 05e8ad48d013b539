"""Real runs, stopped and killed: `python tests/interrupted.py` does the same many more times."""

import os
import random
import signal
import subprocess
import time

import pytest

import interrupted
from analysis.files import placing

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as Linux and macOS have them")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return interrupted.Checkout(tmp_path_factory.mktemp("checkout").resolve())


def _started(checkout) -> subprocess.Popen:
    """Start a report and wait until its first notebook has written responses."""
    process = checkout.start("report")
    reports = checkout.root / "reports"
    interrupted.wait_for(lambda: list(reports.glob(".unfinished-*/data/processed/*/*")), process)
    assert process.poll() is None
    return process


def test_a_run_replaces_what_an_earlier_one_wrote(checkout):
    before = checkout.state()
    said = checkout.start("report").communicate(timeout=120)
    assert said[0].strip() == f"wrote reports/{interrupted.SURVEY}/index.html"
    assert checkout.verdict(before, "report") == "new"
    assert checkout.left_behind() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_run_says_one_sentence_and_leaves_nothing(checkout, number):
    before = checkout.state()
    process = _started(checkout)
    os.killpg(process.pid, number)  # as a terminal does
    os.kill(process.pid, signal.SIGINT)  # whoever is impatient
    said = process.communicate(timeout=60)[1].splitlines()
    assert said[-1] == "analysis: stopped; what was there before is unchanged"
    assert [line for line in said[:-1] if not line.startswith("running ")] == []
    assert process.returncode == 128 + number
    assert checkout.state() == before
    assert checkout.left_behind() == []
    assert checkout.processes() == []


def test_a_killed_run_is_cleared_by_the_next_command_that_writes(checkout):
    before = checkout.state()
    process = _started(checkout)
    process.kill()
    process.communicate()
    until = time.monotonic() + 30
    while checkout.processes() and time.monotonic() < until:
        time.sleep(0.1)
    assert checkout.processes() == []
    assert checkout.state() == before
    assert any("responses.csv" in name for name in os.listdir(checkout.root / "reports")) is False
    assert checkout.left_behind() != []
    assert checkout.start("readme").wait(timeout=120) == 0
    assert checkout.left_behind() == []


def test_a_second_run_is_refused_in_one_sentence_and_the_first_goes_on(checkout):
    before = checkout.state()
    first = _started(checkout)
    for command in ("notebooks", "report", "readme"):
        second = checkout.start(command)
        said = second.communicate(timeout=120)[1]
        assert second.returncode == 2
        assert said == (
            "analysis: another run is writing its results; wait until it has finished, or stop it\n"
        )
    assert first.wait(timeout=120) == 0
