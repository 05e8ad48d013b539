"""Whatever moment a placing is stopped at, the old results or the new ones are there, whole."""

import errno
import json
import os
from pathlib import Path

import pytest

from analysis import files, paths, survey
from analysis.errors import SurveyError
from analysis.files import locks, placing

FOLDERS = ("data/processed/demo", "figures/demo", "reports/demo")


class Killed(BaseException):
    """Stands for kill -9: nothing after it is run."""


@pytest.fixture
def out(tmp_path, monkeypatch) -> Path:
    """Three folders and a file of an earlier run."""
    for name, folder in (("PROCESSED", "data/processed"), ("FIGURES", "figures")):
        monkeypatch.setattr(paths, name, tmp_path / "out" / folder)
    monkeypatch.setattr(paths, "REPORTS", tmp_path / "out" / "reports")
    monkeypatch.setattr(paths, "OUT", tmp_path / "out")
    for name in FOLDERS:
        _write(tmp_path / "out" / name, "old", only="gone.csv")
    (tmp_path / "out" / "page.md").write_text("old", "utf-8")
    return tmp_path / "out"


def _write(folder: Path, text: str, *, only: str) -> None:
    (folder / "deep").mkdir(parents=True)
    for name in ("one.csv", "deep/two.csv", only):
        (folder / name).write_text(text, "utf-8")


def _changes(out: Path) -> dict:
    for name in FOLDERS:
        _write(out.parent / "new" / name, "new", only="fresh.csv")
    folders = {out / name: out.parent / "new" / name for name in FOLDERS}
    return folders | {out / "page.md": b"new"}


def _texts(out: Path) -> dict[str, str]:
    found = [path for path in out.rglob("*") if path.is_file()]
    return {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in found}


def _whole(text: str, only: str) -> dict[str, str]:
    names = [f"{folder}/{name}" for folder in FOLDERS for name in ("one.csv", "deep/two.csv", only)]
    return dict.fromkeys([*names, "page.md"], text)


OLD, NEW = _whole("old", "gone.csv"), _whole("new", "fresh.csv")


def _kill_at(monkeypatch, step: int) -> None:
    """Die before the nth change of a name or write through to the disk."""
    done = 0

    def counted(work):
        def wrapped(*args, **kwargs):
            nonlocal done
            done += 1
            if done == step:
                raise Killed
            return work(*args, **kwargs)

        return wrapped

    for owner, name in (
        (Path, "rename"), (Path, "unlink"), (Path, "mkdir"), (os, "fsync"),
        (placing, "_exchange_at_once"), (placing.shutil, "rmtree"),
    ):  # fmt: skip
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))


@pytest.mark.parametrize("at_once", [True, False])
def test_killed_at_any_step_the_results_are_whole_when_somebody_looks(
    out, monkeypatch, at_once, tmp_path
):
    if not at_once:
        monkeypatch.setattr(placing, "_exchange_at_once", lambda one, two: False)
    changes, seen, earlier = _changes(out), set(), tmp_path / "earlier"
    out.rename(earlier)
    for step in range(1, 200):
        placing.shutil.copytree(earlier, out)
        with monkeypatch.context() as patch:
            _kill_at(patch, step)
            try:
                placing.commit(placing.prepare(changes))
            except Killed:
                finished = False
            else:
                finished = True
        placing.finish()
        shown = {k: v for k, v in _texts(out).items() if files.UNFINISHED not in k}
        assert shown in (OLD, NEW), step
        seen.add("old" if shown == OLD else "new")
        with placing.writing():
            pass
        assert _texts(out) == shown, step
        placing.shutil.rmtree(out)
        if finished:
            break
    assert finished
    assert seen == {"old", "new"}
    assert step > 40


def test_a_folder_is_never_missing_where_names_can_be_exchanged(out, monkeypatch):
    if not placing._exchange_at_once(out / "figures", out / "reports"):
        pytest.skip("this file system cannot exchange two names")
    placing._exchange_at_once(out / "figures", out / "reports")
    changes = _changes(out)
    for step in range(1, 200):
        with monkeypatch.context() as patch:
            _kill_at(patch, step)
            try:
                placing.commit(placing.prepare(changes))
            except Killed:
                assert all((out / name / "one.csv").exists() for name in FOLDERS), step
            else:
                break
        placing.finish()


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("failing", range(4))
def test_what_cannot_be_replaced_leaves_everything_as_it_was(out, monkeypatch, at_once, failing):
    if not at_once:
        monkeypatch.setattr(placing, "_exchange_at_once", lambda one, two: False)
    exchange, calls = placing._exchange, []

    def refusing(new, old):
        calls.append(old)
        if len(calls) == failing + 1:
            raise OSError(errno.EBUSY, "Device or resource busy", str(old))
        exchange(new, old)

    monkeypatch.setattr(placing, "_exchange", refusing)
    with pytest.raises(OSError, match="busy"), placing.writing():
        placing.commit(placing.prepare(_changes(out)))
    assert _texts(out) == OLD


