"""What sentences on the changes wanted name, on the boundary and just beside it."""

import numpy as np
import pandas as pd

from analysis import survey
from analysis.chapters.changes_wanted import headlines, sentences, tables, titles
from analysis.privacy import Rule
from analysis.proportions import share

HERTS = survey.load("herts_2023")
LABELS = list(HERTS.codebook.themes.labels.values())
NOBODY = tables.same_share(
    *[tables.CodedThemes(role="x", indicators=pd.DataFrame())] * 2, HERTS.codebook
)


def _themes(*estimates, **columns):
    """Return themes called Aa, Bb and so on, and answers that could not be coded."""
    levels = ["Aa", "Bb", "Cc", "Dd", "Ee"][: len(estimates)]
    frame = pd.DataFrame({"level": [*levels, tables.UNCODED], "estimate": [*estimates, 0.9]})
    frame["conf_low"], frame["conf_high"] = frame["estimate"] - 0.01, frame["estimate"] + 0.01
    return frame.assign(n=600, n_yes=24, **columns)


def _share(yes, no):
    return share(pd.Series([True] * yes + [False] * no))


# ---- What is named most -------------------------------------------------------------------------


def test_three_themes_are_named_and_no_fourth():
    said = sentences.most_sentence(_themes(0.5, 0.4, 0.3, 0.2))
    assert said == (
        "Named most by the 600 people who said what they would change: aa (50%, 95% interval 49% "
        "to 51%), bb (40%, 39% to 41%) and cc (30%, 29% to 31%)."
    )


def test_hidden_themes_and_answers_without_a_theme_are_not_named():
    said = sentences.most_sentence(_themes(0.5, np.nan, 0.3))
    assert "aa (50%" in said
    assert "cc (30%" in said
    assert "bb" not in said
    assert "coded" not in said


def test_where_no_theme_can_be_shown_that_is_said():
    said = sentences.most_sentence(_themes(np.nan))
    assert said == (
        "Of 600 people who said what they would change, the share that names a theme can be shown "
        "of none: too few name it, or too few do not."
    )


def test_the_order_is_open_where_intervals_touch_and_not_just_beside():
    touch = _themes(0.5, 0.4).assign(conf_low=[0.45, 0.35, 0.8], conf_high=[0.55, 0.45, 0.9])
    assert sentences.most_sentence(touch).endswith("Where intervals overlap, the order is open.")
    apart = touch.assign(conf_high=[0.55, 0.449, 0.9])
    assert "order is open" not in sentences.most_sentence(apart)


def test_one_overlap_of_two_leaves_the_order_open():
    rows = _themes(0.5, 0.4, 0.1).assign(
        conf_low=[0.45, 0.35, 0.05, 0.8], conf_high=[0.55, 0.45, 0.15, 0.9]
    )
    assert "order is open" in sentences.most_sentence(rows)


def test_an_overlap_with_a_fourth_theme_says_nothing_of_the_first_three():
    rows = _themes(0.5, 0.4, 0.3, 0.2).assign(conf_low=[0.49, 0.39, 0.1, 0.1, 0.8])
    assert "order is open" not in sentences.most_sentence(rows)


def test_the_weighted_share_is_said_where_there_is_one():
    said = sentences.most_sentence(_themes(0.5, 0.3, weighted_estimate=[0.6, np.nan, 0.1]))
    assert "aa (50%, 95% interval 49% to 51%; weighted 60%)" in said
    assert "bb (30%, 29% to 31%)" in said


def test_a_title_names_the_first_theme_and_none_without_themes():
    themes = pd.DataFrame({"level": ["Patrols", "Hours"], "estimate": [0.1, 0.2],
                           "conf_low": [0.05, 0.16], "conf_high": [0.15, 0.24]})  # fmt: skip
    assert titles.most_title(themes, themes).endswith("named most: hours, 20% of people")
    assert titles.most_title(themes.iloc[:1], themes).endswith("named most: patrols, 10% of people")
    assert titles.most_title(themes.iloc[:0], themes) == ""
    near = themes.assign(conf_high=[0.16, 0.24])
    assert titles.most_title(near, near).endswith("20% of people; not clearly apart from patrols")


