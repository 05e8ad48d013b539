"""Malformed exports and codebooks end in a frame or in one error; `tests/malformed.py` has more."""

import time

import malformed
import pytest


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_malformed_inputs_end_in_a_frame_or_an_error_shown_as_text(tmp_path, first):
    for number in range(first, first + 20):
        folder = tmp_path / str(number) / "demo"
        folder.mkdir(parents=True)
        malformed.make(number, folder)
        assert malformed.read(folder) in {
            "cleaned", "codebook refused", "export refused", "replies refused", "no such file",
        }  # fmt: skip


@pytest.mark.parametrize("number", [*range(0, 200, 8), 601, 728])
def test_drafts_of_malformed_inputs_are_toml_or_an_error_of_one_sentence(tmp_path, number):
    folder = tmp_path / "demo"
    folder.mkdir()
    malformed.make(number, folder)
    start = time.monotonic()
    assert malformed.draft(folder) in {"drafted", "drafted without it", "draft refused"}
    assert time.monotonic() - start < malformed.LONGEST


def test_a_fault_of_a_reader_is_reported_by_its_number(monkeypatch):
    def broken(*given, **named):
        raise KeyError("what no reader should raise")

    monkeypatch.setattr(malformed.codebook_reader, "read_codebook", broken)
    outcomes, faults, _, _ = malformed.feed(7, 2)
    assert outcomes == {"KeyError": 2}
    assert [fault.partition(":")[0] for fault in faults] == ["7", "8"]


def test_an_spss_file_that_ends_the_process_of_its_reader_is_refused(tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    malformed.make(6338, folder)
    assert malformed.read(folder) == "export refused"


def test_the_same_number_is_the_same_input(tmp_path):
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name / "demo"
        folder.mkdir(parents=True)
        malformed.make(42, folder)
        made.append({path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert made[0] == made[1]
