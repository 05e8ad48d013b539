"""From the raw export to the responses: part by part, then what looks across parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.cleaning import answer_codes, doubles, flags, keys
from analysis.cleaning.columns import Columns
from analysis.cleaning.disagreements import refuse_answers, refuse_columns
from analysis.cleaning.doubles import Doubles, answers_as_written
from analysis.cleaning.keys import Keys
from analysis.cleaning.noted import Noted
from analysis.cleaning.respondents import respondent_keys
from analysis.cleaning.scale_cells import NumberForms
from analysis.cleaning.steps import Sent, leave, take_out
from analysis.survey.codebook import Codebook
from analysis.survey.exclusions import Ledger


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """Result of `clean`: the responses, the ledger, and what was noted of "Other" texts.

    `doubles` says how replies sent again were told; None if the survey has no rule for them.
    """

    responses: pd.DataFrame
    ledger: Ledger
    noted: Noted
    doubles: Doubles | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of an export, cleaned but for what looks across parts: see `clean_part`.

    `names` are its columns and `rows` how many replies it has. `frame` are those kept, in codes,
    with flags; `raw_row` there and in `ledger` counts from the part's own first reply. `answers`
    and `ids` are what they answered and who they are, as numbers of this part. `forms` says how
    its numbers are written, and `commas` how they were read.
    """

    names: list[str]
    rows: int
    frame: pd.DataFrame
    ledger: Ledger
    noted: Noted
    answers: dict[str, Keys]
    ids: list[Keys]
    forms: dict[str, NumberForms]
    commas: dict[str, bool]

    def sealed(self) -> "Part":
        """Put hashes in the place of texts, so that the part can be joined with others."""
        return replace(
            self,
            answers={name: each.sealed() for name, each in self.answers.items()},
            ids=[each.sealed() for each in self.ids],
        )


def clean(raw: pd.DataFrame, codebook: Codebook) -> Cleaned:
    """Code the answers, take out what is no reply of the population, flag what is doubtful.

    Parameters
    ----------
    raw : pandas.DataFrame
        As `exports.read_export` returns it; not changed.
    codebook : Codebook
        What was asked, and the rules of cleaning.

    Returns
    -------
    Cleaned
        `responses`: a row a reply kept, with `raw_row`, the columns of the questions in codes
        (Categorical, with all that there can be), and `flag_` columns (True or False). Flags mark
        rows, exclusions remove them.

    Raises
    ------
    SurveyError
        If codebook and data contradict each other.
    ValueError
        If the ledger does not reconcile.

    Notes
    -----
    A step for which the survey has no rule or no question stays in the ledger with no row
    excluded, and its reason says that it does not apply.
    """
    refuse_columns(list(raw.columns), len(raw), codebook)
    return join([clean_part(raw, codebook)], codebook)


def clean_part(
    raw: pd.DataFrame, codebook: Codebook, commas: Mapping[str, bool] | None = None
) -> Part:
    """Clean a part of an export: a function of its replies alone.

    Parameters
    ----------
    raw : pandas.DataFrame
        Replies as `exports.read_export` returns them, with all columns that the codebook names.
    codebook : Codebook
        What was asked, and the rules of cleaning.
    commas : mapping of str to bool, optional
        Role -> whether commas stand before decimals; see `commas_of`.

    Returns
    -------
    Part
        What is unknown to the codebook is noted, and raised by `join`.
    """
    columns = Columns(raw)
    forms = answer_codes.number_forms(columns, codebook)
    commas = {role: each.decimal_commas for role, each in forms.items()} | dict(commas or {})
    coded = answer_codes.code_columns(columns, codebook, commas)
    sent = Sent(
        frame=_with_times(coded.frame, codebook), columns=columns, blank=columns.blank(codebook)
    )
    kept, ledger = take_out(sent, codebook)
    among = sent.frame.index.get_indexer(kept.index)
    answers = answers_as_written(columns, codebook)
    return Part(
        names=columns.names,
        rows=len(raw),
        frame=flags.add(sent.frame.take(among), codebook),
        ledger=ledger,
        noted=coded.noted,
        answers={name: each.among(among) for name, each in answers.items()},
        ids=[each.among(among) for each in respondent_keys(columns, codebook)],
        forms=forms,
        commas=commas,
    )


def commas_of(parts: Iterable[Part]) -> dict[str, bool]:
    """Tell from all parts whether commas stand before decimals; a part read otherwise is wrong.

    Parameters
    ----------
    parts : iterable of Part
        All parts of an export.

    Returns
    -------
    dict of str to bool
        Role -> whether they do.
    """
    whole: dict[str, NumberForms] = {}
    for part in parts:
        for role, forms in part.forms.items():
            whole[role] = whole.get(role, NumberForms()) | forms
    return {role: forms.decimal_commas for role, forms in whole.items()}


def join(parts: Sequence[Part], codebook: Codebook) -> Cleaned:
    """Put the parts of an export together: doubles, the ledger, and what the codebook lacks.

    Parameters
    ----------
    parts : sequence of Part
        In their order, sealed unless there is one alone; all read by `commas_of` them.
    codebook : Codebook
        What was asked, and the rules of cleaning.

    Returns
    -------
    Cleaned
        Equal however the export was cut.

    Raises
    ------
    SurveyError
        If codebook and data contradict each other.
    ValueError
        If the ledger does not reconcile.
    """
    noted = Noted.joined([part.noted for part in parts], [part.rows for part in parts])
    refuse_answers(noted, codebook)
    ledger = Ledger.joined([part.ledger for part in parts])
    frame = _joined_frames(parts)
    answers = pd.DataFrame(
        {name: keys.unified([part.answers[name] for part in parts]) for name in parts[0].answers},
        index=frame.index,
    )
    ids = [keys.unified(each) for each in zip(*(part.ids for part in parts), strict=True)]
    repeated = doubles.find_doubles(frame, answers, keys.combined(ids) if ids else None, codebook)
    rows, reason = (repeated.rows, repeated.reason) if repeated else (None, doubles.SAME)
    kept, ledger = leave(frame[["raw_row"]], ledger, rows, step="double", reason=reason)
    ledger.reconcile(len(kept))
    responses = frame.loc[kept.index].reset_index(drop=True)
    for question in codebook.questions:
        if question.kind == "date":
            responses[question.role] = _days(responses[question.role])
    return Cleaned(responses=responses, ledger=ledger, noted=noted, doubles=repeated)


def _joined_frames(parts: Sequence[Part]) -> pd.DataFrame:
    if len(parts) == 1:
        return parts[0].frame
    before = np.cumsum([0, *(part.rows for part in parts)])
    frames = [
        part.frame.assign(raw_row=part.frame["raw_row"] + rows)
        for part, rows in zip(parts, before[:-1].tolist(), strict=True)
    ]
    return pd.concat(frames, ignore_index=True)


def _with_times(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Give the columns of times their type, which a column without any time has not."""
    dates = [question.role for question in codebook.questions if question.kind == "date"]
    return frame.assign(**{role: pd.to_datetime(frame[role]) for role in dates})


def _days(times: pd.Series) -> pd.Series:
    """Write the days of times, each once: NA where there is none."""
    codes, days = pd.factorize(times.dt.normalize())
    return pd.Series(days.strftime("%Y-%m-%d")).reindex(codes).set_axis(times.index)
