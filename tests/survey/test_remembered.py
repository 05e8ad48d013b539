"""What is read of a survey is read once, and nobody's changes reach the next reader."""

import os

import conftest
import pandas as pd

from analysis import cleaning, files, paths
from analysis.survey import coded_frames


def _written(demo):
    """Clean two replies, as notebook 01 does."""
    made = demo([conftest.ROW, conftest.ROW.replace("03/10", "04/10")])
    cleaned = cleaning.clean(made.read_raw(), made.codebook).responses
    files.replace_text(paths.PROCESSED / "demo" / "responses.csv", cleaned.to_csv(index=False))
    return made


def test_responses_are_decoded_once_and_again_if_another_file_is_written(demo, monkeypatch):
    made, calls = _written(demo), []
    decoded = coded_frames.decoded

    def counted(*given):
        calls.append(1)
        return decoded(*given)

    monkeypatch.setattr(coded_frames, "decoded", counted)
    path = paths.PROCESSED / "demo" / "responses.csv"
    coded = pd.read_csv(path, dtype="str", keep_default_na=False)
    first, second = made.responses(), made.responses()
    assert len(calls) == 1
    pd.testing.assert_frame_equal(first, second)
    coded.iloc[:1].to_csv(path, index=False)
    os.utime(path, ns=(1, 1))
    assert len(made.responses()) == 1
    assert len(calls) == 2
    assert len(made.holding(coded).responses()) == len(first) == 2  # not those that are written


def test_who_changes_responses_changes_a_copy(demo):
    made = _written(demo)
    frame = made.responses()
    before = frame["raw_row"].tolist()
    frame["raw_row"] = 0
    frame.loc[frame.index[0], "raw_row"] = 7
    frame["more"] = 1
    assert made.responses()["raw_row"].tolist() == before
    assert "more" not in made.responses()


def test_what_is_made_of_a_raw_file_is_made_again_of_another(demo):
    made = demo()
    texts = [made.memory.of(made.raw_paths, "text", made.raw_path.read_text) for _ in range(2)]
    assert texts[0] is texts[1]
    made.raw_path.write_text("another", "utf-8")
    assert made.memory.of(made.raw_paths, "text", made.raw_path.read_text) == "another"
