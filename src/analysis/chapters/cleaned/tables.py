"""How many of the replies kept are doubtful, and why."""

import pandas as pd

from analysis.cleaning import flags
from analysis.privacy import Rule, hide_small


def flagged(responses: pd.DataFrame) -> pd.DataFrame:
    """Count the replies that carry each flag.

    Parameters
    ----------
    responses : pandas.DataFrame
        As `cleaning.clean` returns them: a boolean column `flag_<name>` a flag.

    Returns
    -------
    pandas.DataFrame
        A row a flag that the survey has a rule for: `flag, meaning, n_yes, n, share_flagged`;
        empty if it has none.

    Examples
    --------
    >>> found = flagged(pd.DataFrame({"flag_speeder": [True, False, False, False]}))
    >>> found[["flag", "n_yes", "n", "share_flagged"]]
          flag  n_yes  n  share_flagged
    0  speeder      1  4           0.25
    """
    names = flags.flag_names(responses)
    table = pd.DataFrame(
        {
            "flag": [name.replace("_", " ") for name in names],
            "meaning": [flags.FLAGS[name] for name in names],
            "n_yes": [int(responses[f"flag_{name}"].sum()) for name in names],
            "n": len(responses),
        }
    )
    return table.assign(share_flagged=table["n_yes"] / table["n"])


def shown_flagged(table: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Hide the flags that few replies carry.

    Parameters
    ----------
    table : pandas.DataFrame
        As `flagged` returns it.
    rule : Rule
        How few are too few.

    Returns
    -------
    pandas.DataFrame
        The same rows.
    """
    hidden = ["n_yes", "share_flagged"]
    return hide_small(table, counts=["n_yes"], values=hidden, rule=rule, complete=False)
