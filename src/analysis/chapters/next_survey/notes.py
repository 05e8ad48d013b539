"""Notes below the tables of planning: what they suppose, as far as the survey has it."""

from analysis.chapters.next_survey.assumed import Assumed
from analysis.report import at_start, listed
from analysis.survey import Survey

#: What stands for an effect that nothing would show.
NONE = "none"


def needed(plan: Assumed, survey: Survey) -> str:
    """Say whom the people needed are, and what is not counted in.

    Parameters
    ----------
    plan : Assumed
        What is assumed.
    survey : Survey
        The survey, for its words.

    Returns
    -------
    str
        Sentences.
    """
    together = (
        f", and so it does by the report's intervals of {survey.words.channels}, which hold "
        "together"
        if plan.asked_twice
        else ""
    )
    heavy = (
        f" Weights as unequal as this survey's (design effect {plan.design_effect:.2f})."
        if plan.weighted
        else ""
    )
    logit = (
        " The logit of a share p is ln(p / (1 - p)): 0.1 is about 2.5 points near 50%."
        if plan.places > 2
        else ""
    )
    return (
        "People who answer what is compared. Each effect by itself: adjusted for several (Holm) it "
        f"takes more{together}. All groups of one size.{heavy}{logit}"
    )


def supposed(plan: Assumed) -> str:
    """Say what the effects that could be seen suppose.

    Parameters
    ----------
    plan : Assumed
        What is assumed.

    Returns
    -------
    str
        Sentences.

    Examples
    --------
    >>> import pandas as pd
    >>> plan = Assumed(discordant=0.25, channel="", share=0.5, information=0.3, people=100,
    ...                districts=pd.DataFrame({"population": []}), design_effect=1.0,
    ...                asked_twice=False)
    >>> supposed(plan)
    'Interval: a share near 50%.'
    """
    said = "difference and interval" if plan.places else "interval"
    said = f"{said}: a share near {100 * plan.share:.0f}%."
    if plan.asked_twice:
        said = (
            f"shift: {100 * plan.discordant:.0f}% of people give different answers (name it in one "
            f"of the two alone); {said}"
        )
    if plan.places or plan.asked_twice:
        said += f' "{NONE}": no effect there can be is seen with that power.'
    return at_start(said)


def uncounted(plan: Assumed, survey: Survey) -> str:
    """Say which districts are here that are not planned for, since nobody counts their people.

    Parameters
    ----------
    plan, survey
        As for `needed`.

    Returns
    -------
    str
        A sentence after a space; "" if all are planned for.
    """
    if len(plan.districts) == plan.places:
        return ""
    more = plan.districts.loc[plan.districts["population"].isna(), "level"]
    return (
        f" {len(plan.districts)} {survey.words.districts} with {listed(list(more), most=3)}; "
        f"planned are the {plan.places} whose population is counted."
    )


def allocations(plan: Assumed, survey: Survey) -> str:
    """Say what the ways to spread invitations suppose.

    Parameters
    ----------
    plan, survey
        As for `needed`.

    Returns
    -------
    str
        Sentences.
    """
    heavy = (
        " With weights as unequal as this survey's, which hold differences between "
        f"{survey.words.districts} already: cautious."
        if plan.weighted
        else ""
    )
    return (
        f"In points.{heavy} Neyman's allocation sends more where more people live and fewer reply "
        "(answers are supposed to vary alike), so that the interval of everybody is narrowest."
    )
