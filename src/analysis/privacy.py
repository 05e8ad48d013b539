"""Nothing shown rests on fewer people than the disclosure threshold of the codebook."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.report import HIDDEN, p_text


def hide_small(
    frame: pd.DataFrame,
    *,
    counts: Sequence[str],
    values: Sequence[str],
    threshold: int,
    complete: bool,
    known_zero: Sequence[bool] | None = None,
) -> pd.DataFrame:
    """Blank the numbers of rows that rest on too few people, and of one more if needed.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a category; a column `n`, if there is one, is the base of the row.
    counts : sequence of str
        Columns of people counted. A row is hidden if one of them is below the threshold, or
        leaves fewer people than the threshold outside.
    values : sequence of str
        Columns that are set to missing in hidden rows.
    threshold : int
        The fewest people that a shown number may rest on.
    complete : bool
        True if the rows add up to a total that readers know. Then the smallest shown rows are
        hidden too, until the hidden ones together hold the threshold in every count and are two
        or more (secondary suppression): no difference gives a small number away.
    known_zero : sequence of bool, optional
        True for rows whose count of 0 follows from the questionnaire and tells nothing.

    Returns
    -------
    pandas.DataFrame
        A copy; hidden numbers are NA.

    Examples
    --------
    >>> frame = pd.DataFrame({"channel": list("abc"), "n_used": [50, 30, 4]})
    >>> hide_small(frame, counts=["n_used"], values=["n_used"], threshold=10, complete=True)
      channel  n_used
    0       a    50.0
    1       b     NaN
    2       c     NaN
    """
    people = frame[list(counts)].to_numpy(dtype=float)
    exempt = np.zeros(len(frame), bool) if known_zero is None else np.asarray(known_zero, bool)
    small = (people < threshold) & ~((people == 0) & exempt[:, None])
    if "n" in frame and "n" not in counts:
        rest = frame[["n"]].to_numpy(dtype=float) - people
        small |= rest < threshold
    hidden = small.any(axis=1)
    if complete and hidden.any():
        candidates = np.argsort(people.min(axis=1), kind="stable")
        for row in candidates:
            if hidden.sum() > 1 and (people[hidden].sum(axis=0) >= threshold).all():
                break
            if not exempt[row]:
                hidden[row] = True
    shown = frame.copy()
    for column in values:
        shown[column] = shown[column].astype(float).mask(hidden)
    return shown


def shown_shifts(shifts: pd.DataFrame, codebook: Codebook, used_role: str) -> pd.DataFrame:
    """Hide the channels of `paired.shifts` that too few people used or prefer.

    Parameters
    ----------
    shifts : pandas.DataFrame
        As `paired.shifts` returns it.
    codebook : Codebook
        Its threshold; its `not_offered` tells which channels nobody can have used.
    used_role : str
        The question on use.

    Returns
    -------
    pandas.DataFrame
        `channel, n_used, n_preferred, share_used, share_preferred, estimate, conf_low,
        conf_high, p_adjusted, n, p_shown`; hidden numbers are NA. With one answer a person the
        channels add up to everybody, so a second one may be hidden too.

    Notes
    -----
    Who named a channel in both answers, and who in one alone, can be worked out from an exact
    interval or p-value. Where one of these counts is below the threshold, the interval is
    widened to whole points and `p_shown` is the next higher of 0.001, 0.01, 0.05 and 1.
    """
    question = codebook.question(used_role)
    single = "multiple" not in (question.kind, codebook.question("preferred").kind)
    counts = ["n_used", "n_preferred"]
    numbers = [*counts, "share_used", "share_preferred", "estimate", "conf_low", "conf_high"]
    joint = shifts[["n_both", "n_used_only", "n_preferred_only"]]
    coarse = (joint < codebook.disclosure_threshold).any(axis=1)
    told = shifts.assign(
        conf_low=shifts["conf_low"].mask(coarse, np.floor(shifts["conf_low"] * 100) / 100),
        conf_high=shifts["conf_high"].mask(coarse, np.ceil(shifts["conf_high"] * 100) / 100),
        p_shown=[
            _p_bound(p) if rough else _p_exact(p)
            for p, rough in zip(shifts["p_adjusted"], coarse, strict=True)
        ],
    )
    shown = hide_small(
        told[["channel", *numbers, "p_adjusted", "n", "p_shown"]],
        counts=counts,
        values=[*numbers, "p_adjusted"],
        threshold=codebook.disclosure_threshold,
        complete=single,
        known_zero=shifts["channel"].isin([question.labels[code] for code in question.not_offered]),
    )
    return shown.assign(p_shown=shown["p_shown"].where(shown["estimate"].notna(), HIDDEN))


def _p_exact(p_value: float) -> str:
    return p_text(p_value).removeprefix("p ").removeprefix("= ")


def _p_bound(p_value: float) -> str:
    bound = next((each for each in (0.001, 0.01, 0.05) if p_value < each), None)
    return f"< {bound}" if bound else "0.05 or more"


def require_shown(frame: pd.DataFrame, least: int, what: str) -> None:
    """Raise if too few rows of a table can be shown to say anything.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `shown_shifts` or `shown_margins` returns it.
    least : int
        The fewest rows with an estimate.
    what : str
        What the rows are.

    Raises
    ------
    ValueError
        Naming how many rows can be shown.
    """
    shown = int(frame["estimate"].notna().sum())
    if shown < least:
        raise ValueError(
            f"{shown} of {len(frame)} {what} have enough people to be shown; the survey is too "
            "small for this notebook: combine answers in the codebook"
        )


def shown_overlaps(shifts: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count, for each channel, who named it in both answers and who in one alone.

    Parameters
    ----------
    shifts : pandas.DataFrame
        As `paired.shifts` returns it, of questions with several answers.
    codebook : Codebook
        Its threshold and words.

    Returns
    -------
    pandas.DataFrame
        A row a channel, three columns of people. The shares of each answer are known, so a
        small count hides its whole row.
    """
    counts = ["n_both", "n_used_only", "n_preferred_only"]
    shown = hide_small(
        shifts.set_index("channel")[counts],
        counts=counts,
        values=counts,
        threshold=codebook.disclosure_threshold,
        complete=False,
    )
    words = codebook.words
    names = ["Both", f"{words.used_short} only", f"{words.preferred_short} only"]
    return shown.set_axis(names, axis=1)


