"""The same replies give the same cleaned bytes, whatever tool wrote them down."""

import pytest
import tool_exports

from analysis import cleaning, exports, paths
from analysis.survey import loading


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Write the replies as a tool does, and load the survey."""

    def written(tool: str):
        folder = tmp_path / "raw" / "demo"
        folder.mkdir(parents=True)
        codebook = tool_exports.TOOLS[tool](tool_exports.make_replies(), folder)
        (folder / "codebook.toml").write_text(codebook, "utf-8")
        return loading.load("demo")

    monkeypatch.setattr(paths, "RAW", tmp_path / "raw")
    monkeypatch.setattr(paths, "RAW_ELSEWHERE", None)
    return written


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The cleaned replies of the plainest export, and that they are what was made."""
    folder = tmp_path_factory.mktemp("plain") / "demo"
    folder.mkdir()
    replies = tool_exports.make_replies()
    (folder / "codebook.toml").write_text(tool_exports.write_csv(replies, folder), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "RAW", folder.parent)
        made = loading.load("demo")
        cleaned = cleaning.clean(made.read_raw(), made.codebook).responses
    assert len(cleaned) == len(replies) == 200
    assert cleaned["used__web"].tolist() == [
        str(int("web" in each["used"])) if each["used"] else "no_answer" for each in replies
    ]
    assert cleaned["weight"].tolist() == [each["weight"] for each in replies]
    return cleaned.to_csv(index=False).encode()


@pytest.mark.parametrize("tool", list(tool_exports.TOOLS))
def test_the_same_replies_give_the_same_bytes(read, expected, tool):
    made = read(tool)
    raw = made.read_raw()
    assert cleaning.clean(raw, made.codebook).responses.to_csv(index=False).encode() == expected
    column = made.codebook.question("change").column
    assert raw[column].tolist() == [each["change"] for each in tool_exports.make_replies()]


#: Formats that are told from the file alone; of the others nothing tells who wrote them.
TOLD = {
    "Microsoft Forms, .xlsx": "microsoft_forms",
    "Microsoft Forms, .csv": "microsoft_forms",
    "Google Forms": "google_forms",
    "Qualtrics": "qualtrics",
    "Qualtrics, old": "qualtrics",
    "SurveyMonkey": "surveymonkey",
    "SurveyMonkey, .xlsx": "surveymonkey",
    "SmartSurvey": "surveymonkey",
    "LimeSurvey, full answers": "limesurvey",
    "LimeSurvey, codes": "limesurvey",
    ".xlsx": "xlsx",
    "SPSS": "spss",
    "Parquet": "parquet",
}


@pytest.mark.parametrize("tool", list(tool_exports.TOOLS))
def test_the_format_is_guessed_and_then_reads_the_same(read, tool):
    made = read(tool)
    found = exports.guess(made.raw_path)
    assert found.format == TOLD.get(tool, "csv")
    assert exports.read_export(made.raw_path, found).equals(
        exports.read_export(made.raw_path, made.codebook.file)
    )
