"""What two answers of the same people must be, whatever is made of them."""

import numpy as np
import pandas as pd

Answers = pd.Series | pd.DataFrame


def check_conf_level(conf_level: float) -> None:
    """Refuse a level of intervals that is no probability.

    Parameters
    ----------
    conf_level : float
        Such as 0.95.

    Raises
    ------
    ValueError
        If it is not between 0 and 1.
    """
    if not 0 < conf_level < 1:
        raise ValueError(f"conf_level is {conf_level}; give a share between 0 and 1, such as 0.95")


def check_rows(used: Answers, preferred: Answers) -> None:
    """Refuse two answers of other people, or of the same in another order.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As for `shifts`.

    Raises
    ------
    ValueError
        Saying how many each holds.
    """
    if not used.index.equals(preferred.index):
        raise ValueError(
            f"used holds {len(used)} people, preferred {len(preferred)}, and they are not the "
            "same in the same order; take both from one frame"
        )


def check_people(used: Answers, preferred: Answers) -> None:
    """Refuse two answers that are not those of the same people, each once and complete.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As for `shifts`.

    Raises
    ------
    ValueError
        Naming what is wrong.
    """
    check_rows(used, preferred)
    if not used.index.is_unique:
        twice = used.index[used.index.duplicated()][0]
        raise ValueError(f"person {twice} stands twice; one person counts once")
    missing = int(np.asarray(used.isna()).sum() + np.asarray(preferred.isna()).sum())
    if missing:
        raise ValueError(f"{missing} answers are missing; leave those people out first")
    if not len(used):
        raise ValueError("nobody answered both questions; there is nothing to compare")
