"""A TOML table of a codebook, read strictly: whatever is wrong with it is noted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

_REQUIRED = object()


class Table:
    """A TOML table that notes every key that is missing, unknown or of the wrong type."""

    def __init__(self, table: Mapping[str, Any], where: str, problems: list[str]) -> None:
        self.table, self.where, self.problems = table, where, problems
        self.taken: set[str] = set()

    def take(self, key: str, kind: Any, default: Any = _REQUIRED) -> Any:
        """Return the value of a key; a missing or mistyped one is noted and replaced."""
        self.taken.add(key)
        if key not in self.table:
            if default is _REQUIRED:
                self.problems.append(f"{self.where}: no {key!r}; add it")
                return None
            return default
        value = self.table[key]
        narrower = {int: bool, date: datetime}.get(kind, ())  # no whole number, and no day alone
        if not isinstance(value, kind) or isinstance(value, narrower):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            wanted = " or ".join(each.__name__ for each in kinds)
            self.problems.append(f"{self.where}: {key} = {value!r} is not {wanted}; correct it")
            return None if default is _REQUIRED else default
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.take(key, list, list(default))
        if any(not isinstance(value, str) for value in values):
            self.problems.append(f"{self.where}: {key} holds other things than text; quote them")
        return tuple(str(value) for value in values)

    def text_lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """Return a table of lists of texts."""
        inner = self.table_at(key)
        lists = {name: inner.texts(name) for name in inner.table}
        inner.close()
        return lists

    def table_at(self, key: str) -> "Table":
        """Return a table inside this one, empty if there is none."""
        return Table(self.take(key, dict, {}), f"{self.where}, {key}", self.problems)

    def close(self) -> None:
        """Note what is still to be decided, and the keys that nobody took."""
        decide = self.take("decide", (str, list), [])
        for text in [decide] if isinstance(decide, str) else decide:
            self.problems.append(f"{self.where}: decide, then delete the line: {text}")
        for key in self.table:
            if key not in self.taken:
                self.problems.append(f"{self.where}: unknown key {key!r}; remove or correct it")


def record(kind: type, table: Table) -> Any:
    """Fill a flat record (words, file, cleaning rules) from its table.

    Parameters
    ----------
    kind : type
        A dataclass; its fields are the keys, with their types and defaults.
    table : Table
        What stands in the file.

    Returns
    -------
    object
        Of that kind; keys that are missing or unknown are noted in the table.

    Examples
    --------
    >>> from analysis.exports import RawFile
    >>> problems = []
    >>> record(RawFile, Table({"name": "a.csv", "sheet": 2}, "[file]", problems)).name, problems
    ('a.csv', ['[file]: sheet = 2 is not str; correct it'])
    """
    values = {}
    for field in kind.__dataclass_fields__.values():
        default = _REQUIRED if field.default is field.default_factory else field.default
        if field.type == tuple[str, ...]:
            values[field.name] = table.texts(field.name, default)
        else:
            values[field.name] = table.take(field.name, field.type, default)
    table.close()
    return kind(**values)