def test_a_full_disk_names_the_file_and_changes_nothing(out, monkeypatch):
    written = []

    def full(handle):
        written.append(handle)
        if len(written) == 8:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught, placing.writing():
        placing.prepare(_changes(out))
    assert Path(caught.value.filename).is_relative_to(out)
    assert _texts(out) == OLD


@pytest.mark.parametrize("name", ["figures/demo", "page.md"])
def test_a_read_only_target_is_refused_and_nothing_is_replaced(out, name):
    (out / name).chmod(0o555 if (out / name).is_dir() else 0o444)
    with pytest.raises(PermissionError, match="read-only") as caught, placing.writing():
        placing.commit(placing.prepare(_changes(out)))
    assert caught.value.filename == str(out / name)
    (out / name).chmod(0o755)
    assert _texts(out) == OLD


def test_a_folder_that_the_run_did_not_make_is_removed(out):
    changes = _changes(out) | {out / "figures/demo": out / "nowhere"}
    placing.commit(placing.prepare(changes))
    assert _texts(out) == {k: v for k, v in NEW.items() if not k.startswith("figures")}


def test_results_that_lie_elsewhere_behind_a_link_stay_there(out, tmp_path):
    (out / "figures").rename(tmp_path / "other disk")
    (out / "figures").symlink_to(tmp_path / "other disk")
    placing.commit(placing.prepare(_changes(out)))
    assert (out / "figures").is_symlink()
    assert (tmp_path / "other disk" / "demo" / "fresh.csv").read_text("utf-8") == "new"
    assert not list(tmp_path.rglob(f"{files.UNFINISHED}*"))


def test_whoever_loads_a_survey_completes_an_interrupted_placing(out, monkeypatch):
    monkeypatch.setattr(placing, "_exchange", lambda new, old: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        placing.commit(placing.prepare(_changes(out)))
    monkeypatch.undo()
    for name, folder in (("OUT", out), ("PROCESSED", out / "data" / "processed")):
        monkeypatch.setattr(paths, name, folder)
    assert {k: v for k, v in _texts(out).items() if k in OLD} == OLD
    survey.load("herts_2023")
    assert _texts(out) == NEW


def test_a_new_version_that_was_taken_away_is_said_once(out, monkeypatch):
    prepared = placing.prepare(_changes(out))
    (out / placing.JOURNAL).write_text(json.dumps(prepared), "utf-8")
    files.beside(out / "page.md").unlink()
    with pytest.raises(SurveyError, match=r"page\.md in place, and the new version is gone"):
        placing.finish()
    placing.finish()
    assert _texts(out) == NEW | {"page.md": "old"}


def test_a_reader_waits_for_a_run_that_is_putting_its_results_in_place(out, monkeypatch):
    (out / placing.JOURNAL).write_text("{}", "utf-8")
    monkeypatch.setattr(placing, "PATIENCE", 0.1)
    with locks.alone():
        with pytest.raises(SurveyError, match="another run is writing"):
            placing.finish()
        (out / placing.JOURNAL).unlink()
        placing.finish()


def test_what_is_unfinished_is_cleared_wherever_a_run_writes(out):
    left = [
        "reports/.unfinished-abc/data/processed/demo/responses.csv",
        "data/processed/.unfinished-demo/responses.csv",
        "data/processed/demo/.unfinished-responses.csv",
        "hand_coding/demo/.unfinished-sheet_20.csv",
        ".unfinished-.placing.json",
    ]
    for name in left:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("row-level", "utf-8")
    with placing.writing():
        assert _texts(out) == OLD | {locks.NAME: ""}
    assert _texts(out) == OLD


def test_what_is_unfinished_elsewhere_belongs_to_another_run(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "OUT", tmp_path / "mine")
    monkeypatch.setattr(paths, "REPORTS", tmp_path / "theirs")
    unfinished = tmp_path / "theirs" / f"{files.UNFINISHED}run"
    unfinished.mkdir(parents=True)
    with placing.writing():
        pass
    assert unfinished.is_dir()
