"""The ledger: which rows left, at which step, and why. It always reconciles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the ledger, with the rows before and after it."""

    step: str
    reason: str
    rows_before: int
    rows_after: int


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Steps in the order taken, and the raw rows that each took out.

    `excluded` has `raw_row` and `step`; it stays in memory, the table of steps is published.
    """

    rows_in: int
    steps: tuple[Step, ...] = ()
    excluded: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"raw_row": [], "step": []}).astype(
            {"raw_row": "int64", "step": "str"}
        )
    )

    @classmethod
    def joined(cls, parts: Sequence["Ledger"]) -> "Ledger":
        """Put the ledgers of parts of an export together, which took the same steps.

        Parameters
        ----------
        parts : sequence of Ledger
            In their order; `raw_row` of each counts from its own first reply.

        Returns
        -------
        Ledger
            As if the parts had been one.

        Examples
        --------
        >>> one = Ledger(rows_in=2, steps=(Step(step="a", reason="", rows_before=2, rows_after=1),),
        ...              excluded=pd.DataFrame({"raw_row": [2], "step": ["a"]}))
        >>> whole = Ledger.joined([one, one])
        >>> whole.steps[0].rows_after, whole.excluded["raw_row"].tolist()
        (2, [2, 4])
        """
        if len(parts) == 1:
            return parts[0]
        before = np.cumsum([0, *(part.rows_in for part in parts)])
        steps = tuple(
            replace(
                each[0],
                rows_before=sum(step.rows_before for step in each),
                rows_after=sum(step.rows_after for step in each),
            )
            for each in zip(*(part.steps for part in parts), strict=True)
        )
        gone = [
            part.excluded.assign(raw_row=part.excluded["raw_row"] + rows)
            for part, rows in zip(parts, before[:-1].tolist(), strict=True)
        ]
        excluded = pd.concat(gone, ignore_index=True)
        taken = {step.step: place for place, step in enumerate(steps)}
        excluded = excluded.sort_values("step", key=lambda each: each.map(taken), kind="stable")
        return cls(rows_in=int(before[-1]), steps=steps, excluded=excluded.reset_index(drop=True))

    @classmethod
    def of_steps(cls, raw_row: pd.Series, step: np.ndarray, reasons: Mapping[str, str]) -> "Ledger":
        """Write down the rows that leave at each of several steps.

        Parameters
        ----------
        raw_row : pandas.Series
            Of the replies before the first step.
        step : numpy.ndarray
            The place among the steps of that at which each row leaves; their number if it stays.
        reasons : mapping of str to str
            Name of each step, in the order taken, and why such rows do not count.

        Returns
        -------
        Ledger
            As if `exclude` had taken the steps one by one.

        Examples
        --------
        >>> made = Ledger.of_steps(
        ...     pd.Series([1, 2, 3]), np.array([1, 2, 0]), {"late": "late", "blank": "no answer"}
        ... )
        >>> made.to_frame()["rows_after"].tolist(), made.excluded["raw_row"].tolist()
        ([2, 1], [3, 1])
        """
        gone = np.bincount(step, minlength=len(reasons) + 1)[:-1]
        after = len(step) - np.cumsum(gone)
        steps = tuple(
            Step(step=name, reason=reason, rows_before=int(left + n), rows_after=int(left))
            for (name, reason), n, left in zip(reasons.items(), gone, after, strict=True)
        )
        order = np.argsort(step, kind="stable")[: int(gone.sum())]
        names = pd.array(list(reasons), dtype="str").take(step[order])
        excluded = pd.DataFrame({"raw_row": raw_row.to_numpy()[order], "step": names})
        return cls(rows_in=len(step), steps=steps, excluded=excluded)

    def to_frame(self) -> pd.DataFrame:
        """Return a row a step.

        Returns
        -------
        pandas.DataFrame
            `step, reason, rows_before, rows_excluded, rows_after`.
        """
        return pd.DataFrame(
            [
                {
                    "step": step.step,
                    "reason": step.reason,
                    "rows_before": step.rows_before,
                    "rows_excluded": step.rows_before - step.rows_after,
                    "rows_after": step.rows_after,
                }
                for step in self.steps
            ]
        )

    def reconcile(self, rows_kept: int) -> None:
        """Check that rows in = rows kept + rows excluded, step by step.

        Parameters
        ----------
        rows_kept : int
            Rows of the frame that the last step returned.

        Raises
        ------
        ValueError
            If a row was lost or gained outside the ledger.

        Examples
        --------
        >>> Ledger(rows_in=3).reconcile(2)
        Traceback (most recent call last):
        ...
        ValueError: 3 rows in, but 2 kept + 0 excluded; a step changed rows without the ledger
        """
        rows, broken = self.rows_in, False
        for step in self.steps:
            broken |= step.rows_before != rows
            rows = step.rows_after
        if broken or rows != rows_kept or self.rows_in != rows_kept + len(self.excluded):
            raise ValueError(
                f"{self.rows_in} rows in, but {rows_kept} kept + {len(self.excluded)} excluded; "
                "a step changed rows without the ledger"
            )


def exclude(
    frame: pd.DataFrame, ledger: Ledger, rows: pd.Series, *, step: str, reason: str
) -> tuple[pd.DataFrame, Ledger]:
    """Take rows out and write it down.

    Parameters
    ----------
    frame : pandas.DataFrame
        Replies with `raw_row`.
    ledger : Ledger
        What left so far.
    rows : pandas.Series
        Boolean, True for a row that leaves; index as `frame`.
    step, reason : str
        Name of the step and why such rows do not count.

    Returns
    -------
    tuple of pandas.DataFrame and Ledger
        The rows that stay, and the longer ledger.

    Examples
    --------
    >>> frame = pd.DataFrame({"raw_row": [1, 2, 3], "answers": [4, 0, 5]})
    >>> kept, ledger = exclude(
    ...     frame, Ledger(rows_in=3), frame["answers"] == 0, step="blank", reason="no answer"
    ... )
    >>> len(kept), ledger.to_frame().loc[0, "rows_excluded"]
    (2, np.int64(1))
    """
    kept = frame[~rows]
    taken = Step(step=step, reason=reason, rows_before=len(frame), rows_after=len(kept))
    gone = pd.DataFrame({"raw_row": frame.loc[rows, "raw_row"], "step": step})
    excluded = pd.concat([ledger.excluded, gone], ignore_index=True)
    return kept, Ledger(rows_in=ledger.rows_in, steps=(*ledger.steps, taken), excluded=excluded)