def test_answers_without_a_theme_are_counted_unless_few():
    assert sentences.uncoded_sentence(_themes(0.5)).startswith("In 24 of 600 answers on what to")
    hidden = _themes(0.5).assign(estimate=[0.5, np.nan])
    assert sentences.uncoded_sentence(hidden).startswith("In how many of 600 answers on")


# ---- Which groups differ ------------------------------------------------------------------------


def _tests(*p_adjusted, grouping="District"):
    levels = ["Aa", "Bb", "Cc"][: len(p_adjusted)]
    return pd.DataFrame({"grouping": grouping, "level": levels, "p_adjusted": p_adjusted})


def _groups(tests, groupings=("District",)):
    return sentences.groups_sentence(tests, groupings, HERTS.words)


def test_groups_differ_below_five_percent_and_not_at_it():
    assert _groups(_tests(0.4, 0.0499, 0.05)) == (
        "How often people name a theme differs between districts for bb (1 of 3 themes; smallest "
        "Holm-adjusted p < 0.05)."
    )
    assert _groups(_tests(0.4, 0.05)) == (
        "These data do not show that districts differ in how often people name a theme (smallest "
        "Holm-adjusted p = 0.050, 2 themes)."
    )


def test_each_grouping_has_its_own_tests_and_its_own_sentence():
    tests = pd.concat([_tests(0.01), _tests(0.4, grouping="Channel")])
    said = _groups(tests, ["Channel", "District"])
    assert said.startswith("These data do not show that channels differ")
    assert "between districts for aa (1 of 1 theme;" in said
    assert _groups(tests.iloc[:0], ["Channel"]) == (
        "Too few people name, or do not name, any one theme to compare channels."
    )


def test_a_theme_keeps_its_article_small_and_its_abbreviation():
    assert sentences.theme_in_sentence("A named officer") == "a named officer"
    assert sentences.theme_in_sentence("Opening hours") == "opening hours"


ROWS = pd.DataFrame({"level": ["Here", "Mid", "There"], "estimate": [0.3, 0.25, 0.2]})


def test_a_range_is_in_the_title_below_five_percent_and_not_at_it():
    title = titles.range_title(ROWS, "Hours", "districts", 0.0499)
    assert title == "Hours: from 20% (There) to 30% (Here) between districts"
    title = titles.range_title(ROWS, "Hours", "districts", 0.05)
    assert title == "Hours: these data do not show that districts differ (p = 0.050, Holm)"


def test_without_a_test_a_title_claims_no_difference():
    title = titles.range_title(ROWS, "Hours", "districts", np.nan)
    assert title == "Hours: these data do not show that districts differ"
    assert titles.range_title(ROWS.iloc[:0], "Hours", "districts", 0.01) == ""


def test_the_group_farthest_from_the_others_is_named_on_either_side():
    rows = pd.DataFrame(
        {"group": ["Telephone", "Digital", "In person"], "level": ["Hours", "Patrols", "Hours"],
         "estimate": [0.14, -0.2, 0.01], "conf_low": [0.07, -0.3, -0.1],
         "conf_high": [0.2, -0.1, 0.1], "clear": [True, True, False]}
    )  # fmt: skip
    assert titles.apart_title(rows) == (
        "Farthest from everybody else: digital, patrols, -20 points (-30 to -10); 2 of 3 leave "
        "out 0"
    )
    assert "telephone, hours, +14" in titles.apart_title(rows.iloc[[0, 2]])
    assert titles.apart_title(rows.iloc[:0]) == ""


# ---- Whether the reason is about the same -------------------------------------------------------


def test_a_share_is_said_from_the_threshold_on_and_not_below():
    at = sentences.same_sentence(_share(90, 10), rule=Rule(10))
    assert "90% give a reason" in at
    assert "95% interval" in at
    below = sentences.same_sentence(_share(90, 9), rule=Rule(10))
    assert "all but fewer than 10 give a reason" in below
    assert "interval" not in below


