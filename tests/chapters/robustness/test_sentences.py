"""What notebook 09 says of headlines that hold, depend on choices, or are not supported."""

import numpy as np
import pandas as pd
import pytest

from analysis.chapters.robustness import headlines, sentences, tables, titles
from analysis.specifications.stored import Stored


def _stored(*claims: tuple) -> Stored:
    columns = ["claim", "about", "kind", "unit", "conclusion", "verdict", "sensitive_to",
               "same_conclusion", "p_median"]  # fmt: skip
    rows = pd.DataFrame(claims, columns=columns)
    numbers = {"estimate": 0.1, "conf_low": 0.0, "conf_high": 0.2, "lowest": -0.02, "median": 0.1}
    sizes = {"highest": 0.2, "n": 100, "specifications": 64, "failed": 0}
    sign = rows["unit"].map({"difference of shares": 0.75})
    rows = rows.assign(same_sign=sign, p_share=rows["p_median"], **numbers, **sizes)
    choices = pd.DataFrame(
        {
            "claim": np.repeat(rows["claim"], 2),
            "choice": ["weights", "late"] * len(rows),
            "label": ["Weights", "Late replies"] * len(rows),
            "variance": [0.7, 0.001] * len(rows),
            "same_low": [0.5, 0.8] * len(rows),
            "same_high": [1.0, 0.8] * len(rows),
            "level_low": ["raked", "leave"] * len(rows),
            "level_high": ["none", "leave"] * len(rows),
            "flips": [True, False] * len(rows),
        }
    )
    specifications = pd.DataFrame(
        {"claim": "a", "number": [2, 1], "weights": ["raked", "none"], "late": ["leave", "leave"]}
    )
    return Stored(claims=rows, choices=choices, specifications=specifications, absent={})


HOLDS = ("a", "Visibility: good", "share", "share", "fewer", "robust", "", 1.0, np.nan)
SOME = ("b", "Shift of e-mail", "difference", "difference of shares", "up", "sensitive",
        "Weights; Link", 0.7, 0.002)  # fmt: skip
NONE = ("c", "Ratings by area", "differ", "standard deviation, logit", "differ", "not supported",
        "", 0.4, 0.3)  # fmt: skip


def test_the_short_answer_counts_and_names():
    assert sentences.short_texts(_stored(HOLDS, SOME, NONE)) == [
        "Of 3 conclusions 1 stays the same in at least nine of ten other ways to analyse the "
        "replies.",
        "Not supported: ratings by area; dependent on choices: shift of e-mail.",
    ]


def test_all_or_none_stay_and_what_claims_nothing_is_not_counted():
    quiet = (
        "d",
        "Access: good",
        "share",
        "share",
        "half",
        "inconclusive throughout",
        "",
        1.0,
        np.nan,
    )
    assert len(sentences.short_texts(_stored(HOLDS, quiet))) == 1
    assert sentences.short_texts(_stored(HOLDS, quiet))[0].startswith("Of 1 conclusions 1 stays")
    assert sentences.short_texts(_stored(SOME))[0].startswith("Of 1 conclusions none stay")
    assert "claims anything" in sentences.short_texts(_stored(quiet))[0]
    assert "Nothing is claimed, whatever is chosen: access: good." in sentences.answer_texts(
        _stored(HOLDS, quiet)
    )
    title = titles.curves_title(_stored(HOLDS, SOME, quiet))
    assert title == "1 of 2 conclusions stays under other choices"


def test_what_does_not_hold_comes_first_with_its_share_and_test():
    said = sentences.answer_texts(_stored(HOLDS, SOME, NONE))
    assert [text.split("**")[1] for text in said[:2]] == ["Ratings by area", "Shift of e-mail"]
    assert "26 of 64 specifications conclude as the report does" in said[0]
    assert "the curve as a whole: p = 0.300 (the larger of two)" in said[0]
    assert (
        "Sensitive to weights (none: 100% conclude the same, raked: 50%, alone changes it)."
        in said[1]
    )
    assert said[2].startswith("Robust")
    assert said[-1].startswith("Robust means: to how the replies are analysed")


def test_the_table_has_estimates_in_their_units():
    rows = tables.verdicts(_stored(HOLDS, SOME, NONE))
    assert rows["report"].tolist() == ["10%", "+10", "0.10"]
    assert rows["span"].tolist() == ["-2% to 20%", "-2 to +20", "-0.02 to 0.20"]
    assert rows["sensitive_to"].tolist() == ["-", "weights; link", "-"]
    assert rows["sign"].tolist() == ["-", "48 of 64", "-"]


def test_choices_that_move_nothing_are_not_listed():
    rows = tables.movers(_stored(SOME))
    assert rows["label"].tolist() == ["Weights"]
    assert rows["levels"].tolist() == ["raked: 50%; none: 100%"]
    assert rows["flips"].tolist() == ["yes"]


def test_levels_are_listed_with_the_report_first():
    rows = tables.tried(_stored(HOLDS)).set_index("label")
    assert rows.loc["Weights"].tolist() == ["none", "raked", 1]


def test_choices_that_a_survey_has_not_are_named():
    stored = _stored(HOLDS)
    stored.absent.update(late="it concerns nobody", other="it concerns nobody")
    said = tables.not_tried(stored)
    assert said == 'Not tried: late replies, "Other" in own words (it concerns nobody).'
    assert tables.not_tried(_stored(HOLDS)) == ""


def test_the_headline_is_of_the_least_robust():
    (row,) = headlines.headline_rows(_stored(HOLDS, SOME, NONE))
    assert row["estimate"] == pytest.approx(0.4)
    assert row["n"] == 64
    assert "1 of 3 conclusions stay the same" in row["sentence"]
    assert "Ratings by area" in row["sentence"]
