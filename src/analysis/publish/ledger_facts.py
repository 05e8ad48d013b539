"""What became of the replies that came: the ledger in words."""

import math

from analysis.cleaning import Cleaned
from analysis.survey import Survey


def facts_of(cleaned: Cleaned, survey: Survey) -> dict[str, str]:
    """Say how many replies came, left at each step and why, and stayed.

    Parameters
    ----------
    cleaned : Cleaned
        The replies of the survey, cleaned.
    survey : Survey
        The survey.

    Returns
    -------
    dict
        Name -> text, in the order of the steps.
    """
    facts = {"Replies received": f"{cleaned.ledger.rows_in:,}"}
    for step in cleaned.ledger.steps:
        left = step.rows_before - step.rows_after
        facts[f"Left out, {step.step.replace('_', ' ')}"] = f"{left:,} ({step.reason})"
    if cleaned.doubles is not None and cleaned.doubles.by_chance:
        at_most = math.ceil(10 * cleaned.doubles.by_chance) / 10
        facts["Doubles by chance"] = (
            f"of those left out as double, at most {at_most:,} are expected to be of other people "
            "who answered alike"
        )
    kept = cleaned.responses
    facts["Replies kept"] = f"{len(kept):,}"
    for question in survey.codebook.questions:
        without = int(kept[question.role].isna().sum()) if question.kind == "date" else 0
        if without:
            facts[f"Without a time, {question.role}"] = f"{without:,} of those kept"
    return facts
