"""Two simulated waves of the default survey, of which the second has a planted change."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import paths, survey, waves
from analysis.survey import codebook_reader
from analysis.synthetic import simulation

#: The share that rates visibility well, in the second wave; in the first it is 0.275.
PLANTED = 0.40

SOURCE = paths.RAW / "herts_2023"


def write_wave(folder: Path, name: str, seed: int, planted: Mapping[str, float] = {}) -> None:
    """Write a survey like the default one, its replies from another seed and other targets."""
    to = folder / name
    to.mkdir(parents=True)
    text = (SOURCE / "codebook.toml").read_text("utf-8")
    text = re.sub(r'sha256 = ".*"\n', "", text.replace('"herts_2023"', f'"{name}"', 1))
    year = name[-4:]
    for key in ("opens = ", "closes = ", "Hertfordshire, "):
        text = text.replace(f"{key}2023", f"{key}{year}", 1)
    (to / "codebook.toml").write_text(text, "utf-8")
    shutil.copy(SOURCE / "population.csv", to)
    codebook = codebook_reader.read_codebook(to / "codebook.toml")
    parameters = simulation.default_parameters()
    for role, target in planted.items():
        parameters[role]["target"] = target
    made = simulation.simulate(codebook, parameters, rng=np.random.default_rng(seed))
    (to / codebook.file.name).write_bytes(simulation.export_bytes(made.raw))


@pytest.fixture(scope="session")
def raw_waves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of three waves: 2023, 2024 of the same seed, 2025 with the change."""
    folder = tmp_path_factory.mktemp("waves")
    write_wave(folder, "herts_2023", 20231015)
    write_wave(folder, "herts_2024", 20231015)
    write_wave(folder, "herts_2025", 7, {"visibility": PLANTED})
    return folder


@pytest.fixture(scope="session")
def small_waves(raw_waves: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the first and the last wave, 350 replies of each."""
    folder = tmp_path_factory.mktemp("small")
    for name in ("herts_2023", "herts_2025"):
        shutil.copytree(raw_waves / name, folder / name)
        path = folder / name / "responses.csv"
        raw = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
        some = raw.sample(n=350, random_state=1).sort_index()
        path.write_bytes(simulation.export_bytes(some))
    return folder


@pytest.fixture
def in_place(small_waves: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let surveys be read from the small waves, and results go to a folder of the test."""
    monkeypatch.setattr(paths, "RAW", small_waves)
    monkeypatch.setattr(paths, "RAW_ELSEWHERE", None)
    monkeypatch.setattr(paths, "OUT", tmp_path)
    for name, below in (("PROCESSED", "data/processed"), ("FIGURES", "figures"),
                        ("REPORTS", "reports")):  # fmt: skip
        monkeypatch.setattr(paths, name, tmp_path / below)
    return tmp_path


@contextmanager
def raw_in(folder: Path) -> Iterator[None]:
    """Let surveys be read from a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "RAW", folder)
        patch.setattr(paths, "RAW_ELSEWHERE", None)
        yield


@pytest.fixture(scope="session")
def read_pair(raw_waves: Path) -> Callable[[str, str], waves.Pair]:
    """Read two of the three waves, each pair once."""
    known: dict[tuple[str, str], waves.Pair] = {}

    def read(first: str, second: str) -> waves.Pair:
        if (first, second) not in known:
            with raw_in(raw_waves):
                known[first, second] = waves.two_surveys(survey.load(first), survey.load(second))
        return known[first, second]

    return read


@pytest.fixture(scope="session")
def compared(raw_waves: Path) -> Callable[[waves.Pair], waves.Comparison]:
    """Compare two waves, whose open answers stand in the raw files."""

    def compare(pair: waves.Pair) -> waves.Comparison:
        with raw_in(raw_waves):
            return waves.compare(pair)

    return compare


@pytest.fixture(scope="session")
def changed(read_pair: Callable, compared: Callable) -> waves.Comparison:
    """Compare 2023 with 2025, where the change was planted."""
    return compared(read_pair("herts_2023", "herts_2025"))


@pytest.fixture(scope="session")
def same(read_pair: Callable, compared: Callable) -> waves.Comparison:
    """Compare 2023 with 2024, which have the same replies."""
    return compared(read_pair("herts_2023", "herts_2024"))
