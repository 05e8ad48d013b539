"""Thousands of simulated surveys, each read as the notebooks read one: in parts, to be resumed.

`python -m analysis validate` runs them and writes docs/known_truth/.
"""

import hashlib
import multiprocessing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from analysis import paths, survey
from analysis.synthetic.simulated_people import Calibration
from analysis.validation import known_readings
from analysis.validation.known_population import EFFECTS, NULL, calibration_from_frame
from analysis.validation.known_surveys import AS_RECEIVED, CLEANED, draw_survey

#: Sizes of surveys, in replies received; the default survey has the fourth.
SIZES = (60, 300, 650, 1_200, 5_000)

#: What notebooks 01 to 03 and 05 read, which takes least; all but the profiles; what has tests.
QUICK = ("cleaned", "who_answered", "channels", "rated")
MOST = (*QUICK, "satisfied", "video", "online", "themes")
TESTS = ("who_answered", "satisfied", "rated", "video", "online")

#: Surveys of one part, the smallest piece of work that is kept.
PART = 10

#: Where parts are kept until they are summarised; git ignores it.
KEPT = paths.ROOT / ".known_truth"

#: Columns that say which survey a reading is of.
OF = ["variant", "treated", "replies", "run"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some surveys of one kind, and the chapters that are read of each."""

    variant: str
    treated: str
    replies: int
    chapters: tuple[str, ...]
    first: int
    runs: int

    @property
    def name(self) -> str:
        """The name of its file."""
        words = [
            *(each.replace(" ", "-") for each in (self.variant, self.treated)),
            f"{self.replies}",
        ]
        return "_".join([*words, "-".join(self.chapters), f"{self.first}-{self.runs}"]) + ".csv.gz"


def plan(sizes: Sequence[int], runs: Mapping[str, int]) -> list[Part]:
    """List the parts of the study.

    Parameters
    ----------
    sizes : sequence of int
        Replies received.
    runs : mapping
        Surveys a size for each piece of the study: "most", and at 1,200 replies alone "null",
        "received" (left as received) and "gaps".

    Returns
    -------
    list of Part
        In an order in which every piece grows with the others.

    Examples
    --------
    >>> made = plan([300, 650], {"most": 15})
    >>> [(each.replies, each.first, each.runs) for each in made]
    [(300, 0, 10), (650, 0, 10), (300, 10, 5), (650, 10, 5)]
    """
    kinds = [(EFFECTS, CLEANED, size, MOST, runs.get("most", 0)) for size in sizes]
    if 1_200 in sizes:
        kinds += [
            (NULL, CLEANED, 1_200, TESTS, runs.get("null", 0)),
            (EFFECTS, AS_RECEIVED, 1_200, QUICK, runs.get("received", 0)),
            (EFFECTS, CLEANED, 1_200, ("gaps",), runs.get("gaps", 0)),
            (NULL, CLEANED, 1_200, ("gaps",), runs.get("gaps", 0)),
        ]
    parts = [
        Part(variant=variant, treated=treated, replies=size, chapters=chapters, first=first,
             runs=min(PART, most - first))
        for variant, treated, size, chapters, most in kinds
        for first in range(0, most, PART)
    ]  # fmt: skip
    return sorted(parts, key=lambda part: part.first)


def run_part(part: Part, calibrations: Mapping[str, Calibration]) -> pd.DataFrame:
    """Simulate and read the surveys of a part.

    Parameters
    ----------
    part : Part
        Which.
    calibrations : mapping
        As for `known_surveys.draw_survey`.

    Returns
    -------
    pandas.DataFrame
        `OF`, then `known_readings.COLUMNS`; a chapter that a survey does not allow is a row with
        the quantity "left_out" and the chapter as its level.
    """
    found = []
    for number in range(part.first, part.first + part.runs):
        this = draw_survey(calibrations, part.variant, part.replies, number, treated=part.treated)
        rows, lost = known_readings.read(this, part.chapters)
        none = pd.DataFrame({"quantity": "left_out", "level": lost, "kind": "plain"})
        rows = pd.concat([rows, none.reindex(columns=rows.columns)]) if lost else rows
        of = (part.variant, part.treated, part.replies, number)
        for place, (name, value) in enumerate(zip(OF, of, strict=True)):
            rows.insert(place, name, value)
        found.append(rows)
    return pd.concat(found, ignore_index=True)


def sources_sha256() -> str:
    """Return a digest of the code that decides what is read of a survey.

    Returns
    -------
    str
        Of all modules but those that only show: parts that other code made are not taken up.
    """
    root, digest = paths.ROOT / "src" / "analysis", hashlib.sha256()
    aside = {"publish", "explore", "tables", "known_truth"}
    for path in sorted(root.rglob("*.py")):
        parts = set(path.relative_to(root).parts)
        if not parts & aside and not path.name.startswith(("known_results", "known_command")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def run(
    parts: Iterable[Part], calibration: pd.DataFrame, *, workers: int = 2, folder: Path = KEPT
) -> pd.DataFrame:
    """Run the parts that are not kept yet, and gather all of them.

    Parameters
    ----------
    parts : iterable of Part
        As `plan` lists them.
    calibration : pandas.DataFrame
        As `known_population.calibration_to_frame` writes it, of all variants.
    workers : int
        Processes.
    folder : pathlib.Path
        Where parts are kept.

    Returns
    -------
    pandas.DataFrame
        As `run_part`. A run that is stopped loses the parts at hand alone.
    """
    kept, parts = folder / sources_sha256()[:12], list(parts)
    kept.mkdir(parents=True, exist_ok=True)
    left = [(part, calibration, kept) for part in parts if not (kept / part.name).is_file()]
    bar = tqdm(total=len(parts), initial=len(parts) - len(left), desc="validate", unit="part")
    with multiprocessing.get_context("spawn").Pool(min(workers, max(len(left), 1))) as pool, bar:
        for _ in pool.imap_unordered(_keep, left):
            bar.update()
    return gathered(parts, kept)


def gathered(parts: Iterable[Part], kept: Path) -> pd.DataFrame:
    """Read the parts that are kept.

    Parameters
    ----------
    parts : iterable of Part
        Those wanted.
    kept : pathlib.Path
        Their folder.

    Returns
    -------
    pandas.DataFrame
        As `run_part`, in the order of the parts, of those that are there.
    """
    there = [kept / part.name for part in parts if (kept / part.name).is_file()]
    return pd.concat([pd.read_csv(path, keep_default_na=False, na_values=[""]) for path in there],
                     ignore_index=True)  # fmt: skip


def _keep(work: tuple[Part, pd.DataFrame, Path]) -> None:
    """Run one part in a process of its own, and keep it whole or not at all."""
    part, table, kept = work
    pd.set_option("mode.string_storage", "python")  # the same texts, read faster
    codebook = survey.load(survey.DEFAULT).codebook
    calibrations = {each: calibration_from_frame(table, each, codebook) for each in (EFFECTS, NULL)}
    made = run_part(part, calibrations)
    unfinished = kept / f".unfinished-{part.name}"
    made.to_csv(unfinished, index=False, compression="gzip")
    unfinished.replace(kept / part.name)
