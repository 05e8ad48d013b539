"""What of each notebook a survey allows, decided before any of them runs."""

from collections.abc import Callable, Mapping

from nbformat import NotebookNode

from analysis.chapters.changes_wanted import needs as changes_wanted
from analysis.chapters.digital import needs as digital
from analysis.chapters.district_profiles import needs as district_profiles
from analysis.chapters.known_truth import needs as known_truth
from analysis.chapters.next_survey import needs as next_survey
from analysis.chapters.next_survey.assumed import assume
from analysis.chapters.preferred_vs_used import needs as preferred_vs_used
from analysis.chapters.ratings import needs as ratings
from analysis.chapters.robustness import needs as robustness
from analysis.chapters.satisfaction import needs as satisfaction
from analysis.chapters.video_chat import needs as video_chat
from analysis.chapters.who_answered import needs as who_answered
from analysis.report import NOTEBOOK, parts_needed
from analysis.survey import Survey
from analysis.survey.wording import listed


def _video_chat(survey: Survey) -> dict[str, str]:
    """Say what two rooms leave out of the notebook that they share."""
    return video_chat.left_out(survey) | digital.left_out(survey)


def _known_truth(survey: Survey) -> dict[str, str]:
    """Say what two rooms leave out of the notebook that they share."""
    found = known_truth.left_out(survey)
    if NOTEBOOK in found:
        return found
    return found | next_survey.left_out(assume(survey, survey.responses()))


#: Notebook -> what its room leaves out of it, part -> reason.
NEEDS: Mapping[str, Callable[[Survey], dict[str, str]]] = {
    "02_who_answered": who_answered.left_out,
    "03_preferred_vs_used": preferred_vs_used.left_out,
    "04_satisfaction": satisfaction.left_out,
    "05_visibility_and_access": ratings.left_out,
    "06_video_chat": _video_chat,
    "07_changes_wanted": changes_wanted.left_out,
    "08_district_profiles": district_profiles.left_out,
    "09_robustness": robustness.left_out,
    "10_known_truth": _known_truth,
}

#: Notebook -> what each part of it shows.
PARTS: Mapping[str, Mapping[str, str]] = {
    "02_who_answered": who_answered.PARTS,
    "03_preferred_vs_used": preferred_vs_used.PARTS,
    "04_satisfaction": satisfaction.PARTS,
    "05_visibility_and_access": ratings.PARTS,
    "06_video_chat": video_chat.PARTS | digital.PARTS,
    "07_changes_wanted": changes_wanted.PARTS,
    "10_known_truth": next_survey.PARTS,
}


def left_out(stem: str, survey: Survey) -> dict[str, str]:
    """Say which parts of a notebook are left out for a survey, and why.

    Parameters
    ----------
    stem : str
        Name of the notebook without `.ipynb`; one without needs of its own runs whole.
    survey : Survey
        The survey, with its responses written or held (`Survey.holding`).

    Returns
    -------
    dict
        Part -> reason, a clause; `report.NOTEBOOK` stands for the whole notebook.
    """
    found = NEEDS[stem](survey) if stem in NEEDS else {}
    return {NOTEBOOK: found[NOTEBOOK]} if NOTEBOOK in found else found


def sections_left_out(
    notebook: NotebookNode, reasons: Mapping[str, str], shows: Mapping[str, str]
) -> dict[str, str]:
    """Return the headings of a notebook below which cells are left out, with the reasons.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The notebook; cells that belong to a part begin with ``parts.needs("...")``.
    reasons : mapping of str to str
        As `left_out` returns them.
    shows : mapping of str to str
        Part -> what it shows, as in `PARTS`.

    Returns
    -------
    dict
        Heading -> reasons, in the order of the notebook; "(in part)" follows a heading below which
        other cells run. What is left out is named, unless it is all for one reason. Empty if the
        notebook as a whole is left out.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
    >>> cells = [new_markdown_cell("## By ward"), new_code_cell('parts.needs("wards")')]
    >>> reasons, shows = {"wards": "nobody named one"}, {"wards": "the map"}
    >>> sections_left_out(new_notebook(cells=cells), reasons, shows)
    {'By ward': 'nobody named one'}
    >>> sections_left_out(new_notebook(cells=[*cells, new_code_cell("1")]), reasons, shows)
    {'By ward (in part)': 'the map, since nobody named one'}
    """
    if NOTEBOOK in reasons:
        return {}
    below: dict[str, list[str]] = {}
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        elif cell.cell_type == "code":
            below.setdefault(heading, []).append(parts_needed(cell.source))
    found = {}
    for heading, parts in below.items():
        left = [part for part in dict.fromkeys(parts) if part in reasons]
        if not left:
            continue
        whole = all(part in reasons for part in parts)
        by_reason: dict[str, list[str]] = {}
        for part in left:
            by_reason.setdefault(reasons[part], []).append(part)
        if whole and len(by_reason) == 1:
            found[heading] = reasons[left[0]]
            continue
        found[heading if whole else f"{heading} (in part)"] = "; ".join(
            f"{listed([shows[part] for part in some])}, since {reason}"
            for reason, some in by_reason.items()
        )
    return found
