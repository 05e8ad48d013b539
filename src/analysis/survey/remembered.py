"""What a survey has read, as long as its files are the same."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")


class Remembered:
    """What was made of files, by name; of other files it is made again.

    Examples
    --------
    >>> from pathlib import Path
    >>> kept, file = Remembered(), Path(__file__)
    >>> kept.of([file], "first", lambda: 1), kept.of([file], "first", lambda: 2)
    (1, 1)
    """

    def __init__(self) -> None:
        self._held: dict[str, tuple[list, object]] = {}

    def of(self, files: Sequence[Path], what: str, make: Callable[[], Made]) -> Made:
        """Make something of files once, and again only if they are others.

        Parameters
        ----------
        files : sequence of pathlib.Path
            What it is made of; none if it does not change.
        what : str
            Its name.
        make : callable
            Makes it.

        Returns
        -------
        object
            What `make` returned; nobody changes it.
        """
        states = [path.stat() for path in files]
        seen = [
            (str(path), each.st_mtime_ns, each.st_size)
            for path, each in zip(files, states, strict=True)
        ]
        if what not in self._held or self._held[what][0] != seen:
            self._held[what] = seen, make()
        return self._held[what][1]

    def part(self, start: str) -> "Remembered":
        """Return those of it whose names begin so."""
        found = Remembered()
        found._held = {name: each for name, each in self._held.items() if name.startswith(start)}
        return found

    def add(self, other: "Remembered") -> None:
        """Remember what another does, too."""
        self._held |= other._held
