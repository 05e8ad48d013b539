"""A survey: its codebook, its raw file and its cleaned responses."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import SurveyError
from analysis.survey import codebook_reader, exports
from analysis.survey.codebook import MISSING, Codebook, Words

DEFAULT = "herts_2023"


def names() -> list[str]:
    """List the surveys that have a codebook.

    Returns
    -------
    list of str
        Names of the folders of data/raw, sorted.
    """
    return sorted(path.parent.name for path in paths.RAW.glob("*/codebook.toml"))


def load(name: str | None = None) -> "Survey":
    """Load a survey by its name.

    Parameters
    ----------
    name : str, optional
        A folder of data/raw. Without it the environment variable SURVEY decides, and without
        that the default survey is taken.

    Returns
    -------
    Survey
        With its codebook read and checked.

    Raises
    ------
    SurveyError
        If there is no such survey, or its codebook contradicts itself.

    Examples
    --------
    >>> load("herts_2023").codebook.synthetic
    True
    """
    chosen = name or os.environ.get("SURVEY") or DEFAULT
    if chosen not in names():
        raise SurveyError(
            f"there is no survey {chosen!r} in data/raw; choose {' or '.join(names())}, "
            "or make a folder of that name with a codebook.toml"
        )
    return Survey(
        name=chosen, codebook=codebook_reader.read_codebook(paths.RAW / chosen / "codebook.toml")
    )


@dataclass(frozen=True, kw_only=True)
class Survey:
    """One survey; the only object that a notebook needs to know where things are."""

    name: str
    codebook: Codebook

    @property
    def words(self) -> Words:
        """How the notebooks speak of this survey."""
        return self.codebook.words

    @property
    def processed(self) -> Path:
        """Folder of the cleaned tables."""
        return paths.PROCESSED / self.name

    @property
    def figures(self) -> Path:
        """Folder of the figures."""
        return paths.FIGURES / self.name

    @cached_property
    def raw_path(self) -> Path:
        """The raw file: in data/raw/<survey>, else below the folder named by ANALYSIS_RAW."""
        places = [paths.RAW / self.name]
        if paths.RAW_ELSEWHERE:
            places += [paths.RAW_ELSEWHERE / self.name, paths.RAW_ELSEWHERE]
        for place in places:
            if (place / self.codebook.file.name).is_file():
                return place / self.codebook.file.name
        raise SurveyError(
            f"{self.codebook.file.name} of {self.name} is neither in data/raw/{self.name} nor "
            f"below the folder named by ANALYSIS_RAW; {self.codebook.where_to_get}"
        )

    def read_raw(self) -> pd.DataFrame:
        """Read the export, all text.

        Returns
        -------
        pandas.DataFrame
            See `exports.read_export`.

        Raises
        ------
        SurveyError
            If the file is missing, damaged or another one.
        """
        return exports.read_export(self.raw_path, self.codebook.file)

    def raw_sha256(self) -> str:
        """Return the SHA-256 of the raw file.

        Returns
        -------
        str
            64 hexadecimal digits.
        """
        return exports.sha256(self.raw_path)

    def has(self, *roles: str) -> bool:
        """Tell whether the survey has questions with all these roles.

        Parameters
        ----------
        *roles : str
            Roles such as ``"used"``.

        Returns
        -------
        bool
            True if none is lacking.
        """
        return all(self.codebook.has(role) for role in roles)

    @property
    def can_weigh(self) -> bool:
        """Whether there are weights, or a population to weight people to."""
        return self.has("weight") or self.codebook.population_counts is not None

    def coded_responses(self) -> pd.DataFrame:
        """Read the cleaned responses in codes, missing kinds included, all text.

        Returns
        -------
        pandas.DataFrame
            As notebook 01 wrote them.

        Raises
        ------
        SurveyError
            If notebook 01 has not run for this survey.
        """
        path = self.processed / "responses.csv"
        if not path.is_file():
            raise SurveyError(
                f"{self.name} has no cleaned responses yet; run 01_clean_responses first"
            )
        return pd.read_csv(path, dtype="str", keep_default_na=False)

    def responses(self) -> pd.DataFrame:
        """Read the cleaned responses, ready for analysis.

        Returns
        -------
        pandas.DataFrame
            Answers are Categorical with the codebook's labels in its order (ordered for ordered
            questions), several answers are indicators 1.0 and 0.0 in columns `role__code`,
            weights and numbers are floats, flags are boolean. Every kind of missing is NA.
        """
        coded = self.coded_responses()
        frame = pd.DataFrame({"raw_row": coded["raw_row"].astype(int)})
        for question in self.codebook.questions:
            for column in question.columns:
                values = coded[column].mask(coded[column].isin(["", *MISSING]))
                if question.kind in ("single", "ordered"):
                    labels = list(question.labels.values())
                    ordered = question.kind == "ordered"
                    kind = pd.CategoricalDtype(labels, ordered=ordered)
                    frame[column] = values.map(question.labels).astype(kind)
                elif question.kind in ("multiple", "number", "weight"):
                    frame[column] = values.astype(float)
                else:
                    frame[column] = values
        for column in coded.columns[coded.columns.str.startswith("flag_")]:
            frame[column] = coded[column] == "True"
        return frame

    @property
    def used_role(self) -> str:
        """The question on use that is compared: the most recent channel if it was asked."""
        return "used_last" if self.has("used_last") else "used"

    @property
    def other_channel(self) -> str:
        """The label of the answer that gathers all other channels; "" if there is none."""
        question = self.codebook.question(self.used_role)
        return question.labels.get(question.other_code, "")

    @property
    def not_offered(self) -> list[str]:
        """Labels of the channels that people can prefer but cannot have used."""
        question = self.codebook.question(self.used_role)
        return [question.labels[code] for code in question.not_offered]

    @property
    def vocabulary(self) -> str:
        """A sentence on what the survey calls a channel and a district; "" if just that."""
        words = self.words
        if (words.channel, words.district) == ("channel", "district"):
            return ""
        return f'Here "channel" means {words.channel} and "district" means {words.district}.'

    @property
    def headings(self) -> dict[str, str]:
        """Headings of the tables about channels, in the survey's own words."""
        words = self.words
        return {
            "channel": words.channel.capitalize(),
            "share_used": words.used_short,
            "share_preferred": words.preferred_short,
            "n_used": f"{words.used_short}, people",
            "n_preferred": f"{words.preferred_short}, people",
        }

    def coverage(self) -> pd.DataFrame:
        """Count who was asked and who answered each question.

        Returns
        -------
        pandas.DataFrame
            A row a question, without times and weights: `question, role, asked, answered,
            dont_know, no_answer, not_asked`.

        Raises
        ------
        SurveyError
            If notebook 01 has not run for this survey.
        """
        coded, rows = self.coded_responses(), []
        for question in self.codebook.questions:
            if question.kind in ("date", "number", "weight"):
                continue
            kinds = coded[question.columns[0]].value_counts()
            missing = {kind: int(kinds.get(kind, 0)) for kind in MISSING}
            asked = len(coded) - missing["not_asked"]
            answered = asked - missing["dont_know"] - missing["no_answer"]
            rows.append(
                {
                    "question": question.id.replace("_", " "),
                    "role": question.role,
                    "asked": asked,
                    "answered": answered,
                    "dont_know": missing["dont_know"],
                    "no_answer": missing["no_answer"],
                    "not_asked": missing["not_asked"],
                }
            )
        return pd.DataFrame(rows)

    def labels(self, role: str) -> dict[str, str]:
        """Return what the columns or answers of a question are called.

        Parameters
        ----------
        role : str
            A role with answers.

        Returns
        -------
        dict
            For several answers: column -> label; else: label -> label. In codebook order.
        """
        question = self.codebook.question(role)
        shown = list(question.labels.values())
        keys = question.columns if question.kind == "multiple" else shown
        return dict(zip(keys, shown, strict=True))
