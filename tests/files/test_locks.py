"""Only one process writes, and a lock never outlives its process."""

import subprocess
import sys

import pytest

from analysis import paths
from analysis.errors import SurveyError
from analysis.files import locks

HOLD = "from analysis.files import locks\nwith locks.alone(): print('held', flush=True); input()"


@pytest.fixture
def out(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "OUT", tmp_path)
    return tmp_path


def _holder(out) -> subprocess.Popen:
    code = f"from analysis import paths\npaths.OUT = type(paths.OUT)({str(out)!r})\n{HOLD}"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline().strip() == b"held"
    return process


def test_the_second_is_refused_until_the_first_has_ended(out):
    with _holder(out) as process:
        with pytest.raises(SurveyError, match="another run is writing"), locks.alone():
            pass
        process.communicate(b"\n")
    with locks.alone():
        assert (out / locks.NAME).exists()
    assert not (out / locks.NAME).exists()


def test_the_lock_of_a_killed_process_holds_nobody_up(out):
    with _holder(out) as process:
        process.kill()
        process.wait()
    assert (out / locks.NAME).exists()
    with locks.alone():
        pass
    assert list(out.iterdir()) == []


def test_a_file_system_without_locks_does_not_stop_a_run(out, monkeypatch):
    if locks.fcntl is None:
        pytest.skip("this is about flock")

    def none(handle, how):
        raise OSError(locks.errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locks.fcntl, "flock", none)
    with locks.alone():
        pass