def shown_margins(shares: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide the categories of `margins.top_share` that hold too few people.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `margins.top_share` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        The same rows. Where a category is small, all its numbers are NA; where few of its
        people gave a top answer, or few another, the unadjusted share is. Categories add up to
        everybody, so a second one may be hidden too.
    """
    threshold = codebook.disclosure_threshold
    complete = len(shares) > shares["variable"].nunique()
    counted = shares.assign(n_rest=shares["n"] - shares["n_top"])
    raw = hide_small(
        counted.drop(columns="n"),
        counts=["n_top", "n_rest"],
        values=["raw_share", "n_top"],
        threshold=threshold,
        complete=complete,
    )
    whole = hide_small(
        shares.assign(raw_share=raw["raw_share"], n_top=raw["n_top"]),
        counts=["n"],
        values=["estimate", "std_error", "conf_low", "conf_high", "n", "n_top", "raw_share"],
        threshold=threshold,
        complete=complete,
    )
    return whole


def hide_cells(table: pd.DataFrame, *, threshold: int) -> pd.DataFrame:
    """Blank the small cells of a table whose row and column totals readers know.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts of people, shape (rows, columns), without totals.
    threshold : int
        The fewest people that a shown cell may rest on.

    Returns
    -------
    pandas.DataFrame
        Floats; hidden cells are NA. In every row and column the hidden cells are none, or two
        and more that together hold the threshold, so that a total less the shown cells gives no
        small cell away.

    Notes
    -----
    The cheapest cell of a row or column in need is hidden until none is in need. This guards
    against subtraction along rows and columns, not against every system of equations.

    Examples
    --------
    >>> counts = pd.DataFrame([[40, 12, 30], [3, 50, 20], [25, 15, 60]])
    >>> hide_cells(counts, threshold=10).isna().to_numpy().tolist()
    [[False, False, False], [True, False, True], [True, False, True]]
    """
    cells = table.to_numpy(dtype=float)
    hidden = cells < threshold
    while True:
        need = _line_in_need(cells, hidden, threshold)
        if need is None:
            return pd.DataFrame(
                np.where(hidden, np.nan, cells), index=table.index, columns=table.columns
            )
        open_cells = np.argwhere(need & ~hidden)
        across = hidden.any(axis=0).astype(int)[None, :] + hidden.any(axis=1).astype(int)[:, None]
        order = sorted(open_cells.tolist(), key=lambda at: (-across[tuple(at)], cells[tuple(at)]))
        hidden[tuple(order[0])] = True


def _line_in_need(cells: np.ndarray, hidden: np.ndarray, threshold: int) -> np.ndarray | None:
    """Return the cells of the first row or column whose hidden cells can be worked out."""
    for axis in (0, 1):
        for number in range(cells.shape[axis]):
            line = np.zeros_like(hidden)
            line[(number, slice(None)) if axis == 0 else (slice(None), number)] = True
            secret = line & hidden
            if secret.sum() == 0 or not (line & ~hidden).any():
                continue
            if secret.sum() == 1 or cells[secret].sum() < threshold:
                return line
    return None
