"""Which choices bear on a headline in a survey: each with its condition.

A function returns the choice in a tuple, empty where the survey gives no such choice, or where it
concerns so few people that the difference it makes would tell of them.
"""

from dataclasses import replace

import pandas as pd

from analysis import report
from analysis.primary.designs import Design
from analysis.privacy import rule_of
from analysis.specifications import choices, shifts
from analysis.specifications.choices import Choice
from analysis.specifications.people import People
from analysis.survey import Survey, bases, measures


def ways_of_use(survey: Survey) -> tuple[Choice, ...]:
    """Offer the channel used last or every channel used, if both were asked."""
    return (choices.USED,) if survey.has("used", "used_last") else ()


def ways_of_shift(survey: Survey) -> tuple[Choice, ...]:
    """Offer ways of use, or to count several channels used in parts where one is preferred."""
    ways = ways_of_use(survey)
    kinds = [survey.codebook.question(role).kind for role in (survey.used_role, "preferred")]
    in_parts = not ways and kinds[0] == "multiple" and kinds[1] != "multiple"
    whole = replace(choices.USED, levels=(choices.WHOLE, choices.ANY))
    return (whole,) if in_parts else ways


def not_offered(survey: Survey, preferred: pd.Series | pd.DataFrame) -> tuple[Choice, ...]:
    """Offer to leave out who prefers what was not on offer."""
    if not survey.not_offered:
        return ()
    if isinstance(preferred, pd.Series):
        absent = preferred.isin(survey.not_offered)
    else:
        named = [each for each in survey.not_offered if each in preferred]
        absent = preferred[named].eq(1).any(axis=1)
    return (choices.NOT_OFFERED,) if rule_of(survey.codebook).splits(absent) else ()


def coarse(survey: Survey, channel: str = "") -> tuple[Choice, ...]:
    """Offer groups of channels, if there are any, and this channel is not one by itself."""
    groups = shifts.groups_of(survey)
    if len(set(groups.values())) == len(groups):
        return ()
    alone = list(groups.values()).count(groups.get(channel, "")) == 1
    return () if channel and alone else (choices.GROUPS,)


def whole_base(survey: Survey, responses: pd.DataFrame, beside: list[str]) -> tuple[Choice, ...]:
    """Offer everybody who rated, beside those who also answered what is compared."""
    sizes = [bases.answered(survey, responses, [*more, "satisfaction"]).n for more in ([], beside)]
    return (choices.BASE,) if _enough(survey, sizes[0] - sizes[1]) else ()


def dont_know(people: People, role: str) -> tuple[Choice, ...]:
    """Offer to count who does not know as a no."""
    said = people.survey.coded_responses()[role] == "dont_know"
    return (choices.DONT_KNOW,) if _enough(people.survey, int(said.sum())) else ()


def districts(made: Design, *levels: str) -> tuple[Choice, ...]:
    """Offer ways to hold districts equal, if the model has them."""
    if "together" in made.left_out:
        return ()
    return (replace(choices.DISTRICTS, levels=levels),)


def covariates(people: People, *levels: str, held: tuple[Choice, ...] = ()) -> tuple[Choice, ...]:
    """Offer what is held equal, and what becomes of people who did not tell it."""
    choice = choices.covariates(*levels)
    found = (choice,) if len(choice.levels) > 1 else ()
    roles = {role for level in choice.levels for role in level.split(", ")}
    roles -= {choices.NONE, choices.CHANNEL}
    roles |= {"district"} if held else set()
    rows = people.responses
    if people.survey.has("satisfaction"):
        rows = bases.answered(people.survey, rows, ["satisfaction"]).frame
    untold = rows[sorted(roles)].isna().any(axis=1).sum() if roles else 0
    return (*found, choices.MISSING) if _enough(people.survey, int(untold)) else found


def one_more(survey: Survey) -> tuple[Choice, ...]:
    """Offer to count one answer more as satisfied, if another is left."""
    question = survey.codebook.question("satisfaction")
    offered = [question.labels[code] for code in question.offered]
    best = measures.top_answers(survey, "satisfaction")
    first = min(offered.index(each) for each in best)
    return (choices.TOP,) if first > 1 else ()


def as_said(survey: Survey) -> tuple[Choice, ...]:
    """Offer what people say themselves on whether they used what they prefer."""
    asked = survey.has("was_preferred") and survey.codebook.cleaning.was_preferred_yes
    return (choices.GOT,) if asked else ()


def told(people: People) -> list[str]:
    """Name the characteristics that may be held equal.

    Parameters
    ----------
    people : People
        Of the report.

    Returns
    -------
    list of str
        Of age, sex, disability and the reason for contact those asked, told by most people, and
        with two groups or more.
    """
    rows = people.responses
    roles = [each for each in ("age", "sex", "disability", "reason") if people.survey.has(each)]
    roles = [each for each in roles if isinstance(rows[each].dtype, pd.CategoricalDtype)]
    rated = bases.answered(people.survey, rows, ["satisfaction"]).frame
    roles = report.told_by_most(rated, roles)
    return [each for each in roles if report.has_two_groups(rated[each])]


def is_split(people: People, role: str) -> bool:
    """Tell whether enough people gave one of the best answers to a rating, and enough another."""
    rating = bases.answered(people.survey, people.responses, [role]).frame[role]
    best = rating.isin(measures.top_answers(people.survey, role))
    return rule_of(people.survey.codebook).splits(best)


def digital_told(people: People) -> bool:
    """Tell whether enough people moved to digital channels, and enough away from them."""
    made = shifts.digital_gap(people, {})
    if made.scores is None:
        return False
    up = int((made.scores.values > 0).sum())
    return rule_of(people.survey.codebook).enough(up, len(made.scores.values) - up)


def _enough(survey: Survey, people: int) -> bool:
    return rule_of(survey.codebook).enough(people)
