"""What every peer needs: the codebook as plain data, a clock, and one form of the results."""

import json
import platform
import re
import sys
import time
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import numpy as np

from analysis import paths, survey

#: The survey of which the exports are made.
DEFAULT = "herts_2023"


def codebook() -> dict:
    """Return what a peer may know of the survey: texts, codes and rules."""
    book = survey.load(DEFAULT).codebook
    return {
        "questions": [_question(each) for each in book.questions],
        "blank": ["", *book.cleaning.blank],
        "test_texts": list(book.cleaning.test_texts),
        "no_connection": list(book.cleaning.no_connection),
        "opens": f"{book.opens} 00:00:00",
        "closes": f"{book.closes} 23:59:59",
        "datetime_format": book.file.datetime_format,
        "double_seconds": 60 * book.cleaning.double_within_minutes,
        "chance_allowed": 0.05,
        "open_choices": 100,
        "population": str(paths.RAW / DEFAULT / book.population_counts.file),
        "among": list(book.population_counts.people_of),
    }


def _question(question: survey.codebook.Question) -> dict:
    return {
        "role": question.role,
        "column": question.column,
        "kind": question.kind,
        "separator": question.separator,
        "codes": [each.code for each in question.answers],
        "texts": [{"text": t, "code": a.code} for a in question.answers for t in a.texts],
        "missing": [
            {"text": text, "kind": kind}
            for kind, texts in question.missing.items()
            for text in texts
        ],
        "other": question.other_code,
        "prefix": question.other_prefix or "",
        "recode": {code: list(phrases) for code, phrases in question.recode.items()},
    }


class Clock:
    """Seconds of each stage, in order: by the clock on the wall, and of all processors."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self._before = (time.perf_counter(), time.process_time())

    def stage(self, name: str) -> None:
        """Give the time since the last call to a stage."""
        now = (time.perf_counter(), time.process_time())
        self.stages[name], self.processor[name] = np.subtract(now, self._before).tolist()
        self._before = now


def report(clock: Clock, packages: list[str], answers: Mapping[str, object]) -> None:
    """Print versions, seconds, the peak of memory in MB, and answers, as one line of JSON."""
    versions = {"python": platform.python_version()}
    versions |= {each: metadata.version(each) for each in packages}
    made = {
        "versions": versions,
        "stages": clock.stages,
        "processor": clock.processor,
        "peak_mb": _peak(),
        "answers": answers,
    }
    sys.stdout.write(json.dumps(made, default=np.ndarray.tolist) + "\n")


def _peak() -> float:
    """Return the peak of memory in MB; that of `resource` may be the process's that began us."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
