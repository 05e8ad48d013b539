"""The two waves that are compared: two surveys, or two waves of one survey."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis import cleaning, population
from analysis.cleaning import respondents
from analysis.cleaning.columns import Columns
from analysis.errors import SurveyError
from analysis.population import Weighing
from analysis.privacy import with_stricter_rule
from analysis.survey import Survey
from analysis.survey.wave_maps import WaveRules
from analysis.survey.wording import listed
from analysis.waves.alignment import aligned
from analysis.waves.ids import different_people
from analysis.waves.order import refuse_reversed
from analysis.waves.own_report import OwnReport, hidden_by_report, later_names
from analysis.waves.questions import Agreement, agreements

#: What people are weighted by whose survey brings weights.
BROUGHT = "the weights that the survey brings"


@dataclass(frozen=True, kw_only=True)
class Wave:
    """One wave in the language that both share, with the weights of its own people.

    `survey` has the questions that both asked, and the stricter threshold of the two;
    `responses` are its rows. `own` is the same people with the wave's own codebook. `weighed_to`
    names the population of its weights, or is "". `report` is what a report of this wave hides.
    """

    label: str
    survey: Survey
    own: Survey
    responses: pd.DataFrame
    weighing: Weighing | None
    weighed_to: str
    report: OwnReport

    @property
    def n(self) -> int:
        """How many people answered this wave."""
        return len(self.responses)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two waves of one instrument. `later` is the survey that the comparison is filed with.

    `agreed` says of each question of both how it compares, and `shared` which answers do where not
    all of them do. `ids` says what is known of people who answered twice.
    """

    first: Wave
    second: Wave
    later: Survey
    stem: str
    agreed: Mapping[str, Agreement]
    shared: Mapping[str, Sequence[str]]
    ids: str
    synthetic: tuple[bool, bool]
    alone: Sequence[str] = ()

    @property
    def waves(self) -> tuple[Wave, Wave]:
        """The earlier and the later wave."""
        return self.first, self.second

    @property
    def labels(self) -> tuple[str, str]:
        """What they are called."""
        return self.first.label, self.second.label

    def compares(self, *roles: str) -> bool:
        """Tell whether the two waves asked these questions alike."""
        return all(role in self.agreed and self.agreed[role].same for role in roles)

    def complete(self, *roles: str) -> bool:
        """Tell whether all answers to these questions compare."""
        return self.compares(*roles) and all(self.agreed[role].complete for role in roles)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A survey that holds its responses, with the id of each reply ("" for none)."""

    survey: Survey
    ids: pd.Series | None


def two_surveys(first: Survey, second: Survey, *, in_order: bool = False) -> Pair:
    """Read two surveys of one instrument, to be compared.

    Parameters
    ----------
    first, second : Survey
        The earlier and the later one, each with its own codebook.
    in_order : bool
        Whether to refuse a second survey that was over before the first began.

    Returns
    -------
    Pair
        With the questions that both asked alike, or that the later codebook maps.

    Raises
    ------
    SurveyError
        If they are one survey, a file is wrong, no question compares, the same people answered
        both, or they are in the wrong order.
    """
    if first.name == second.name:
        raise SurveyError(
            f"{first.name} is compared with itself; name two surveys, or one survey that has a "
            "question of role wave"
        )
    labels = _labels(first, second)
    read = [_read(each) for each in (first, second)]
    if in_order:
        refuse_reversed(*(each.survey.coded_responses() for each in read), labels)
    return _pair(read, labels, stem=f"waves_{first.name}", later=second)


def two_waves(survey: Survey, names: Sequence[str] = ()) -> Pair:
    """Read two waves of one survey, to be compared.

    Parameters
    ----------
    survey : Survey
        With a question of role `wave`.
    names : sequence of str
        Codes or labels of the earlier and the later wave; the first and the last one by default.

    Returns
    -------
    Pair
        As `two_surveys`.

    Raises
    ------
    SurveyError
        If no question tells the wave, a name is none of it, or as for `two_surveys`.
    """
    if not survey.has("wave"):
        raise SurveyError(
            f"{survey.name} has no question of role wave, so it is one wave; name two surveys, as "
            "in compare-waves herts_2023 herts_2025"
        )
    question = survey.codebook.question("wave")
    read = _read(survey)
    coded = read.survey.coded_responses()
    known = question.labels
    chosen = list(names) or [question.codes[0], question.codes[-1]]
    by_label = {label: code for code, label in known.items()}
    codes = [each if each in known else by_label.get(each, "") for each in chosen]
    if "" in codes or len(set(codes)) != 2:
        raise SurveyError(
            f"{' and '.join(chosen)} are not two waves of {survey.name}; choose two of "
            f"{listed(list(known), most=20)}"
        )
    rules = WaveRules(ids_restart=survey.codebook.waves.ids_restart)
    alone = replace(survey, codebook=replace(survey.codebook, waves=rules))
    parts = []
    for code in codes:
        rows = (coded["wave"] == code).to_numpy()
        if not rows.any():
            raise SurveyError(f"no reply of {survey.name} is of the wave {known[code]!r}")
        held = replace(alone, cleaned=coded[rows].reset_index(drop=True))
        ids = None if read.ids is None else read.ids[rows].reset_index(drop=True)
        parts.append(_Read(survey=held, ids=ids))
    labels = known[codes[0]], known[codes[1]]
    return _pair(parts, labels, stem=f"waves_{codes[0]}_{codes[1]}", later=survey)


def _labels(first: Survey, second: Survey) -> tuple[str, str]:
    """Call two surveys by the years of their fieldwork, or by their names if these are one."""
    opened = [each.codebook.opens for each in (first, second)]
    years = [str(each.year) if each else "" for each in opened]
    return (
        (years[0], years[1]) if all(years) and len(set(years)) == 2 else (first.name, second.name)
    )


def _read(survey: Survey) -> _Read:
    """Clean the raw file of a survey; nothing is written."""
    raw = survey.read_raw()
    cleaned = cleaning.clean(raw, survey.codebook).responses
    if cleaned.empty:
        raise SurveyError(f"no reply of {survey.name} is kept; check-export says why")
    ids = None
    if survey.has("respondent"):
        rows = cleaned["raw_row"].astype(int) - 1
        ids = (
            respondents.respondent_ids(Columns(raw), survey.codebook)
            .iloc[rows]
            .reset_index(drop=True)
        )
    return _Read(survey=survey.holding(cleaned), ids=ids)


def _pair(read: Sequence[_Read], labels: tuple[str, str], *, stem: str, later: Survey) -> Pair:
    first, second = (each.survey for each in read)
    books = first.codebook, second.codebook
    ids = different_people([each.ids for each in read], books, labels)
    found = agreements(first, second)
    if not any(each.same for each in found.values()):
        why = [f"{role}: {kind} ({said})" for role, each in found.items()
               for kind, said in each.refused.items()][:1]  # fmt: skip
        raise SurveyError(
            f"{labels[0]} and {labels[1]} share no question that was asked alike"
            + (f", such as {why[0]}; map it in [[waves.map]] (docs/codebook.md)" if why else "")
        )
    one, two, shared = aligned(first, second, found)
    book = with_stricter_rule(one.codebook, first.codebook)
    waves = []
    called = later_names(first, second, found), {}
    for label, own, joint, names in zip(labels, (first, second), (one, two), called, strict=True):
        made = replace(joint, codebook=book)
        weighing = population.weigh(own, own.responses())
        waves.append(
            Wave(
                label=label,
                survey=made,
                own=own,
                responses=made.responses(),
                weighing=weighing,
                weighed_to=_weighed_to(own, weighing),
                report=hidden_by_report(
                    replace(own, codebook=with_stricter_rule(own.codebook, book)), names
                ),
            )
        )
    return Pair(
        first=waves[0],
        second=waves[1],
        later=later,
        stem=stem,
        agreed=found,
        shared=shared,
        ids=ids,
        synthetic=(first.codebook.synthetic, second.codebook.synthetic),
        alone=_alone((first, second), labels, found),
    )


def _alone(
    surveys: tuple[Survey, Survey], labels: tuple[str, str], found: Mapping[str, Agreement]
) -> list[str]:
    """Name the questions with answers that one wave alone asked."""
    known = {each.was for each in found.values()}, set(found)
    return [
        f"{label}: {question.wording}"
        for label, each, both in zip(labels, surveys, known, strict=True)
        for question in each.codebook.questions
        if question.answers and question.role != "wave" and question.role not in both
    ]


def _weighed_to(survey: Survey, weighing: Weighing | None) -> str:
    if weighing is None:
        return ""
    described = survey.codebook.population_counts
    if survey.has("weight") or described is None:
        return BROUGHT
    margins = "; by ".join(" and ".join(roles) for roles in described.margins)
    return f"{described.label} (by {margins})"
