"""A file is written whole or not at all, and an error names it."""

import errno
from pathlib import Path

import pandas as pd
import pytest

from analysis import files
from analysis.files import _writing


def test_a_read_only_file_is_refused(tmp_path):
    path = tmp_path / "README.md"
    path.write_text("mine", "utf-8")
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="it is read-only and was left as it is") as caught:
        files.replace_text(path, "new")
    assert caught.value.filename == str(path)
    assert path.read_text("utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [path]
    path.chmod(0o644)


def test_a_full_disk_names_the_file_and_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text("old", "utf-8")

    def full(self, content):
        with self.open("wb") as file:
            file.write(content[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left on device") as caught:
        files.replace_text(path, "new")
    assert caught.value.filename == str(path)
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_very_many_rows_are_the_same_bytes_as_few(tmp_path, monkeypatch):
    texts = ["plain", "=1+1", 'said "no"', "a,b", "two\nlines", "", None, "-5", "é"]
    frame = pd.DataFrame(
        {
            "raw_row": range(90),
            "kind": pd.Categorical(["web", "phone", None] * 30),
            "text": pd.Series(texts * 10, dtype="str"),
            "mixed": pd.Series([1.25, "no_answer", 1 / 3] * 30, dtype="object"),
            "share": [1e-9, 1 / 3, float("nan")] * 30,
            "flag": [True, False, False] * 30,
        }
    )
    written = []
    for many in (1_000, 10):
        monkeypatch.setattr(_writing, "MANY", many)
        files.write_csv(frame, tmp_path / f"it's {many}.csv", synthetic=True)
        written.append((tmp_path / f"it's {many}.csv").read_bytes())
    assert written[0] == written[1]
    assert b"'=1+1" in written[1]
