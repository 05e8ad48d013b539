"""A draft as it is when every mark is deleted, which accepts what stands there."""

import re
import tempfile
import tomllib
from pathlib import Path

from analysis.survey import codebook_reader
from analysis.survey.codebook import Codebook


def without_marks(text: str) -> str:
    """Delete every line of `decide`."""
    return re.sub(r"^decide = (?:\".*\"|\[\n(?:    .*\n)+\])\n", "", text, flags=re.M)


def accepted(text: str) -> Codebook:
    """Delete every mark of a draft, and read and check the codebook."""
    name = tomllib.loads(text)["survey"]["id"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / name / "codebook.toml"
        place.parent.mkdir()
        place.write_text(without_marks(text), encoding="utf-8")
        return codebook_reader.read_codebook(place)
