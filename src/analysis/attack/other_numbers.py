"""Tables that count nobody: which rule keeps their numbers from telling of few people.

docs/privacy.md says of each rule why. A table that is neither read (`registering.KINDS`) nor named
here is of no known kind, and the attack says so.
"""

#: Rules, and what they say.
RULES = {
    "text": "words, no numbers of people",
    "replies": "replies left out before anybody is counted, by reasons that are no answers",
    "test": "one test of everybody compared: a statistic to two decimals, p to three",
    "model": "a model's numbers in whole percent or points, or two figures; none of small groups",
    "choices": "shares of everybody under other choices, in whole percent",
    "derived": "shares of counts that a table tells, and differences of its shares",
    "shift": "a shift of a group in whole points: a difference of two counts, which tells neither",
    "read": "shares of everybody, or of who used what they prefer, read by themselves",
    "weights": "weighted to the population: hidden where few have a weight or few have none",
    "fewer": "that something is fewer than the threshold, or than a number, and no more",
    "asked": "how many of all who were asked gave an answer, said that they do not know, or none",
    "bases": "how many of a base told something else too, whatever they said",
    "simulated": "simulated or planned: no person's answer is in it",
}

#: Notebook, caption as a pattern, rule.
NAMED = [
    ("01", r"The survey", "text"),
    ("01", r"Replies before and after each step.*", "replies"),
    ("02", r"The price of weights.*", "model"),
    ("02", r"From responses to people who have a weight", "replies"),
    ("03", r"People who changed between two .*", "model"),
    ("03", r"Tests of the two answers.*", "test"),
    ("04", r"The comparisons of the plan.*", "test"),
    ("04", r"Thresholds", "model"),
    ("04", r"Share that .*, by whether people .*", "model"),
    ("04", r"Tests of proportional odds.*", "test"),
    ("04", r"Adjusted shares .*", "model"),
    ("05", r"Do .*", "test"),
    ("05", r"Rank correlations.*", "test"),
    ("06", r"Does the share that .*", "test"),
    ("06", r"Tests of .*", "test"),
    ("06", r"Between groups, one family", "test"),
    ("06", r"Digital .*, adjusted for .*", "model"),
    ("06", r"Share that answered .*, by whether people .*", "model"),
    ("07", r"Themes", "text"),
    ("07", r"Does the share that names a theme differ.*", "test"),
    ("07", r"Groups of words in answers without a theme.*", "text"),
    ("07", r"Known truth: .*", "simulated"),
    ("08", r"Residents of .*, estimated", "model"),
    ("09", r".*", "choices"),
    ("10", r".*", "simulated"),
]
