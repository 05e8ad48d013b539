"""Replies with known truth in the shape of a Microsoft Forms export: the default survey.

Every parameter stands in `simulation.toml` beside the codebook; the analysis never reads it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis import files, paths
from analysis.errors import SurveyError
from analysis.survey import codebook_reader
from analysis.survey.codebook import Codebook
from analysis.survey.raw_places import inside
from analysis.synthetic import dirt, dirt_plan, export_cells, simulated_people, simulated_text

DEFAULT = "herts_2023"


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """A simulated export and what is true of it.

    `raw` is the export: all text, a row a reply. `dirt` has `kind`, `raw_row` (1 for the first
    reply of `raw`) and `detail`, a row a planted fault. `truth` has `raw_row`, `person` and the
    true answers in codes by role, several joined by ";", NA where the person was not asked or,
    in open questions, wrote nothing. `parameters` is what it was made from.
    """

    raw: pd.DataFrame
    dirt: pd.DataFrame
    truth: pd.DataFrame
    parameters: dict[str, Any]


def simulate(
    codebook: Codebook,
    parameters: Mapping[str, Any],
    *,
    rng: np.random.Generator,
    calibration: simulated_people.Calibration | None = None,
) -> Simulated:
    """Make a whole survey: people, their true answers, their replies, and the dirt in them.

    Parameters
    ----------
    codebook : Codebook
        What is asked; headers and answer texts of the export come from it.
    parameters : mapping
        As `read_parameters` returns them.
    rng : numpy.random.Generator
        The only source of randomness.
    calibration : Calibration, optional
        As `simulated_people.calibrate` finds it, so that many surveys are samples of one
        population; each survey meets the targets by itself without it.

    Returns
    -------
    Simulated
        The same for the same generator state, on every machine.

    Raises
    ------
    ValueError
        If the targets for the channels cannot be met together, or there are too few people for
        the dirt that is to be planted.

    Notes
    -----
    What a person thinks (truth) and what the cell says (raw) differ where an answer was not
    given, was ticked without reading, contradicts another or was typed as free text.
    """
    people = simulated_people.draw_people(codebook, parameters, rng, calibration)
    people = people.join(simulated_text.draw_open_answers(people, parameters, rng))
    people = people.join(simulated_text.draw_other_texts(people, codebook, parameters, rng))
    plan = dirt_plan.plan(people, codebook, parameters, rng)
    people, written = dirt.rewrite_open_answers(people, plan, parameters, rng)
    reported, fixed = dirt.misreport(people, plan, codebook)
    cells = export_cells.write_cells(reported, codebook, parameters, fixed=fixed, rng=rng)
    replies = cells.join(export_cells.draw_times(people, plan, codebook, parameters, rng))
    replies, faults = dirt.plant(replies, people, plan, codebook, parameters, rng)
    faults = pd.concat([written, faults], ignore_index=True)
    replies = replies.sort_values(["submitted", "person"], kind="stable")
    raw_row = pd.Series(range(1, len(replies) + 1), index=replies.index)
    faults = faults.assign(raw_row=faults["reply"].map(raw_row))
    faults["order"] = faults["kind"].map({kind: i for i, kind in enumerate(dirt.KINDS)})
    faults = faults.sort_values(["order", "raw_row", "detail"], kind="stable")
    return Simulated(
        raw=export_cells.forms_export(replies, codebook),
        dirt=faults[["kind", "raw_row", "detail"]].reset_index(drop=True),
        truth=_truth(people, replies, codebook),
        parameters=dict(parameters),
    )


def read_parameters(path: Path) -> dict[str, Any]:
    """Read the parameters of a synthetic survey.

    Parameters
    ----------
    path : pathlib.Path
        A `simulation.toml`.

    Returns
    -------
    dict
        Its tables.

    Raises
    ------
    SurveyError
        If the file is missing, is not TOML or leads out of its folder.
    """
    try:
        return tomllib.loads(inside(path, path.parent).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SurveyError(
            f"{path.parent.name} has no simulation.toml; only a survey with one can be simulated"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SurveyError(
            f"simulation.toml of {path.parent.name} is not TOML: {error}; mend that line"
        ) from None


def default_parameters() -> dict[str, Any]:
    """Read the parameters of the default survey.

    Returns
    -------
    dict
        See `read_parameters`.

    Examples
    --------
    >>> default_parameters()["channels"]["agreement"]
    0.62
    """
    return read_parameters(paths.RAW / DEFAULT / "simulation.toml")


def default(survey: str = DEFAULT) -> Simulated:
    """Simulate a survey from its own codebook, parameters and seed.

    Parameters
    ----------
    survey : str
        A folder of data/raw.

    Returns
    -------
    Simulated
        What `make` writes, with its truth.

    Raises
    ------
    SurveyError
        If there is no `simulation.toml` or no `codebook.toml`, or it states no fieldwork.
    """
    parameters = read_parameters(paths.RAW / survey / "simulation.toml")
    codebook = codebook_reader.read_codebook(paths.RAW / survey / "codebook.toml")
    if codebook.opens is None or codebook.closes is None:
        raise SurveyError(
            f"{survey} cannot be simulated without fieldwork; give opens and closes in [survey] of "
            "codebook.toml"
        )
    return simulate(codebook, parameters, rng=np.random.default_rng(parameters["run"]["seed"]))


def make(survey: str = DEFAULT, *, overwrite: bool = False) -> Path:
    """Write the raw file of a synthetic survey again from its seed.

    Parameters
    ----------
    survey : str
        A folder of data/raw with `codebook.toml` and `simulation.toml`.
    overwrite : bool
        Whether to replace a raw file that is not what the seed gives.

    Returns
    -------
    pathlib.Path
        The file written, whole or not at all.

    Raises
    ------
    SurveyError
        If there is no `simulation.toml` or no `codebook.toml`, the codebook states no fieldwork
        or is not of a synthetic survey, or another raw file is there already.
    """
    codebook = codebook_reader.read_codebook(paths.RAW / survey / "codebook.toml")
    if not codebook.synthetic:
        raise SurveyError(
            f"{survey} is a real survey by its codebook (synthetic = false); nothing is simulated"
        )
    path = inside(paths.RAW / survey / codebook.file.name, paths.RAW / survey)
    content = export_bytes(default(survey).raw)
    if path.is_file() and path.read_bytes() != content and not overwrite:
        raise SurveyError(
            f"{path.name} of {survey} is not what the seed gives, perhaps a real export; "
            "move it away, or say --overwrite to replace it"
        )
    files.replace_bytes(path, content)
    return path


def export_bytes(raw: pd.DataFrame) -> bytes:
    r"""Return an export as Microsoft Forms writes it: UTF-8 with mark, commas, CRLF.

    Parameters
    ----------
    raw : pandas.DataFrame
        All text.

    Returns
    -------
    bytes
        The content of the file.

    Examples
    --------
    >>> export_bytes(pd.DataFrame({"ID": ["1"], "Name": [""]}))
    b'\xef\xbb\xbfID,Name\r\n1,\r\n'
    """
    special = '[",\r\n]' if raw.shape[1] > 1 else '^$|[",\r\n]'
    cells = [_quoted(pa.array(raw[name], type=pa.large_string()), special) for name in raw.columns]
    header = [_quoted(pa.array([name], type=pa.large_string()), special) for name in raw.columns]
    rows = [row for each in (header, cells) for row in _joined(*each, ",").to_pylist()]
    return "".join(f"{row}\r\n" for row in rows).encode("utf-8-sig")


def _quoted(cells: pa.Array, special: str) -> pa.Array:
    """Put cells in quotation marks where they hold what a pattern finds."""
    marked = pc.match_substring_regex(cells, special)
    if not pc.any(marked).as_py():
        return cells
    doubled = pc.replace_substring(cells, '"', '""')
    return pc.if_else(marked, _joined('"', doubled, '"', ""), cells)


def _joined(*parts: pa.Array | str) -> pa.Array:
    """Join cells row by row; the last part stands between them."""
    texts = [
        pa.scalar(each, pa.large_string()) if isinstance(each, str) else each for each in parts
    ]
    return pc.binary_join_element_wise(*texts, null_handling="replace")


def _truth(people: pd.DataFrame, replies: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the true answers of each reply, NA where the person was not asked."""
    stop, person = export_cells.questions_reached(people["status"], codebook), replies["person"]
    truth = {"raw_row": range(1, len(replies) + 1), "person": person.to_numpy() + 1}
    for question in export_cells.asked_questions(codebook):
        codes, given = pd.factorize(people[question.role])
        known = stop[question.role].to_numpy()
        if question.asked_if_question:
            gate = export_cells.gate_role(question, codebook)
            known = known & people[gate].isin(question.asked_if_answers).to_numpy()
        places = np.where(known, codes, -1)[person]
        truth[question.role] = pd.array(given, dtype="str").take(places, allow_fill=True)
    return pd.DataFrame(truth)
