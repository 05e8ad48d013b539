"""From raw files to responses, part by part."""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis import exports
from analysis.cleaning import Cleaned
from analysis.cleaning.disagreements import refuse_columns
from analysis.cleaning.replies import Part, clean_part, commas_of, join
from analysis.engine._executors import ENGINES, cores
from analysis.engine._kept import KeptParts
from analysis.errors import SurveyError
from analysis.exports import ExportPart, IrregularPartError
from analysis.survey.codebook import Codebook
from analysis.survey.surveys import Survey
from analysis.survey.wording import tidy

#: Files of more bytes together are cleaned in processes, and their parts are kept until all are
#: done; fewer take less time than a process needs to start.
LARGE = 128 << 20


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """A part without all columns that the codebook names; it is not cleaned."""

    names: list[str]
    rows: int


@dataclass(frozen=True, kw_only=True)
class Work:
    """A part to be cleaned, by itself, on whatever machine."""

    part: ExportPart
    codebook: Codebook
    commas: Mapping[str, bool]


def clean_work(work: Work) -> Part | Lacking | Exception:
    """Read and clean a part; what is wrong with it is returned, since it may be far away."""
    try:
        raw = exports.read_part(work.part, work.codebook.file, wanted=work.codebook.source_columns)
    except (SurveyError, IrregularPartError) as error:
        return error
    if not {tidy(name) for name in work.codebook.source_columns} <= set(raw.columns):
        return Lacking(names=[name for name in raw.columns if name != "raw_row"], rows=len(raw))
    return clean_part(raw, work.codebook, work.commas)


def clean_and_seal(work: Work) -> bytes | Lacking | Exception:
    """Clean a part that is joined with others; it comes back pickled, as it is kept."""
    done = clean_work(work)
    return pickle.dumps(done.sealed()) if isinstance(done, Part) else done


def clean(survey: Survey, *, engine: str = "", workers: int = 0) -> Cleaned:
    """Clean the raw files of a survey, part by part.

    Parameters
    ----------
    survey : Survey
        Its codebook names a file, several, or a folder of them; large files of text are cut.
    engine : str
        One of `ENGINES`: "here", one part after another; "processes" of this machine; "dask", on
        the cluster that is connected. By default in processes where files are larger than `LARGE`.
    workers : int
        How many processes; as many as there are processors by default.

    Returns
    -------
    Cleaned
        As `cleaning.clean` of the whole: equal however the files are cut and whatever cleans
        them.

    Raises
    ------
    SurveyError
        If files or codebook are wrong: every part that cannot be read is named, and the others
        are kept, so that the next run goes on from there.
    ValueError
        If there is no such engine.

    Examples
    --------
    >>> from analysis import engine, survey
    >>> len(engine.clean(survey.load("herts_2023")).responses)
    1117
    """
    if engine and engine not in ENGINES:
        raise ValueError(f"engine {engine!r}; choose one of {', '.join(map(repr, ENGINES))}")
    codebook = survey.codebook
    wanted = codebook.source_columns
    parts = exports.export_parts(survey.raw_paths, codebook.file, wanted=wanted)
    if len(parts) == 1:
        return _clean_one(parts[0], codebook)
    large = sum(path.stat().st_size for path in {part.path for part in parts}) > LARGE
    run = ENGINES[engine or ("processes" if large else "here")]
    kept = KeptParts(survey.name, codebook) if large else None

    def cleaned(wanted: Sequence[ExportPart], commas: Mapping[str, bool]) -> Iterator:
        return _with_kept(wanted, commas, codebook, kept, lambda work: run(
            clean_and_seal, work, workers or cores()
        ))  # fmt: skip

    done = dict(zip(parts, cleaned(parts, {}), strict=True))
    done = _whole_where_irregular(done, cleaned)
    _refuse_errors(done)
    _refuse_columns(done, codebook)
    commas = commas_of(done.values())
    again = [part for part, each in done.items() if each.commas != commas]
    done |= dict(zip(again, cleaned(again, commas), strict=True))
    made = join(list(done.values()), codebook)
    if kept:
        kept.clear()
    return made


def _clean_one(part: ExportPart, codebook: Codebook) -> Cleaned:
    """Clean an export that is one part: nothing is hashed, kept or sent anywhere."""
    done = {part: clean_work(Work(part=part, codebook=codebook, commas={}))}
    _refuse_errors(done)
    _refuse_columns(done, codebook)
    return join(list(done.values()), codebook)


def _with_kept(
    parts: Sequence[ExportPart],
    commas: Mapping[str, bool],
    codebook: Codebook,
    kept: KeptParts | None,
    run: Callable[[list[Work]], Iterator[tuple[int, object]]],
) -> list:
    """Clean the parts that are not kept yet, and keep them."""
    found = [kept.get(part, commas) if kept else None for part in parts]
    left = [place for place, each in enumerate(found) if each is None]
    work = [Work(part=parts[place], codebook=codebook, commas=commas) for place in left]
    for at, made in run(work) if work else ():
        place = left[at]
        if kept and isinstance(made, bytes):
            kept.keep(parts[place], commas, made)
        found[place] = pickle.loads(made) if isinstance(made, bytes) else made
    return found


def _whole_where_irregular(
    done: dict[ExportPart, object], cleaned: Callable[..., list]
) -> dict[ExportPart, object]:
    """Take files whole of which a part can only be read with the whole file."""
    files = [list(each) for _, each in groupby(done, key=lambda part: part.whole)]
    wrong = [any(isinstance(done[part], IrregularPartError) for part in each) for each in files]
    whole = [each[0].whole for each, again in zip(files, wrong, strict=True) if again]
    again = iter(cleaned(whole, {}))
    found: dict[ExportPart, object] = {}
    for each, irregular in zip(files, wrong, strict=True):
        if irregular:
            found[each[0].whole] = next(again)
        else:
            found |= {part: done[part] for part in each}
    return found


def _refuse_errors(done: Mapping[ExportPart, object]) -> None:
    """Raise what is wrong with each file, once."""
    said = [str(each) for each in done.values() if isinstance(each, Exception)]
    if said:
        raise SurveyError("\n".join(dict.fromkeys(said)))


def _refuse_columns(done: Mapping[ExportPart, Part | Lacking], codebook: Codebook) -> None:
    """Raise if files differ in their columns, or lack what the codebook names."""
    files: dict[ExportPart, dict[str, None]] = {}
    for part, each in done.items():
        files.setdefault(part.whole, {}).update(dict.fromkeys(each.names))
    exports.refuse_other_columns([(str(part), list(names)) for part, names in files.items()])
    names = next(iter(files.values()))
    refuse_columns(list(names), sum(each.rows for each in done.values()), codebook)
