"""A small survey that tests can write, damage and run, away from the project's own files."""

import gc
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import variants
from hypothesis import settings

from analysis import cleaning, paths, survey
from analysis.publish.threads import one_thread

one_thread()

if hasattr(signal, "SIGHUP"):  # under nohup it would be ignored here, and by what tests start
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

settings.register_profile("project", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("project")

#: Modules that run notebooks or a browser: first, so that no core waits for them at the end.
LONGEST = ("test_rerun", "test_ape11", "test_in_a_browser", "test_nbval", "test_themes")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the modules that take longest first."""
    places = {name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))


def pytest_collection_finish() -> None:
    """Take what imports and collection made out of the garbage collector's sight: it stays."""
    gc.collect()
    gc.freeze()


CODEBOOK = """
[survey]
id = "demo"
title = "A small survey"
synthetic = true
population = "people in a test"
source = "written by a test"
licence = "CC0-1.0"
where_to_get = "run the tests"
limits = "Nobody answered."
opens = 2023-10-02
closes = 2023-10-15
disclosure_threshold = 2

[words]
channel = "channel"
channels = "channels"
district = "district"
districts = "districts"
used = "used"
preferred = "would prefer"
used_short = "Used"
preferred_short = "Prefer"
satisfied = "were content"
satisfaction = "experience"
preference = "Preference is not a promise."

[file]
name = "replies.csv"
datetime_format = "%d/%m/%Y %H:%M:%S"

[cleaning]
blank = ["", "-", "n/a"]
test_texts = ["test"]
no_connection = ["neither"]
abandoned_without = ["used", "preferred"]
double_within_minutes = 60
speeder_seconds = 60

[[lists.channels]]
code = "phone"
label = "Telephone"
text = "By telephone"
[[lists.channels]]
code = "web"
label = "Website"
[[lists.channels]]
code = "other"
label = "Other"

[recodes.channels]
phone = ["rang", "101"]
web = ["online form"]

[[question]]
id = "started"
column = "Start"
kind = "date"
[[question]]
id = "submitted"
column = "End"
kind = "date"
[[question]]
id = "connection"
column = "Live or work here?"
kind = "single"
answers = [{ code = "lives", label = "Lives" }, { code = "neither", label = "Neither" }]
[[question]]
id = "contacted"
column = "Made contact?"
kind = "single"
answers = [{ code = "yes", label = "Yes" }, { code = "no", label = "No" }]
[[question]]
id = "used"
column = "Used?"
kind = "multiple"
separator = ";"
asked_if = { question = "contacted", answers = ["yes"] }
missing = { dont_know = ["Don't know"] }
answers = "channels"
recode = "channels"
other = { code = "other", prefix = "Other:" }
[[question]]
id = "preferred"
column = "Prefer?"
kind = "single"
missing = { dont_know = ["Don't know"] }
answers = "channels"
recode = "channels"
other = { code = "other", prefix = "Other:" }
[[question]]
id = "comment"
column = "Anything else?"
kind = "text"
"""

HEADER = "Start,End,Live or work here?,Made contact?,Used?,Prefer?,Anything else?"
ROW = "03/10/2023 10:00:00,03/10/2023 10:05:00,Lives,Yes,By telephone;,Website,Fine"


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., survey.Survey]:
    """Write a survey called demo and load it: `demo(rows, change=(old, new), header=...)`."""

    def write(
        rows: list[str] | None = None,
        *changes: tuple[str, str],
        header: str = HEADER,
        load: bool = True,
    ) -> survey.Survey | None:
        text = CODEBOOK
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        folder = tmp_path / "raw" / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "codebook.toml").write_text(text, encoding="utf-8")
        lines = [header, *([ROW] if rows is None else rows)]
        (folder / "replies.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return survey.load("demo") if load else None

    monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
    monkeypatch.setattr(paths, "RAW_ELSEWHERE", None)
    monkeypatch.setattr(paths, "OUT", tmp_path / "out")
    monkeypatch.setattr(paths, "PROCESSED", tmp_path / "out" / "data" / "processed")
    monkeypatch.setattr(paths, "FIGURES", tmp_path / "out" / "figures")
    monkeypatch.setattr(paths, "REPORTS", tmp_path / "out" / "reports")
    return write


@pytest.fixture
def variant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., survey.Survey]:
    """Make surveys like the default one, cleaned: `variant(replies=60, without=["age"])`."""

    def make(name: str = "made", **how: object) -> survey.Survey:
        variants.write_variant("herts_2023", tmp_path, name, **how)
        monkeypatch.setattr(paths, "RAW", tmp_path)
        monkeypatch.setattr(paths, "RAW_ELSEWHERE", None)
        made = survey.load(name)
        return made.holding(cleaning.clean(made.read_raw(), made.codebook).responses)

    return make


@pytest.fixture(scope="session")
def ape11() -> survey.Survey:
    """The real survey; a test that asks for it is skipped where its file is not to be had."""
    real = survey.load("ape11")
    try:
        assert real.raw_path
    except ValueError as missing:
        pytest.skip(f"the real survey is not here: {str(missing).partition(' is neither')[0]}")
    return real


@pytest.fixture
def small(demo: Callable) -> Callable[..., survey.Survey]:
    """Write the survey called demo with other questions: `small(questions, export, blank=...)`."""

    def write(questions: str, export: str, *, blank: str = '[""]') -> survey.Survey:
        demo(load=False)
        folder = paths.RAW / "demo"
        head = CODEBOOK.partition("[cleaning]")[0]
        cleaning = f"[cleaning]\nblank = {blank}\n"
        (folder / "codebook.toml").write_text(f"{head}{cleaning}{questions}", encoding="utf-8")
        (folder / "replies.csv").write_text(export, encoding="utf-8")
        return survey.load("demo")

    return write
