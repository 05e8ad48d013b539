"""A survey: its codebook, its raw file and its cleaned responses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis import exports, paths
from analysis.errors import SurveyError
from analysis.survey import coded_frames, made_files, subsets
from analysis.survey.codebook import Codebook, Words
from analysis.survey.raw_places import find_raw
from analysis.survey.remembered import Remembered


@dataclass(frozen=True, kw_only=True)
class Survey:
    """One survey; the only object that a notebook needs to know where things are.

    `subset` is how `where` chose a part of its responses; empty for all of them. `cleaned` holds
    responses that are not written yet (`holding`); else they are read from the file. `memory` is
    what was made of its files; what `where` and `holding` return begins with none.
    """

    name: str
    codebook: Codebook
    subset: Mapping[str, object] = field(default_factory=dict)
    cleaned: pd.DataFrame | None = field(default=None, repr=False, compare=False)
    memory: Remembered = field(default_factory=Remembered, init=False, repr=False, compare=False)

    def where(self, **answers: object) -> "Survey":
        """Choose a part of the responses: everything read from the result is about these people.

        Parameters
        ----------
        **answers : object
            Column -> the answer, or a list of answers, such as ``age="16-24"``,
            ``district=["Watford", "Dacorum"]`` or ``flag_speeder=False``.

        Returns
        -------
        Survey
            The same survey. Weights are those of everybody; tables, figures and headlines are
            written to a folder `subset` of their own, not to be published beside those of
            everybody: differences would tell of the few who are left out.

        Raises
        ------
        ValueError
            If a column or answer is unknown, or nobody is left.
        """
        people = self.responses()
        kept = people[subsets.matching(people, answers)]
        chosen = {
            column: [each for each in subsets.listed_values(wanted) if (kept[column] == each).any()]
            for column, wanted in answers.items()
        }
        return replace(self, subset={**self.subset, **chosen})

    def holding(self, responses: pd.DataFrame) -> "Survey":
        """Let the survey speak of responses that are not written yet.

        Parameters
        ----------
        responses : pandas.DataFrame
            As `cleaning.clean` returns them.

        Returns
        -------
        Survey
            Everything read from it is about these people, as if notebook 01 had written them.
        """
        return replace(self, cleaned=coded_frames.as_written(responses))

    @property
    def words(self) -> Words:
        """How the notebooks speak of this survey."""
        return self.codebook.words

    @property
    def processed(self) -> Path:
        """Folder of the tables."""
        return self._folder(paths.PROCESSED)

    @property
    def figures(self) -> Path:
        """Folder of the figures."""
        return self._folder(paths.FIGURES)

    def _folder(self, of: Path) -> Path:
        return of / self.name / "subset" if self.subset else of / self.name

    @property
    def raw_path(self) -> Path:
        """The raw file or folder, the first of several: see `raw_paths`."""
        return self.raw_paths[0]

    @cached_property
    def raw_paths(self) -> list[Path]:
        """The raw files or folders: in data/raw/<survey>, else below that of ANALYSIS_RAW."""
        found = find_raw(self.codebook, self.name)
        return [made_files.refuse_other(path, self.codebook) for path in found]

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
        columns = self.codebook.source_columns
        return exports.read_export(self.raw_paths, self.codebook.file, wanted=columns)

    def raw_sha256(self) -> str:
        """Return the SHA-256 of the raw file.

        Returns
        -------
        str

        Raises
        ------
        ValueError
            For a part of the people: the raw file is everybody's, and so is notebook 01.
        """
        if self.subset:
            raise ValueError("01 cleans everybody's replies; choose a part in the later notebooks")
        return exports.sha256(self.raw_paths)

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
        """Read the cleaned responses in codes, missing kinds included.

        Returns
        -------
        pandas.DataFrame
            As notebook 01 wrote them, or those held: text or Categorical of text, but for
            `raw_row`, which may be whole numbers.

        Raises
        ------
        SurveyError
            If notebook 01 has not run for this survey.
        """
        coded = self._all_coded()
        if self.subset:
            coded = coded[subsets.matching(self.everybody(), self.subset).to_numpy()]
        return coded

    @property
    def _responses_file(self) -> Path:
        return paths.PROCESSED / self.name / "responses.csv"

    def _all_coded(self) -> pd.DataFrame:
        """Read the file once, and again only if notebook 01 has written another."""
        if self.cleaned is not None:
            return self.cleaned
        path = self._responses_file
        if not path.is_file():
            raise SurveyError(
                f"{self.name} has no cleaned responses yet; run 01_clean_responses first"
            )
        return self.memory.of([path], "coded", lambda: coded_frames.read(path))

    def responses(self) -> pd.DataFrame:
        """Read the cleaned responses, ready for analysis.

        Returns
        -------
        pandas.DataFrame
            Answers are Categorical with the codebook's labels in its order (ordered for ordered
            questions), several answers are indicators 1.0 and 0.0 in columns `role__code`,
            weights and numbers are floats, flags are boolean. Every kind of missing is NA; which
            kind it is, `bases` knows.
        """
        frame = self.everybody()
        return frame[subsets.matching(frame, self.subset)] if self.subset else frame

    def everybody(self) -> pd.DataFrame:
        """Read `responses` of everybody, whatever `where` chose."""
        coded = self._all_coded()
        files = [] if self.cleaned is not None else [self._responses_file]
        made = self.memory.of(files, "decoded", lambda: coded_frames.decoded(coded, self.codebook))
        return made.copy(deep=False)  # whoever changes it changes a copy

    @property
    def used_role(self) -> str:
        """The question on use that is compared: the most recent channel if it was asked."""
        return "used_last" if self.has("used_last") else "used"

    @property
    def channel_groups(self) -> str:
        """What groups of channels are called; the channels where the codebook groups none."""
        asked = [role for role in ("used", "used_last", "preferred") if self.has(role)]
        grouped = any(
            answer.group for role in asked for answer in self.codebook.question(role).answers
        )
        return f"groups of {self.words.channels}" if grouped else self.words.channels

    @property
    def other_channel(self) -> str:
        """The label of the answer that gathers all other channels; "" if there is none."""
        if not self.has(self.used_role):
            return ""
        question = self.codebook.question(self.used_role)
        return question.labels.get(question.other_code, "")

    @property
    def not_offered(self) -> list[str]:
        """Labels of the channels that people can prefer but cannot have used."""
        if not self.has(self.used_role):
            return []
        question = self.codebook.question(self.used_role)
        return [question.labels[code] for code in question.not_offered]

    @property
    def remark(self) -> str:
        """What to know of the responses: whose they are, and what the survey's words mean."""
        words, said = self.words, []
        if self.subset:
            who = subsets.described(self.subset)
            said.append(f"Only people whose {who}; not to be published beside everybody's.")
        meant = {"channel": words.channel, "district": words.district}
        means = [f'"{name}" means {word}' for name, word in meant.items() if name != word]
        if means:
            said.append(f"Here {' and '.join(means)}.")
        return " ".join(said)

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
        """
        return coded_frames.coverage(self.coded_responses(), self.codebook)

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
