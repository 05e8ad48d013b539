"""The people of a specification: the raw replies cleaned with some rules set otherwise."""

from dataclasses import dataclass, field, replace

import pandas as pd

from analysis import cleaning, population, weights
from analysis.cleaning import flags
from analysis.population import Weighing
from analysis.privacy import rule_of
from analysis.specifications import choices
from analysis.specifications.choices import Choice, Specification
from analysis.survey import Survey
from analysis.survey.codebook import Codebook
from analysis.weights import Weights

#: The largest weight, as a multiple of the mean, where the codebook cuts none.
LARGEST_WEIGHT = 3.0


@dataclass(frozen=True, kw_only=True)
class People:
    """The people of a specification: their survey, the rows read from it, and their weights."""

    survey: Survey
    responses: pd.DataFrame
    weights: Weights | None = None


@dataclass
class Cleanings:
    """The raw replies of a survey, and how they look under each choice of people.

    What was once cleaned or weighted is kept, since many specifications share it.
    """

    survey: Survey
    raw: pd.DataFrame = field(repr=False)
    _cleaned: dict = field(default_factory=dict, repr=False)
    _people: dict = field(default_factory=dict, repr=False)
    _weighed: dict = field(default_factory=dict, repr=False)

    def people(self, specification: Specification) -> People:
        """Return the people of a specification.

        Parameters
        ----------
        specification : mapping of str to str
            Choice -> level; a choice that is not named is taken as in the report.

        Returns
        -------
        People
            Weighted as the specification says, None without weights.
        """
        key = tuple(
            specification.get(each.name, each.report) == each.report for each in choices.OF_PEOPLE
        )
        if key not in self._people:
            made = self._made(key)
            held = self.survey.holding(made)
            self._people[key] = held, held.responses()
        held, responses = self._people[key]
        how = specification.get("weights", choices.NONE)
        if how == choices.NONE:
            return People(survey=held, responses=responses)
        if (key, how) not in self._weighed:
            self._weighed[key, how] = weights_of(held, responses, how)
        return People(survey=held, responses=responses, weights=self._weighed[key, how])

    def _made(self, key: tuple[bool, ...]) -> pd.DataFrame:
        as_report = dict(zip((each.name for each in choices.OF_PEOPLE), key, strict=True))
        coded = tuple(as_report[name] for name in ("doubles", "late", "other"))
        if coded not in self._cleaned:
            doubles, late, other = coded
            codebook = changed_codebook(
                self.survey.codebook, doubles=not doubles, late=not late, other=not other
            )
            self._cleaned[coded] = cleaning.clean(self.raw, codebook).responses
        found = self._cleaned[coded]
        leave = pd.Series(False, index=found.index)
        for name in flags.FLAGS:
            if not as_report[name] and f"flag_{name}" in found:
                leave |= found[f"flag_{name}"].astype(bool)
        found = found[~leave]
        if not as_report["outside"] and self.survey.codebook.population_counts is not None:
            held = self.survey.holding(found)
            kept, _ = population.belonging(held, held.responses())
            found = found[found["raw_row"].isin(kept["raw_row"])]
        return found


def changed_codebook(codebook: Codebook, *, doubles: bool, late: bool, other: bool) -> Codebook:
    """Return a codebook with some rules of cleaning switched off.

    Parameters
    ----------
    codebook : Codebook
        The survey's.
    doubles, late : bool
        True keeps replies sent again, and those after the closing date.
    other : bool
        True leaves "Other" as it was ticked, whatever was written beside it.

    Returns
    -------
    Codebook
        A copy.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023").codebook
    >>> changed_codebook(herts, doubles=False, late=True, other=False).closes is None
    True
    """
    questions = codebook.questions
    if doubles:
        rules = replace(codebook.cleaning, double_within_minutes=0)
        codebook = replace(codebook, cleaning=rules)
        questions = tuple(each for each in questions if each.role != "respondent")
    if other:
        questions = tuple(replace(each, recode={}) for each in questions)
    closes = None if late else codebook.closes
    return replace(codebook, questions=questions, closes=closes)


