"""What could reasonably have been decided otherwise: each choice once, the report's level first."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

#: A specification: choice -> level.
Specification = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice: what it is called in tables, and its levels, the first of them the report's.

    `of_people` says whether it decides who is among the people, and not how they are analysed.
    """

    name: str
    label: str
    levels: tuple[str, ...]
    of_people: bool = False

    @property
    def report(self) -> str:
        """The level that the report takes."""
        return self.levels[0]


STAY, LEAVE = "stay", "leave"

#: Who is among the people, and what their cells say.
OF_PEOPLE = (
    Choice(
        name="doubles",
        label="Replies sent again",
        levels=("only the first complete one stays", "all stay"),
        of_people=True,
    ),
    Choice(name="late", label="Late replies", levels=(LEAVE, STAY), of_people=True),
    Choice(
        name="outside",
        label="People outside the population",
        levels=(STAY, LEAVE),
        of_people=True,
    ),
    Choice(name="speeder", label="Fast replies", levels=(STAY, LEAVE), of_people=True),
    Choice(name="straight_liner", label="Straight lines", levels=(STAY, LEAVE), of_people=True),
    Choice(name="contradiction", label="Contradictions", levels=(STAY, LEAVE), of_people=True),
    Choice(
        name="other",
        label='"Other" in own words',
        levels=("recoded to what it says", '"Other" as ticked'),
        of_people=True,
    ),
)

NONE, RAKED, TRIMMED, DISTRICT = "none", "to the population", "large ones cut", "by district alone"

WEIGHTS = Choice(name="weights", label="Weights", levels=(NONE, RAKED, TRIMMED, DISTRICT))
SUPPLIED = Choice(name="weights", label="Weights", levels=(NONE, "of the survey", TRIMMED))

LAST, ANY = "the channel used last", "every channel used, in equal parts"
#: Of a survey that asked for every channel used alone, and has one preferred.
WHOLE = "every channel used, each counted whole"

#: Who used two channels and prefers one counts half in each on the side of use.
USED = Choice(name="used", label="What counts as used", levels=(LAST, ANY))

FINE, COARSE = "channels", "groups of channels"
GROUPS = Choice(name="groups", label="Channels", levels=(FINE, COARSE))

#: What was not on offer for use, such as a video chat, can be preferred all the same.
NOT_OFFERED = Choice(
    name="not_offered", label="Who prefers what was not on offer", levels=(STAY, LEAVE)
)

LEFT_OUT, COUNTED = "left out", "counted as a no"
DONT_KNOW = Choice(name="dont_know", label='"Don\'t know"', levels=(LEFT_OUT, COUNTED))

ALL_TOLD, ONE_TOLD = "who answered all that 04 compares", "who answered this question"
BASE = Choice(name="base", label="Base", levels=(ALL_TOLD, ONE_TOLD))

BEST, ONE_MORE = "the best answers", "one answer more"
TOP = Choice(name="top", label="What counts as satisfied", levels=(BEST, ONE_MORE))

LOGIT = "logit"
LINK = Choice(name="link", label="Link", levels=(LOGIT, "probit", "cloglog"))

#: Standard deviation of the error of each link: by it spreads on their scales can be compared.
ERROR_SD = {
    "logit": math.pi / math.sqrt(3),
    "probit": 1.0,
    "cloglog": math.pi / math.sqrt(6),
}

COMPLETE, LEVEL, IMPUTED = "left out", "a level of its own", "imputed five times"
MISSING = Choice(
    name="missing", label="Who did not tell a covariate", levels=(COMPLETE, LEVEL, IMPUTED)
)

FIXED, RANDOM, WITHOUT = "fixed", "random", "left out"

#: The covariate that stands for what people used, as a level of covariates names it.
CHANNEL = "channel"

#: Of the models that compare something else than districts.
DISTRICTS = Choice(name="district", label="District", levels=(FIXED, RANDOM, WITHOUT))
SPREAD = Choice(name="district", label="District", levels=(RANDOM, FIXED))

COMPUTED, SAID = "both answers compared", "as people say themselves"
GOT = Choice(name="got", label="Having used what one prefers", levels=(COMPUTED, SAID))


def covariates(*levels: str) -> Choice:
    """Return the choice of covariates with the levels that a survey allows.

    Parameters
    ----------
    *levels : str
        Roles joined by ", " (`CHANNEL` for what people used), or "none"; the report's first.

    Returns
    -------
    Choice
        Without a level that stands twice.

    Examples
    --------
    >>> covariates("reason", "none", "reason, age", "none").levels
    ('reason', 'none', 'reason, age')
    """
    return Choice(name="covariates", label="Covariates", levels=tuple(dict.fromkeys(levels)))


def report_of(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Return the specification of the report.

    Parameters
    ----------
    choices : tuple of Choice
        What bears on a headline.

    Returns
    -------
    dict
        Choice -> its first level.

    Examples
    --------
    >>> report_of((LINK, TOP))
    {'link': 'logit', 'top': 'the best answers'}
    """
    return {each.name: each.report for each in choices}
