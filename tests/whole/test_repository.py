"""The files around the code: pins, addresses, what must not be carried."""

import re
import subprocess
import tomllib

import pytest

from analysis import paths

TEXT = {".py", ".toml", ".md", ".yml", ".yaml", ".cff", ".ipynb", ".lock", ".json", ".csv", ".R",
        ".txt", ".css", ".j2", ""}  # fmt: skip


def _tracked() -> list:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=paths.ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this copy of the project is no git checkout")
    return [paths.ROOT / name for name in listed.stdout.splitlines()]


def _texts() -> dict[str, str]:
    files = [path for path in _tracked() if path.suffix in TEXT and path.is_file()]
    return {path.relative_to(paths.ROOT).as_posix(): path.read_text("utf-8") for path in files}


def _lock() -> dict[str, str]:
    text = (paths.ROOT / "requirements.lock").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text, re.M))


def _project() -> dict:
    return tomllib.loads((paths.ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_every_pin_of_environment_yml_equals_the_lock():
    text = (paths.ROOT / "environment.yml").read_text("utf-8")
    pins = dict(re.findall(r"^ +- ([a-z0-9-]+)==?([^=\s]+)$", text, re.M))
    assert pins.pop("python") == "3.11"
    lock = _lock()
    assert pins == {name: lock[name] for name in pins}
    project = _project()
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    assert set(pins) == {re.split(r"[<>=]", each)[0] for each in wanted}
    assert text.rstrip().endswith("\n      - -e .")


def test_every_locked_package_has_hashes_and_no_address():
    text = (paths.ROOT / "requirements.lock").read_text("utf-8")
    assert text.count("==") <= text.count("--hash=sha256:")
    assert "http" not in re.sub(r"httpcore|httpx", "", text)
    assert "index" not in text


def test_no_absolute_path_of_a_machine_and_no_registry_address():
    wrong = re.compile(r"/(?:home|root|Users|work|tmp)/\w|pypi\.org|files\.pythonhosted|index-url")
    for name, text in _texts().items():
        if name != "tests/whole/test_repository.py":
            assert not wrong.search(text), (name, wrong.search(text))


def test_no_third_party_data_file_is_carried():
    names = {path.relative_to(paths.ROOT).as_posix() for path in _tracked()}
    raw = {name for name in names if name.startswith("data/raw/")}
    assert {name.split("/", 2)[2] for name in raw} == {
        "ape11/README.md", "ape11/codebook.toml", "herts_2023/README.md",
        "herts_2023/codebook.toml", "herts_2023/population.csv",
        "herts_2023/responses.csv", "herts_2023/simulation.toml",
    }  # fmt: skip
    assert not [name for name in names if name.endswith((".tab", ".sav", ".geojson", ".xlsx"))]


def test_every_table_of_the_default_survey_says_that_it_is_synthetic():
    folders = [paths.ROOT / "data/processed/herts_2023", paths.ROOT / "figures/herts_2023"]
    tables = [path for folder in folders for path in folder.glob("*.csv")]
    assert len(tables) >= 6
    for table in tables:
        lines = table.read_text("utf-8").splitlines()
        assert lines[0].endswith(",data"), table.name
        assert all(line.endswith(",synthetic") for line in lines[1:]), table.name
