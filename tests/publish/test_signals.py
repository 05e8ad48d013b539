"""A signal ends a command once, at a place where nothing is half done."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from analysis import __main__
from analysis.publish import commands, signals

SIGNALS = [
    pytest.param(number, status, id=number.name)
    for number, status in zip(signals.SIGNALS, (130, 143, 129), strict=False)
]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process on Windows has no signals")


@pytest.mark.parametrize(("number", "status"), SIGNALS)
def test_a_stopped_command_says_one_sentence_and_ends_with_its_status(
    monkeypatch, capsys, number, status
):
    monkeypatch.setattr(commands, "_run", lambda options: signal.raise_signal(number))
    assert __main__.main(["check-export"]) == status
    assert capsys.readouterr().err == "analysis: stopped; what was there before is unchanged\n"


def test_a_command_of_several_files_does_not_say_that_nothing_has_changed(monkeypatch, capsys):
    monkeypatch.setattr(commands, "_run", lambda options: signal.raise_signal(signal.SIGINT))
    assert __main__.main(["lab"]) == 130
    assert capsys.readouterr().err == "analysis: stopped; no file is half written\n"


def test_a_second_signal_lets_clearing_up_end():
    cleared = []

    @signals.raised()
    def stopped_twice():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGINT)
            cleared.append("all")

    with pytest.raises(signals.Stopped) as stop:
        stopped_twice()
    assert stop.value.number == signal.SIGTERM
    assert cleared == ["all"]


def test_a_step_that_is_held_is_done_first():
    done = []

    @signals.raised()
    @signals.held()
    def step():
        signal.raise_signal(signal.SIGINT)
        done.append("step")

    with pytest.raises(signals.Stopped):
        step()
    assert done == ["step"]


def test_a_signal_while_results_are_put_in_place_is_answered_afterwards(monkeypatch, capsys):
    placed = []

    def place(options):
        signals.last_step()
        signal.raise_signal(signal.SIGINT)
        placed.append("all")
        return 0

    monkeypatch.setattr(commands, "_run", place)
    assert __main__.main(["report"]) == 130
    assert placed == ["all"]
    said = capsys.readouterr().err
    assert said == (
        "analysis: stopped when the new results were in place already; they are whole\n"
    )


def test_signals_mean_afterwards_what_they_meant_before():
    before = {each: signal.getsignal(each) for each in signals.SIGNALS}
    with signals.raised():
        assert signal.getsignal(signal.SIGTERM) != before[signal.SIGTERM]
    assert {each: signal.getsignal(each) for each in signals.SIGNALS} == before


@pytest.mark.parametrize(("number", "stops"), [(signal.SIGINT, True), (signal.SIGHUP, False)])
def test_nohup_is_respected_but_a_command_in_the_background_can_be_interrupted(
    monkeypatch, number, stops
):
    before = signal.signal(number, signal.SIG_IGN)
    try:
        if stops:
            with pytest.raises(signals.Stopped), signals.raised():
                signal.raise_signal(number)
        else:
            with signals.raised():
                signal.raise_signal(number)
    finally:
        signal.signal(number, before)


def test_a_command_in_another_thread_leaves_signals_alone():
    said = []

    def work():
        with signals.raised():
            said.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert said == [signal.getsignal(signal.SIGTERM)]


def test_a_process_that_is_stopped_while_it_imports_says_so():
    code = (
        "import os, signal\n"
        "from analysis.publish import signals\n"
        "with signals.raised(restore=False), signals.starting():\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 143
    assert done.stderr == "analysis: stopped; nothing had begun\n"


def test_a_signal_while_python_ends_changes_neither_status_nor_words():
    code = (
        "import atexit, os, signal, sys\n"
        "from analysis.publish import signals\n"
        "atexit.register(os.kill, os.getpid(), signal.SIGTERM)\n"
        "with signals.raised(restore=False):\n"
        "    pass\n"
        "sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (7, "")
