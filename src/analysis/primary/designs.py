"""What the models of satisfaction are made of: whose answers, which channels, which terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis import ordinal, privacy, report
from analysis.privacy import rule_of
from analysis.survey import Survey, bases, measures
from analysis.survey.bases import Base
from analysis.survey.remembered import Remembered

#: Districts drawn together need a spread between them, which two groups say nothing of.
FEWEST_DISTRICTS = 3

#: What the channels are called that are gathered because few people used each.
GATHERED = "Used by few people each"


@dataclass(frozen=True, kw_only=True)
class Design:
    """The people and terms of the models, decided before any is fitted.

    `base` is who answered all questions that are compared; `people` are the same, with channels
    that few people used gathered. `terms` are the columns of the channels (where people could
    name several: of those that enough people named, and enough did not); `formula` has them and,
    where that model has finite estimates, the districts. `left_out` says why a part of the
    notebook is not there. `made` is what was made of these people once.
    """

    base: Base
    people: pd.DataFrame
    terms: list[str]
    formula: str
    left_out: Mapping[str, str] = field(default_factory=dict)
    made: Remembered = field(default_factory=Remembered, repr=False, compare=False)

    @property
    def holds_more(self) -> bool:
        """Whether the model of channels holds anything else equal, so that shares are adjusted."""
        return len(self.terms) + ("together" not in self.left_out) > 1

    @property
    def without_districts(self) -> str:
        """The formula of the channels alone."""
        return _formula(self.terms)

    @property
    def without_channels(self) -> str:
        """The formula of the districts alone, as far as they are in the model."""
        return _formula(["district"] * ("together" not in self.left_out))


def design_of(survey: Survey, responses: pd.DataFrame) -> Design:
    """Decide who is compared, and by what.

    Parameters
    ----------
    survey : Survey
        A survey that asked about satisfaction.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    Design
        `left_out` may name "channels", "districts", "together" (channels and districts in one
        model), each with its reason.
    """
    left_out = {
        "channels": _no_channels(survey, responses, ["satisfaction"]),
        "districts": _no_districts(survey, responses, ["satisfaction"]),
    }
    if not any(left_out.values()):
        both = [survey.used_role, "satisfaction"]
        left_out["districts"] = _no_districts(survey, responses, both)
        if not left_out["districts"]:
            left_out["channels"] = _no_channels(survey, responses, ["satisfaction", "district"])
    roles = [] if left_out["channels"] else [survey.used_role]
    roles += ["satisfaction"] + ([] if left_out["districts"] else ["district"])
    base = bases.answered(survey, responses, roles)
    people, terms = base.frame, []
    if not left_out["channels"]:
        people, terms = large_terms(survey, base.frame)
        left_out["channels"] = ordinal.obstacle(_formula(terms), people)
        if left_out["channels"]:
            people, terms = base.frame, []
    if not left_out["districts"]:
        left_out["districts"] = ordinal.obstacle(_formula(terms), people, random="district")
    for part in ("channels", "districts"):
        left_out["together"] = left_out.get("together") or left_out[part]
    formula = _formula([*terms, "district"])
    left_out["together"] = left_out["together"] or ordinal.obstacle(formula, people)
    if left_out["together"]:
        formula = _formula(terms)
    return Design(
        base=base,
        people=people,
        terms=terms,
        formula=formula,
        left_out={part: reason for part, reason in left_out.items() if reason},
    )


def is_split(survey: Survey, people: pd.DataFrame) -> bool:
    """Tell whether enough people gave one of the best answers, and enough another.

    Parameters
    ----------
    survey : Survey
        The survey.
    people : pandas.DataFrame
        `satisfaction` of each.

    Returns
    -------
    bool
        By the disclosure threshold.
    """
    best = people["satisfaction"].isin(measures.top_answers(survey, "satisfaction"))
    return rule_of(survey.codebook).splits(best)


def few_of_a_kind(survey: Survey, who: str = "") -> str:
    """Say that too few people gave one of the best answers, or too few another.

    Parameters
    ----------
    survey : Survey
        The survey.
    who : str
        Which people, such as "who named their district".

    Returns
    -------
    str
        A clause.
    """
    best = measures.best_answers(survey, "satisfaction")
    least, people = rule_of(survey.codebook).people(), f"people {who}".strip()
    return f"fewer than {least} {people} answered {best}, or fewer than {least} something else"


def _formula(terms: list[str]) -> str:
    return f"satisfaction ~ {' + '.join(terms) or '1'}"


def _no_channels(survey: Survey, responses: pd.DataFrame, others: list[str]) -> str:
    """Say why channels cannot be compared among the people who answered some questions."""
    role, words = survey.used_role, survey.words
    if not survey.has(role):
        return report.not_asked(survey, role)
    people = bases.answered_only(survey, responses, [role, *others]).frame
    if not is_split(survey, people):
        return few_of_a_kind(survey, "who said what they used")
    people, terms = large_terms(survey, people)
    shown = privacy.may_show(people_by(survey, people, terms), survey.codebook).sum()
    least = 1 if survey.codebook.question(role).kind == "multiple" else 2
    if shown >= least:
        return ""
    least_told = f"telling of fewer than {rule_of(survey.codebook).people()} people"
    if least == 1:
        return f"of no {words.channel} can a share be shown without {least_told}"
    return f"of fewer than two {words.channels} can shares be shown without {least_told}"


def people_by(survey: Survey, people: pd.DataFrame, terms: list[str]) -> pd.DataFrame:
    """Count the people of each channel, and of them who gave one of the best answers.

    Parameters
    ----------
    survey : Survey
        The survey.
    people : pandas.DataFrame
        As `Design.people`.
    terms : list of str
        As `Design.terms`.

    Returns
    -------
    pandas.DataFrame
        `level, n, n_top, variable`, as `privacy.may_show` takes them.
    """
    best = people["satisfaction"].isin(measures.top_answers(survey, "satisfaction"))
    if terms == [survey.used_role]:
        counts = best.groupby(people[terms[0]], observed=True).agg(["size", "sum"]).reset_index()
        return counts.set_axis(["level", "n", "n_top"], axis=1).assign(variable=terms[0])
    named = people[terms] == 1.0
    counts = {"n": named.sum(), "n_top": named[best].sum()}
    return pd.DataFrame(counts).rename_axis("level").reset_index().assign(variable=terms)


def _no_districts(survey: Survey, responses: pd.DataFrame, others: list[str]) -> str:
    """Say why districts cannot be compared among the people who answered some questions."""
    if not survey.has("district"):
        return report.not_asked(survey, "district")
    people = bases.answered_only(survey, responses, ["district", *others]).frame
    if not is_split(survey, people):
        return few_of_a_kind(survey, f"who named their {survey.words.district}")
    return report.few_groups(
        survey, people["district"], survey.words.districts, least=FEWEST_DISTRICTS
    )


def large_terms(
    survey: Survey, frame: pd.DataFrame, role: str = ""
) -> tuple[pd.DataFrame, list[str]]:
    """Return people and terms of the channels, small channels gathered or without a term.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()` without missing answers to the question.
    role : str
        A question on use; `survey.used_role` by default.

    Returns
    -------
    tuple of pandas.DataFrame and list of str
        Which are small is a matter of how many people used them, never of what these answered.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> people = bases.answered(herts, herts.responses(), ["used_last"]).frame
    >>> large_terms(herts, people)[1]
    ['used_last']
    """
    role, rule = role or survey.used_role, rule_of(survey.codebook)
    if survey.codebook.question(role).kind == "multiple":
        terms = bases.channel_terms(survey, role)
        return frame, [term for term in terms if rule.splits(frame[term] == 1.0)]
    used = frame[role]
    sizes = used.value_counts()
    small = list(sizes.index[rule.few(sizes) & (sizes > 0)])
    if not small:
        return frame, [role]
    large = [each for each in used.cat.categories if each not in small]
    kind = pd.CategoricalDtype([*large, GATHERED])
    gathered = used.astype("str").where(~used.isin(small), GATHERED).astype(kind)
    return frame.assign(**{role: gathered}), [role]
