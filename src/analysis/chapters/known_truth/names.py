"""What notebook 10 calls the quantities and tests of the study."""

#: What each quantity is called.
NAMES = {
    "same_answer": "Same answer twice",
    "all_shifts": "Shifts of all channels at once",
    "shift": "Shift of a channel, alone",
    "reached": "Used what they prefer, a channel",
    "satisfied": "Satisfied",
    "districts": "Spread between districts",
    "district_share": "Satisfied, a district",
    "got_preferred": "Satisfied, by having got one's channel",
    "visibility_good": "Visibility good",
    "accessibility_good": "Accessibility good",
    "visibility_accessibility": "Visibility with accessibility (tau-b)",
    "video_likely": "Video chat likely",
    "video_age": "Video chat likely, an age group",
    "place": "Place for video chat, each",
    "video_against_preference": "Video chat, by having got one's channel",
    "digital_gap": "Digital: preferred less used",
    "digital_elsewhere": "Digital users who prefer another way",
    "digital_age": "Prefers digital, an age group",
    "theme": "Theme, each",
    "change_same_as_why": "Reason about the same theme",
    "composition": "Age and sex of who answers, each",
    "moved": "Move by weights, a headline",
    "gap": "Gap of a district, each",
    "replies_kept": "Replies analysed",
    "largest_shift": "Largest shift",
    "least_reached": "Channel least reached",
    "most_missing": "Group most missing",
    "moved_most": "Headline moved most",
    "district_lowest": "District named as low",
    "district_highest": "District named as high",
    "video_age_lowest": "Video chat, lowest age group",
    "video_age_highest": "Video chat, highest age group",
    "video_place": "Place named most",
    "digital_by_age": "Digital, lowest age group",
    "theme_named": "Three themes named most",
    "largest_gap": "Largest gap of a district",
}

#: What each test asks.
TESTS = {
    "test_shift": "Do shares used and preferred differ? (swaps)",
    "test_channels": "Does satisfaction differ by channel?",
    "test_districts": "Does satisfaction differ by district?",
    "test_got": "Does satisfaction differ by having got one's channel?",
    "visibility_accessibility": "Do visibility and accessibility go together?",
    "test_video_age": "Video chat by age",
    "test_video_disability": "Video chat by disability",
    "test_video_channel": "Video chat by channel used",
    "video_against_preference": "Video chat by having got one's channel (exact)",
    "test_digital_age": "Preferring digital by age",
    "test_digital_disability": "Preferring digital by disability",
    "interval: digital_gap": "Digital gap: interval leaves out 0",
    "interval: digital_gap, weighted": "Digital gap, weighted: interval leaves out 0",
    "interval: got_preferred": "Having got one's channel: interval leaves out 0",
    "interval: got_preferred, weighted": (
        "Having got one's channel, weighted: interval leaves out 0"
    ),
    "interval: moved": "Move of a headline by weights: interval leaves out 0",
    "interval: moved_most": "The largest move: interval leaves out 0",
    "gap_test": "Do districts differ on a measure?",
    "named: a credible gap": "A credible gap is named",
}

#: What the columns of each table are called.
HEADINGS = {
    "estimates": {
        "level": "Headline", "surveys": "Surveys", "bias": "Bias", "unit": "Unit of bias",
        "coverage": "Intervals that contain the truth", "verdict": "Verdict",
    },
    "tests": {
        "level": "Test", "surveys": "Surveys without effects",
        "errors": "Finds something where nothing is", "verdict": "Verdict",
        "power_surveys": "Surveys with effects", "power": "Finds the effects there are",
    },
    "extremes": {
        "level": "Named", "named": "Surveys that name one", "overstated": "Overstated, points",
        "right": "Right", "coverage": "Its interval contains the truth",
    },
    "sizes": {
        "level": "Replies", "plain": "Intervals that contain the truth: median (lowest)",
        "weighted": "The same, with weights", "shift": "Largest shift overstated, points",
    },
    "cleaning": {
        "level": "Headline", "unit": "Unit", "cleaned": "Error, cleaned",
        "received": "Error, as received", "difference": "Difference",
    },
}  # fmt: skip


def headings(table: str) -> dict[str, dict[str, str]]:
    """Return how a table of notebook 10 is shown.

    Parameters
    ----------
    table : str
        A key of `HEADINGS`.

    Returns
    -------
    dict
        `names` and `kinds`, for `report.show`: its cells are text, a number with its Monte Carlo
        error each.

    Examples
    --------
    >>> headings("sizes")["names"]["level"]
    'Replies'
    """
    names = HEADINGS[table]
    return {"names": names, "kinds": dict.fromkeys(names, "text")}
