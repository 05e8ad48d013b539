"""An export is cleaned alike however it is cut and whatever its parts are cleaned on."""

import importlib.util
import os
import re
import signal
from dataclasses import replace

import pandas as pd
import pytest

from analysis import cleaning, engine, exports, paths, survey
from analysis.engine import _cleaning, _executors, _kept
from analysis.errors import SurveyError
from analysis.exports import _parts

WITH_DASK = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="the extra `cluster` is not installed"
)


@pytest.fixture
def herts(monkeypatch, tmp_path):
    """The default survey, cut into some parts; what is kept of them lies in a scratch folder."""
    monkeypatch.setattr(_parts, "PART_BYTES", 60_000)
    monkeypatch.setattr(_cleaning, "LARGE", 60_000)
    monkeypatch.setattr(paths, "OUT", tmp_path)
    return survey.load("herts_2023")


@pytest.fixture
def in_files(herts, monkeypatch, tmp_path):
    """The default survey as a folder of three files: `in_files(change)` of their contents."""

    def write(change=lambda contents: contents):
        lines = herts.raw_path.read_bytes().split(b"\r\n")
        ends = [400, 800, len(lines) - 1]
        contents = [
            b"\r\n".join([lines[0], *lines[max(a, 1) : b], b""])
            for a, b in zip([0, *ends], ends, strict=False)
        ]
        folder = tmp_path / "raw" / "several" / "replies"
        folder.mkdir(parents=True, exist_ok=True)
        for place, content in enumerate(change(contents)):
            path = folder / f"{place}.csv"
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
        monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
        file = replace(herts.codebook.file, name="replies", sha256="")
        return replace(herts, name="several", codebook=replace(herts.codebook, file=file))

    return write


def _assert_equal(one, other):
    pd.testing.assert_frame_equal(one.responses, other.responses)
    assert one.ledger.steps == other.ledger.steps
    pd.testing.assert_frame_equal(one.ledger.excluded, other.ledger.excluded)
    assert one.noted == other.noted
    assert one.doubles.by_chance == other.doubles.by_chance


def _whole(herts):
    return cleaning.clean(herts.read_raw(), herts.codebook)


@pytest.mark.parametrize("on", ["here", "processes", pytest.param("dask", marks=WITH_DASK)])
def test_whatever_cleans_the_parts_the_responses_are_the_same(herts, on):
    asked = herts.codebook.source_columns
    assert len(exports.export_parts(herts.raw_paths, herts.codebook.file, wanted=asked)) > 2
    _assert_equal(engine.clean(herts, engine=on, workers=2), _whole(herts))


def test_an_export_of_one_part_needs_no_process(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "OUT", tmp_path)
    monkeypatch.setattr(_executors, "ENGINES", {})
    herts = survey.load("herts_2023")
    _assert_equal(engine.clean(herts), _whole(herts))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_files_is_their_rows_one_after_another(in_files, herts):
    made = in_files()
    assert len(made.raw_paths) == 1
    _assert_equal(engine.clean(made, engine="here"), _whole(herts))


def test_a_folder_of_parquet_is_its_rows_one_after_another(herts, monkeypatch, tmp_path):
    monkeypatch.setattr(_parts, "PART_ROWS", 150)
    raw = herts.read_raw().drop(columns="raw_row")
    folder = tmp_path / "raw" / "many" / "replies"
    folder.mkdir(parents=True)
    for place, start in enumerate(range(0, len(raw), 500)):
        rows = raw.iloc[start : start + 500]
        rows.to_parquet(folder / f"{place}.parquet", row_group_size=100, index=False)
    monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
    file = replace(herts.codebook.file, name="replies", sha256="")
    made = replace(herts, name="many", codebook=replace(herts.codebook, file=file))
    wanted = made.codebook.source_columns
    assert len(exports.export_parts(made.raw_paths, file, wanted=wanted)) > 5
    _assert_equal(engine.clean(made, engine="here"), _whole(herts))