def test_of_few_on_both_sides_nothing_is_said():
    assert sentences.same_sentence(_share(9, 9), rule=Rule(10)) == ""
    assert "give a reason" not in titles.same_title(_share(9, 9), rule=Rule(10))


def test_few_who_give_the_same_reason_are_hidden_too():
    assert not sentences.is_shown(_share(9, 90), Rule(10))
    assert sentences.is_shown(_share(10, 90), Rule(10))
    assert titles.same_title(_share(9, 90), rule=Rule(10)).startswith("Fewer than 10 give")


def test_of_nobody_nothing_is_said():
    assert sentences.same_sentence(NOBODY, rule=Rule(10)) == ""
    assert titles.same_subtitle(NOBODY).endswith("columns: why")
    assert "give a reason" not in titles.same_title(NOBODY, rule=Rule(10))


# ---- What the rules find ------------------------------------------------------------------------


def test_the_lowest_precision_and_the_lowest_recall_are_named():
    found = pd.DataFrame(
        {"level": ["Aa", "Bb", "Cc", "Dd"], "precision": [0.9, 0.8, 1.0, 0.1],
         "recall": [0.7, 0.95, 1.0, 0.1], "n_true": [10, 20, 20, 20], "n_found": [10, 20, 20, 9]}
    )  # fmt: skip
    said = sentences.truth_sentence([found.iloc[:2], found.iloc[2:]], rule=Rule(10))
    assert "the lowest precision is 80% (bb), the lowest recall 70% (aa)" in said
    none = sentences.truth_sentence([], rule=Rule(10))
    assert none.startswith("What is right is not known of this survey")


def test_no_precision_is_named_where_every_theme_is_in_few_answers():
    found = pd.DataFrame({"level": ["Aa"], "precision": 1.0, "recall": 1.0, "n_true": 9})
    said = sentences.truth_sentence([found.assign(n_found=20)], rule=Rule(10))
    assert said == "No theme is in enough answers to tell how well the rules find it."


# ---- Answer, headings, headlines ----------------------------------------------------------------


def test_the_answer_is_what_most_name_who_differs_and_what_is_not_coded():
    texts = sentences.answer_texts(HERTS, _themes(0.5), _tests(0.01), ["District"], _share(80, 20))
    assert texts[0].startswith("Named most by")
    assert texts[1].startswith("How often people name a theme differs between districts")
    assert texts[1].endswith("the others turn to another theme.")
    assert texts[2].startswith("In 24 of 600")
    alone = sentences.answer_texts(HERTS, _themes(0.5), _tests(0.01), ["District"], NOBODY)
    assert alone[1].endswith("p = 0.010).")


def test_the_note_on_weights_is_left_out_without_weights():
    coded = tables.CodedThemes(role="change", indicators=pd.DataFrame({"a": [True, False]}))
    assert titles.weighted_note(coded, None, rule=Rule(10)) == ""


def _headlines(themes, same):
    return {row["finding"]: row for row in headlines.headline_rows(HERTS, themes, same)}


def test_the_three_themes_named_most_are_headlines_in_the_order_of_the_codebook():
    themes = _themes(0.5, 0.4, 0.3, 0.2).assign(level=[*LABELS[3::-1], tables.UNCODED])
    rows = _headlines(themes, _share(80, 9))
    assert [row["estimate"] for row in rows.values()] == [0.3, 0.4, 0.5]
    assert rows[next(iter(rows))]["sentence"].startswith(f"{LABELS[1]}: named by 30%")


def test_the_share_with_the_same_reason_is_a_headline_from_the_threshold_on():
    assert "change_same_as_why" in _headlines(_themes(0.5), _share(80, 10))
    assert "change_same_as_why" not in _headlines(_themes(0.5), _share(80, 9))
    assert "change_same_as_why" not in _headlines(_themes(0.5), NOBODY)
