"""Parts that are done, kept until all are: a run that ends early loses the parts at hand alone."""

import hashlib
import pickle
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from analysis import files, paths
from analysis.exports import ExportPart
from analysis.survey.codebook import Codebook

#: Rooms whose code decides what becomes of a part.
_ROOMS = ("cleaning", "exports", "survey")


class KeptParts:
    """The parts of one export that are done.

    They hold people's own words, as the raw files do: the folder is for this user alone, git
    ignores it, and it is removed when all parts are joined.
    """

    def __init__(self, survey: str, codebook: Codebook) -> None:
        self.folder = paths.OUT / ".parts" / survey
        self._of = hashlib.sha256(f"{_sources()}{codebook!r}".encode()).hexdigest()

    def get(self, part: ExportPart, commas: Mapping[str, bool]) -> Any:
        """Return what was kept of a part; None if nothing was, or the file is another one."""
        path = self._path(part, commas)
        return pickle.loads(path.read_bytes()) if path.is_file() else None

    def keep(self, part: ExportPart, commas: Mapping[str, bool], done: bytes) -> None:
        """Keep what became of a part, pickled."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.replace_bytes(self._path(part, commas), done)

    def clear(self) -> None:
        """Remove all that was kept."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):  # of another survey, or not there
            self.folder.parent.rmdir()

    def _path(self, part: ExportPart, commas: Mapping[str, bool]) -> Path:
        told = part.path.stat()
        of = (self._of, part, told.st_size, told.st_mtime_ns, sorted(commas.items()))
        return self.folder / hashlib.sha256(repr(of).encode()).hexdigest()


def _sources() -> str:
    root, digest = paths.ROOT / "src" / "analysis", hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