def test_some_small_files_need_no_process_and_nothing_is_kept(in_files, herts, monkeypatch):
    whole, made = _whole(herts), in_files()
    monkeypatch.setattr(_cleaning, "LARGE", 128 << 20)
    monkeypatch.setitem(_executors.ENGINES, "processes", None)
    monkeypatch.setattr(_cleaning, "KeptParts", None)
    _assert_equal(engine.clean(made), whole)


def _kill_once(work):
    """Kill the worker that gets the second part, once."""
    marker = work.part.path.parent / "killed"
    if work.part.start and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return _cleaning.clean_and_seal(work)


def _kill_always(work):
    os.kill(os.getpid(), signal.SIGKILL)


def _copy(herts, monkeypatch, tmp_path, content=None):
    """The default survey with its file in a scratch folder."""
    folder = tmp_path / "raw" / herts.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "responses.csv").write_bytes(content or herts.raw_path.read_bytes())
    monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
    file = replace(herts.codebook.file, sha256="")
    return survey.Survey(name=herts.name, codebook=replace(herts.codebook, file=file))


def test_a_worker_that_is_killed_costs_time_only(herts, monkeypatch, tmp_path):
    whole, made = _whole(herts), _copy(herts, monkeypatch, tmp_path)
    monkeypatch.setattr(_cleaning, "clean_and_seal", _kill_once)
    _assert_equal(engine.clean(made, engine="processes", workers=2), whole)
    assert (tmp_path / "raw" / herts.name / "killed").exists()


def test_workers_that_are_always_killed_end_in_one_sentence(herts, monkeypatch):
    monkeypatch.setattr(_cleaning, "clean_and_seal", _kill_always)
    with pytest.raises(SurveyError, match=r"killed 3 times, with \d+ of \d+ parts left"):
        engine.clean(herts, engine="processes", workers=2)


def test_a_corrupt_part_is_named_and_what_the_others_did_is_kept(in_files, herts, monkeypatch):
    broken = in_files(lambda contents: [contents[0], b"\x00\xff" * 99, contents[2]])
    with pytest.raises(SurveyError, match=r"^1\.csv .*") as error:
        engine.clean(broken, engine="here")
    assert "0.csv" not in str(error.value)
    assert "2.csv" not in str(error.value)
    read, plainly = [], _cleaning.clean_work
    monkeypatch.setattr(
        _cleaning, "clean_work", lambda work: read.append(str(work.part)) or plainly(work)
    )
    mended = in_files()
    _assert_equal(engine.clean(mended, engine="here"), _whole(herts))
    assert set(read) == {"1.csv"}
    assert not _kept.KeptParts(mended.name, mended.codebook).folder.parent.exists()


def test_a_file_with_a_quote_in_doubt_is_read_whole(herts, monkeypatch, tmp_path):
    content = herts.raw_path.read_bytes()
    lines = content.split(b"\r\n")
    place = next(at for at in range(700, 900) if b'"' not in lines[at])
    lines[place] = re.sub(rb"^\d+", b'5" wide', lines[place])
    made = _copy(herts, monkeypatch, tmp_path, b"\r\n".join(lines))
    _assert_equal(engine.clean(made, engine="here"), _whole(made))


def test_columns_that_are_lacking_are_named_as_of_the_whole(in_files, herts):
    made = in_files(
        lambda contents: [each.replace(b"Start time", b"Begun", 1) for each in contents]
    )
    with pytest.raises(SurveyError) as parts:
        engine.clean(made, engine="here")
    with pytest.raises(SurveyError) as whole:
        cleaning.clean(made.read_raw(), made.codebook)
    assert str(parts.value) == str(whole.value)


def test_an_unknown_engine_is_refused(herts):
    with pytest.raises(ValueError, match="engine 'spork'; choose one of 'here', 'processes'"):
        engine.clean(herts, engine="spork")
