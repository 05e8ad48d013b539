"""A file is written whole or not at all, and an error names it."""

import errno
from pathlib import Path

import pytest

from analysis import files


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
