"""What planning the next survey needs."""

from analysis.chapters.next_survey.assumed import Assumed

#: What each part shows.
PARTS = {
    "next_districts": "what each district could show",
    "next_spread": "whether districts differ at all",
    "next_allocation": "invitations spread over districts",
}


def left_out(plan: Assumed) -> dict[str, str]:
    """Say which parts of planning a survey does not allow.

    Parameters
    ----------
    plan : Assumed
        As `assumed.assume` returns it.

    Returns
    -------
    dict
        Part -> reason; empty if nothing is left out.

    Examples
    --------
    >>> import pandas as pd
    >>> none = pd.DataFrame(columns=["level", "n", "shown", "population", "rate"])
    >>> plan = Assumed(discordant=0.25, channel="", share=0.5, information=0.3, people=100,
    ...                districts=none, design_effect=1.0)
    >>> sorted(left_out(plan))
    ['next_allocation', 'next_districts', 'next_spread']
    """
    rows, found = plan.districts, {}
    if rows["shown"].notna().sum() < 2:
        found["next_districts"] = "the sizes of fewer than two districts may be shown"
    if len(rows) < 3:
        found["next_spread"] = "a spread between districts needs three or more"
    if "next_districts" in found:
        found["next_allocation"] = found["next_districts"]
    elif rows["population"].notna().sum() < 2:
        found["next_allocation"] = "the population is not counted by district"
    return found
