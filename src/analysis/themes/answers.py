"""The open answers of a survey: read from the raw file, and never handed on but in codes."""

import pandas as pd

from analysis import privacy
from analysis.survey import Survey
from analysis.survey.wording import tidy
from analysis.themes import theme_codes
from analysis.themes.theme_codes import CodedThemes
from analysis.themes.uncoded_words import word_groups


def coded_answers(survey: Survey, responses: pd.DataFrame, role: str) -> CodedThemes:
    """Code the open answers of the people of a survey.

    Parameters
    ----------
    survey : Survey
        With its raw file: the cleaned responses hold no text.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        An open question.

    Returns
    -------
    CodedThemes
        A row a person who wrote something, with the index of `responses`; no text.

    Raises
    ------
    ValueError
        If the codebook has no themes, nobody answered, or a row is not in the raw file.
    """
    return theme_codes.code_themes(texts(survey, responses, role), survey.codebook, role=role)


def uncoded(survey: Survey, responses: pd.DataFrame, role: str) -> pd.DataFrame:
    """Count the words of the answers in which no rule found a theme.

    Parameters
    ----------
    survey : Survey
        With its raw file.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        An open question.

    Returns
    -------
    pandas.DataFrame
        `words, n`, the most frequent first: groups of one to three words without stop words and
        personal details that at least as many people used as the disclosure threshold; n is
        rounded to its multiples.
    """
    codebook, rules = survey.codebook, theme_codes.rules_of(survey.codebook)
    everything = texts(survey, responses, role)
    found = theme_codes.code_themes(everything, codebook, role=role)
    ordinary = privacy.ordinary_words(everything)
    safe = [
        privacy.redact(text, ordinary=ordinary, numbers=public_numbers(survey))
        for text in everything[found.uncoded]
    ]
    groups = word_groups(
        safe, stop_words=set(rules.stop_words), least=privacy.rule_of(codebook).people()
    )
    groups["n"] = privacy.round_people(groups["n"], rule=privacy.rule_of(codebook))
    return groups


def texts(survey: Survey, responses: pd.DataFrame, role: str) -> pd.Series:
    """Read what people wrote; it must not leave the package but coded or redacted.

    Parameters
    ----------
    survey : Survey
        With its raw file.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        An open question.

    Returns
    -------
    pandas.Series
        Text of the people who wrote something, with the index of `responses`.

    Raises
    ------
    ValueError
        If nobody answered, or a row is not in the raw file.
    """
    question = survey.codebook.question(role)
    people = responses.loc[responses[role].notna(), "raw_row"]
    if people.empty:
        raise ValueError(f"nobody answered {role!r}; check the codebook")
    raw = survey.read_raw().set_index("raw_row")[tidy(question.column)]
    unknown = sorted(set(people) - set(raw.index))
    if unknown:
        raise ValueError(
            f"raw_row {unknown[:3]} is not in {', '.join(survey.codebook.file.names)}; run "
            "01_clean_responses again"
        )
    return pd.Series(raw.loc[people].to_numpy(), index=people.index, dtype="str")


def public_numbers(survey: Survey) -> set[str]:
    """Return the numbers that the themes know, which tell nothing about a person.

    Parameters
    ----------
    survey : Survey
        With themes.

    Returns
    -------
    set of str
        Figures alone.
    """
    rules = theme_codes.rules_of(survey.codebook)
    words = {word for each in (*rules.every_phrase, *rules.variants) for word in each.split()}
    return {word for word in words if word.isdigit() and len(word) == 3}
