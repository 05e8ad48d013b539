"""What each notebook asks, in a survey's own words."""

from analysis.survey import Survey
from analysis.survey.wording import in_sentence, listed

#: Notebook -> its question, where it needs none of the survey's words.
_PLAIN = {
    "01_clean_responses": "Who is in the data, and who was left out?",
    "02_who_answered": "Who answered, and how unlike the population are they?",
    "09_robustness": "Would other reasonable choices change the answers?",
    "10_known_truth": "How well do these methods find what is known to be true?",
}

#: The ratings of notebook 05.
_RATED = ("visibility", "accessibility")


def question(survey: Survey, notebook: str) -> str:
    """Say what a notebook asks of a survey.

    Parameters
    ----------
    survey : Survey
        The survey.
    notebook : str
        Name of the notebook without ending, such as "03_preferred_vs_used".

    Returns
    -------
    str
        The question; "" of a notebook that is not known, whose own heading stands.

    Examples
    --------
    >>> from analysis import survey
    >>> question(survey.load("herts_2023"), "03_preferred_vs_used")
    'Is what people used most recently what they would prefer?'
    >>> question(survey.load("ape11"), "08_district_profiles")
    'What is different in each region?'
    >>> question(survey.load("ape11"), "06_video_chat")
    'Who would use a video chat?'
    """
    words = survey.words
    rated = [survey.codebook.noun(role) for role in _RATED if survey.has(role)]
    by = [words.channel] * survey.has(survey.used_role) + [words.district] * survey.has("district")
    asked = {
        "03_preferred_vs_used": f"Is what people {words.used} what they {words.preferred}?",
        "04_satisfaction": f"Does the {words.satisfaction} differ by {listed(by)}?"
        if by
        else f"What do people say of the {words.satisfaction}?",
        "05_visibility_and_access": f"How do people rate {listed(rated or list(_RATED))}?",
        "06_video_chat": f"Who would use a {_video_chat(survey)}?",
        "07_changes_wanted": f"What would people change{', and why' * survey.has('change_why')}?",
        "08_district_profiles": f"What is different in each {words.district}?",
    }
    return (_PLAIN | asked).get(notebook, "")


def _video_chat(survey: Survey) -> str:
    """Name the video chat: the noun of its question, else the channel that is one, else plainly."""
    codebook = survey.codebook
    noun = codebook.question("video_use").noun if survey.has("video_use") else ""
    channels = codebook.question("preferred").answers if survey.has("preferred") else ()
    texts = [each.text or each.label for each in channels]
    named = next((each for each in texts if "video" in each.lower()), "video chat")
    return noun or in_sentence(named)
