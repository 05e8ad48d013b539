"""Titles and notes of notebook 10."""

import pandas as pd


def coverage_title(rows: pd.DataFrame) -> str:
    """Say of how many headlines the intervals hold as often as they should.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `tables.judged` returns it.

    Returns
    -------
    str
        A finding.

    Examples
    --------
    >>> coverage_title(pd.DataFrame({"verdict": ["within", "too low", "cannot be told"]}))
    'Of 3 kinds of interval 1 is shown to miss its range'
    """
    missed = int(rows["verdict"].isin(["too low", "too high"]).sum())
    verb = "is" if missed == 1 else "are"
    return f"Of {len(rows)} kinds of interval {missed or 'none'} {verb} shown to miss its range"


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay out how often intervals hold as a figure takes it.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `tables.judged` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, estimate, conf_low, conf_high`: the rate, and two Monte Carlo errors around it.
    """
    reach = 2 * rows["coverage_error"]
    return pd.DataFrame({
        "level": rows["level"],
        "estimate": rows["coverage"],
        "conf_low": (rows["coverage"] - reach).clip(lower=0.0),
        "conf_high": (rows["coverage"] + reach).clip(upper=1.0),
    })  # fmt: skip


def base_note(made: dict[str, str]) -> str:
    """Say what the tables of the study were made from.

    Parameters
    ----------
    made : dict
        As `stored.manifest` returns it.

    Returns
    -------
    str
        Sentences.
    """
    return (
        f"Simulated: {int(made['surveys']):,} surveys from one population of "
        f"{int(made['population']):,} simulated people, seed {made['seed']}; ± is one Monte Carlo "
        f"error. Generator {made['generator'][:12]}."
    )
