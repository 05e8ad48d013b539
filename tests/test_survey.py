import pandas as pd
import pytest

from analysis import bases, cleaning, sentences, tables
from analysis.codebook import Words
from analysis.errors import SurveyError

TIMES = "03/10/2023 10:00:00,03/10/2023 10:05:00"
ROWS = [
    f"{TIMES},Lives,Yes,By telephone;Website;,Website,a",
    f"{TIMES},Lives,Yes,Don't know,Website,b",
    f"{TIMES},Lives,No,,By telephone,c",
    f"{TIMES},Lives,Yes,Website;,,d",
    f"{TIMES},Lives,Yes,Website;,Website,e",
]


@pytest.fixture
def cleaned(demo):
    """Return demo with its cleaned responses written."""
    made = demo(ROWS)
    responses = cleaning.clean(made.read_raw(), made.codebook).responses
    tables.write_csv(responses, made.processed / "responses.csv", synthetic=True)
    return made


def test_answers_come_back_as_categories_in_the_codebooks_order(cleaned):
    preferred = cleaned.responses()["preferred"]
    assert preferred.cat.categories.tolist() == ["Telephone", "Website", "Other"]
    assert preferred.isna().tolist() == [False, False, False, True, False]


def test_several_answers_come_back_as_indicators_with_every_missing_kind_as_na(cleaned):
    used = cleaned.responses()["used__web"]
    assert used.tolist()[0] == 1.0
    assert used.isna().tolist() == [False, True, True, False, False]


def test_coverage_keeps_the_kinds_of_missing_apart(cleaned):
    row = cleaned.coverage().set_index("role").loc["used"]
    counts = ["asked", "answered", "dont_know", "no_answer", "not_asked"]
    assert row[counts].tolist() == [4, 3, 1, 0, 1]


def test_a_base_counts_who_is_not_in_it_and_why(cleaned):
    base = bases.answered(cleaned, cleaned.responses(), ["used", "preferred"])
    assert base.n == 2
    steps = base.ledger.to_frame().set_index("step")["rows_excluded"]
    assert steps.to_dict() == {"not_asked": 1, "dont_know": 1, "no_answer": 1}


def test_a_base_of_part_of_the_responses_is_refused(cleaned):
    with pytest.raises(ValueError, match="2 rows given, the survey has 5"):
        bases.answered(cleaned, cleaned.responses().head(2), ["used"])


def test_channels_of_several_answers_are_named_by_their_labels(cleaned):
    base = bases.answered(cleaned, cleaned.responses(), ["used"])
    used = bases.channels(cleaned, base.frame, "used")
    assert used.columns.tolist() == ["Telephone", "Website", "Other"]
    assert used.iloc[0].tolist() == [1.0, 1.0, 0.0]


def test_responses_before_the_first_notebook_say_what_to_run(demo):
    with pytest.raises(SurveyError, match="demo has no cleaned responses yet; run 01"):
        demo().responses()


WORDS = Words(
    channel="channel", channels="channels", district="district", districts="districts",
    used="used", preferred="would prefer", used_short="Used", preferred_short="Prefer",
    satisfied="were content", satisfaction="experience", preference="",
)  # fmt: skip


def _shifts(estimate: list, p_adjusted: list) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "channel": ["Web", "Phone"], "share_used": 0.4, "share_preferred": 0.5,
            "estimate": estimate, "conf_low": -0.1, "conf_high": 0.2, "p_adjusted": p_adjusted,
        }
    )  # fmt: skip


def test_a_sentence_names_gains_and_losses_apart():
    said = sentences.shift_sentence(_shifts([0.1, -0.1], [0.01, 0.01]), WORDS)
    assert said.split("\n\n")[0].startswith("More people would prefer than used: web (40% against")
    assert said.split("\n\n")[1].startswith("Fewer people would prefer than used: phone")


def test_a_channel_that_does_not_differ_or_is_hidden_is_not_named():
    assert sentences.shift_sentence(_shifts([0.1, None], [0.2, None]), WORDS) == ""


def test_a_lack_of_evidence_is_not_called_a_lack_of_difference():
    said = sentences.difference_sentence("Satisfaction", "districts", 0.3)
    assert said.startswith("These data do not show that satisfaction differs")
