"""Real runs, stopped and killed: `python tests/interrupted.py` does the same many more times."""

import os
import signal
import subprocess
import sys
import time

import interrupted
import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as Linux and macOS have them")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return interrupted.Checkout(tmp_path_factory.mktemp("checkout").resolve(), ["report"])


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
    first, *others = said[0].splitlines()
    assert first == f"wrote reports/{interrupted.SURVEY}/index.html"
    # The notebook of this checkout is none of the project's: the attack does not know what it says.
    assert ["not understood by the attack" in each for each in others] == [True]
    assert checkout.verdict(before, "report") == "new"
    assert checkout.left_behind() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_run_says_one_sentence_and_leaves_nothing(checkout, number):
    before = checkout.state()
    process = _started(checkout)
    os.killpg(process.pid, number)  # as a terminal does
    time.sleep(0.1)
    os.kill(process.pid, signal.SIGINT)  # whoever is impatient
    said = process.communicate(timeout=60)[1].splitlines()
    assert said[-1] == "analysis: stopped; what was there before is unchanged"
    assert [line for line in said[:-1] if not line.startswith("running ")] == []
    assert process.returncode == 128 + number
    assert checkout.verdict(before, "report") == "old"
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
    assert checkout.verdict(before, "report") == "old"
    assert any(name.startswith("reports/.unfinished-") for name in checkout.left_behind())
    assert checkout.start("readme").communicate(timeout=120)[1] == ""
    assert checkout.left_behind() == []


def test_a_run_beside_another_is_refused_in_one_sentence(checkout):
    before = checkout.state()
    hold = "from analysis.files import locks\nwith locks.alone(): print(flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold], env=checkout.environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    holder.stdout.readline()
    for second in [checkout.start(command) for command in ("notebooks", "report", "readme")]:
        said = second.communicate(timeout=120)[1]
        assert second.returncode == 2
        assert said == (
            "analysis: another run is writing its results; wait until it has finished, or stop it\n"
        )
    holder.communicate(b"\n")
    assert checkout.verdict(before, "report") == "old"
