"""What the report of one wave alone hides of channels, in the names of the later wave."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.primary import pair
from analysis.survey import Survey
from analysis.waves.questions import Agreement


@dataclass(frozen=True, kw_only=True)
class OwnReport:
    """Channels that a report hides, and groups of channels that it hides, told by their members."""

    channels: frozenset[str] = frozenset()
    groups: frozenset[frozenset[str]] = frozenset()


def hidden_by_report(survey: Survey, names: Mapping[str, str]) -> OwnReport:
    """Say what the report of a wave hides.

    Parameters
    ----------
    survey : Survey
        The wave with its own codebook, and the threshold of the comparison.
    names : mapping of str to str
        Label of a channel -> its label in the later wave, where the two differ.

    Returns
    -------
    OwnReport
        In the labels of the later wave. A group of the two waves is one if it has the same members.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> strict = replace(herts, codebook=replace(herts.codebook, disclosure_threshold=25))
    >>> found = hidden_by_report(strict, {"Social media": "X and Facebook"})
    >>> sorted(found.channels)[-2:], frozenset({"Other"}) in found.groups
    (['Webchat', 'X and Facebook'], True)
    """
    if not survey.has(survey.used_role, "preferred"):
        return OwnReport()
    base, used, preferred = pair.compared(survey, survey.responses())
    if not base.n:
        return OwnReport()
    channels, groups = pair.hidden_shifts(survey, used, preferred)
    group_of = survey.codebook.question("preferred").groups
    members = {
        name: frozenset(names.get(label, label) for label, of in group_of.items() if of == name)
        for name in groups
    }
    return OwnReport(
        channels=frozenset(names.get(each, each) for each in channels),
        groups=frozenset(members.values()),
    )


def later_names(first: Survey, second: Survey, found: Mapping[str, Agreement]) -> dict[str, str]:
    """Lead from the earlier names of channels to the later ones, as far as they are mapped.

    Parameters
    ----------
    first, second : Survey
        The earlier and the later one.
    found : mapping of str to Agreement
        As `questions.agreements` returns them.

    Returns
    -------
    dict
        Label -> label; empty where a wave did not ask what people prefer.
    """
    agreed = found.get("preferred")
    if agreed is None:
        return {}
    old, new = first.codebook.question(agreed.was), second.codebook.question("preferred")
    return {old.labels[code]: new.labels[to] for code, to in agreed.codes.items()}