def choices_of(cleanings: Cleanings) -> tuple[tuple[Choice, ...], dict[str, str]]:
    """Say which choices of people a survey has.

    Parameters
    ----------
    cleanings : Cleanings
        Its replies.

    Returns
    -------
    tuple
        The choices, and for each other one why it is none: it moves nobody, or so few that the
        difference it makes would tell of them.
    """
    rule, found, absent = rule_of(cleanings.survey.codebook), [], {}
    report = cleanings.people({}).survey.coded_responses()
    for choice in choices.OF_PEOPLE:
        other = cleanings.people({choice.name: choice.levels[1]}).survey.coded_responses()
        moved = _moved(report, other)
        if not moved:
            absent[choice.name] = "it concerns nobody in this survey"
        elif rule.few(moved):
            absent[choice.name] = f"it concerns fewer than {rule.people()} people"
        else:
            found.append(choice)
    return tuple(found), absent


def _moved(report: pd.DataFrame, other: pd.DataFrame) -> int:
    """Count the people who are in one of two cleanings alone, or have other answers there."""
    report, other = (each.set_index("raw_row") for each in (report, other))
    apart = len(report.index.symmetric_difference(other.index))
    both = report.index.intersection(other.index)
    columns = [each for each in report.columns if each in other and not each.startswith("flag_")]
    unlike = (report.loc[both, columns] != other.loc[both, columns]).any(axis=1)
    return apart + int(unlike.sum())


def weights_of(survey: Survey, responses: pd.DataFrame, how: str) -> Weights | None:
    """Weight people in one of the ways that are tried.

    Parameters
    ----------
    survey : Survey
        The people's survey.
    responses : pandas.DataFrame
        Its rows.
    how : str
        A level of `choices.WEIGHTS` or `choices.SUPPLIED`.

    Returns
    -------
    Weights or None
        None if they cannot be made.

    Raises
    ------
    ValueError
        If `how` is no such level.
    """
    if how not in (*choices.WEIGHTS.levels, *choices.SUPPLIED.levels):
        raise ValueError(f"{how!r} is no way of weighting; choose from {choices.WEIGHTS.levels}")
    if how == choices.DISTRICT:
        return _by_district(survey, responses)
    weighing = population.weigh(survey, responses)
    if weighing is None or how != choices.TRIMMED:
        return None if weighing is None else weighing.full or weighing.weights
    return _trimmed(weighing, survey)


def _trimmed(weighing: Weighing, survey: Survey) -> Weights:
    """Cut large weights: those that a survey brings at the limit, raked ones as `weights.trim`."""
    full, described = weighing.full, survey.codebook.population_counts
    if full is None:
        values = weighing.weights.weights
        return Weights(weights=values.clip(upper=LARGEST_WEIGHT * values.mean()))
    limit = described.largest_weight or LARGEST_WEIGHT
    return weights.trim(full, upper=limit) if full.largest > limit else full


def _by_district(survey: Survey, responses: pd.DataFrame) -> Weights | None:
    """Post-stratify by district alone; who named none has no weight."""
    people, _ = population.belonging(survey, responses)
    people = people.dropna(subset=["district"])[["district"]].astype("str")
    counts = population.cells(survey, ["district"]).astype({"district": "str"})
    counts = counts.set_index("district")["people"]
    counts = counts[counts.index.isin(people["district"])]
    return weights.rake(people, {"district": counts}) if len(people) else None


def ways_of_weighting(survey: Survey) -> Choice:
    """Return the choice of weights that a survey allows.

    Parameters
    ----------
    survey : Survey
        With responses written or held.

    Returns
    -------
    Choice
        Without any but none, if there are no weights.

    Examples
    --------
    >>> from analysis import survey
    >>> ways_of_weighting(survey.load("herts_2023")).levels
    ('none', 'to the population', 'large ones cut', 'by district alone')
    """
    if population.no_weights(survey):
        return replace(choices.WEIGHTS, levels=(choices.NONE,))
    weighing = population.weigh(survey, survey.responses())
    uncut = weighing.weights if weighing.full is None else weighing.full
    choice = choices.SUPPLIED if weighing.full is None else choices.WEIGHTS
    levels = [each for each in choice.levels if each != choices.DISTRICT]
    described = survey.codebook.population_counts
    limit = LARGEST_WEIGHT if described is None else described.largest_weight or LARGEST_WEIGHT
    if uncut.largest <= limit:
        levels.remove(choices.TRIMMED)
    if weighing.full is not None and ("district",) in described.margins:
        levels += [choices.DISTRICT] if len(described.margins) > 1 else []
    return replace(choice, levels=tuple(levels))
