"""The open answers of a survey: read from the raw file, and never handed on but in codes."""

from collections.abc import Hashable

import pandas as pd

from analysis import privacy
from analysis.cleaning import respondents
from analysis.cleaning.columns import Columns
from analysis.survey import Survey
from analysis.survey.handed import THEMES
from analysis.survey.wording import tidy
from analysis.themes import theme_codes
from analysis.themes.known_words import shown_words
from analysis.themes.theme_codes import CodedThemes
from analysis.themes.uncoded_words import word_groups, word_users


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
    theme_codes.rules_of(survey.codebook)
    rows = _rows(survey, responses, role)
    what, raw = f"{THEMES}{role}", survey.raw_paths
    found = survey.memory.of(raw, what, lambda: _coded_rows(survey, role))
    return CodedThemes(role=role, indicators=found.loc[rows].set_axis(rows.index))


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
        personal details that at least as many people used as the disclosure threshold, each word
        one that may be printed (`known_words.shown_words`); n is rounded to its multiples.

    Notes
    -----
    Answers are redacted before a word is counted. People are counted, not replies: where the
    survey has a respondent's id, the replies of one person count once.
    """
    codebook, rules = survey.codebook, theme_codes.rules_of(survey.codebook)
    everything = texts(survey, responses, role)
    found = coded_answers(survey, responses, role)
    told = {
        "ordinary": privacy.ordinary_words(everything), "numbers": public_numbers(survey)
    }  # fmt: skip
    left = everything[found.uncoded]
    safe = left.map({text: privacy.redact(text, **told) for text in left.unique()})
    people = _people(survey, responses.loc[left.index])
    counted = {"stop_words": set(rules.stop_words), "people": people}
    users, _ = word_users(safe, longest=1, **counted)
    groups = word_groups(
        safe, least=privacy.rule_of(codebook).people(),
        shown=shown_words(users, everything, codebook), **counted,
    )  # fmt: skip
    groups["n"] = privacy.round_people(groups["n"], rule=privacy.rule_of(codebook))
    return groups


def _people(survey: Survey, responses: pd.DataFrame) -> list[Hashable]:
    """Say who sent each reply: by the respondent's id, if the survey has one, else somebody else.

    A person may have replied in several waves.
    """
    rows = responses["raw_row"].tolist()
    if not survey.codebook.has("respondent"):
        return rows
    raw = survey.memory.of(survey.raw_paths, "raw", survey.read_raw)
    ids = respondents.respondent_ids(Columns(raw), survey.codebook)
    known = dict(zip(raw["raw_row"], ids, strict=True))
    return [known[row] or row for row in rows]


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
    rows = _rows(survey, responses, role)
    return pd.Series(_written(survey, role).loc[rows].to_numpy(), index=rows.index, dtype="str")


def _written(survey: Survey, role: str) -> pd.Series:
    """Read the column of an open question, by number of the row."""
    question = survey.codebook.question(role)
    raw = survey.memory.of(survey.raw_paths, "raw", survey.read_raw)
    return raw.set_index("raw_row")[tidy(question.column)]


def _rows(survey: Survey, responses: pd.DataFrame, role: str) -> pd.Series:
    """Return the numbers of the rows of those who answered an open question."""
    people = responses.loc[responses[role].notna(), "raw_row"]
    if people.empty:
        raise ValueError(f"nobody answered {role!r}; check the codebook")
    unknown = sorted(people[~people.isin(_written(survey, role).index)])
    if unknown:
        raise ValueError(
            f"raw_row {unknown[:3]} is not in {', '.join(survey.codebook.file.names)}; run "
            "01_clean_responses again"
        )
    return people


def _coded_rows(survey: Survey, role: str) -> pd.DataFrame:
    """Code what stands in an open question's column, whoever wrote it: answer by answer.

    How an answer is read does not depend on the others, so that everybody's are coded once.
    """
    texts = _written(survey, role)
    texts = texts[texts.notna()].astype("str")
    return theme_codes.code_themes(texts, survey.codebook, role=role).indicators


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
