"""Where people would use a video chat, as far as it may be shown."""

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.chapters.video_chat.tables import weighted_shares
from analysis.population import Weighing
from analysis.privacy import HIDDEN, hidden_weighted, hide, hide_small, rounded_out, rule_of
from analysis.report import Parts, Weighted, weighted_share
from analysis.report import estimate as in_one_cell
from analysis.survey import Survey, bases
from analysis.survey.codebook import Codebook

_NUMBERS = ["estimate", "conf_low", "conf_high"]

#: What the table says of each place.
_PLACES = ["level", "n_yes", "n", *_NUMBERS, "weighted_share", "weighted"]


def shown_places(
    ticked: pd.DataFrame | pd.Series, codebook: Codebook, *, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Give the share of people who named each place, most first, and hide what rests on few.

    Parameters
    ----------
    ticked : pandas.DataFrame or pandas.Series
        Indicators 1 and 0, a column a place called by its label; or one place a person.
    codebook : Codebook
        Its threshold.
    weighing : Weighing, optional
        For a second share, weighted.

    Returns
    -------
    pandas.DataFrame
        `level, n_yes, n, estimate, conf_low, conf_high, weighted_share` (the weighted share, NA
        without weights and where `privacy.hidden_weighted` hides it) and `weighted` (text, with
        interval).
    """
    rows, rule = proportions.shares(ticked).rename(columns={"answer": "level"}), rule_of(codebook)
    heavy, one = weighted_shares(ticked, weighing), isinstance(ticked, pd.Series)
    ends, hidden = pd.DataFrame(np.nan, index=rows.index, columns=_NUMBERS), False
    if heavy is not None:
        ends = rounded_out(heavy[_NUMBERS])
        hidden = hidden_weighted(
            rows["n_yes"].to_numpy(), len(ticked), heavy["n_yes"].to_numpy(),
            int(heavy["n"].iloc[0]), rule=rule, complete=one,
        )  # fmt: skip
    rows["weighted_share"] = hide(ends["estimate"], np.broadcast_to(hidden, len(rows)))
    shown = hide_small(
        rows,
        counts=["n_yes"],
        values=["n_yes", *_NUMBERS, "weighted_share"],
        rule=rule,
        complete=one,
    )
    cells = pd.Series([in_one_cell(*row) for row in ends.to_numpy()], index=rows.index)
    shown["weighted"] = cells.where(shown["estimate"].notna() & ~np.asarray(hidden), HIDDEN)
    shown = shown.astype({"level": "str"})[_PLACES]
    return shown.sort_values("estimate", ascending=False, kind="stable").reset_index(drop=True)


def asked_where(
    survey: Survey, responses: pd.DataFrame, parts: Parts, *, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Give the share of people who named each place, of those who were asked and answered.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.
    parts : Parts
        What is left out.
    weighing : Weighing, optional
        For the weighted share.

    Returns
    -------
    pandas.DataFrame
        As `shown_places`; empty where the part "places" is left out.
    """
    if not parts.has("places"):
        return pd.DataFrame(columns=_PLACES)
    people = bases.answered(survey, responses, ["video_place"]).frame
    ticked = bases.channels(survey, people, "video_place")
    return shown_places(ticked, survey.codebook, weighing=weighing)


def weighted_place(
    survey: Survey, responses: pd.DataFrame, places: pd.DataFrame, weighing: Weighing | None
) -> Weighted | None:
    """Give the weighted share of the place named most.

    Parameters
    ----------
    survey, responses, weighing
        As for `asked_where`.
    places : pandas.DataFrame
        As `asked_where` returns it.

    Returns
    -------
    Weighted or None
        None where the table hides it.
    """
    if places.empty or pd.isna(places["weighted_share"].iloc[0]):
        return None
    people = bases.answered(survey, responses, ["video_place"]).frame
    ticked, place = bases.channels(survey, people, "video_place"), places["level"].iloc[0]
    yes = ticked == place if isinstance(ticked, pd.Series) else ticked[place] == 1
    return weighted_share(yes, weighing, survey.codebook)
