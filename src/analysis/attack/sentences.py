"""Sentences, and figures in words: whether each of their numbers is known, and what they add.

Most repeat what a table, a figure or a headline of their notebook says. What does not is read here
as a statement about people, or is named with the rule that keeps it from telling of few.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from analysis.attack.kinds_video import digital_answer, digital_base
from analysis.attack.profiles import GOT, NO, YES, Conditions, together
from analysis.attack.published import Text, count_of, people_behind
from analysis.attack.reading import Reading, not_those

#: A number in a text.
NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")

#: How much of a text before and after a number tells what it is.
_BEFORE, _AFTER = 90, 60

#: Notebook, what stands around a number (#) as a pattern, rule of `other_numbers`.
OTHERWISE = [
    ("01", r"#", "replies"),
    ("09", r"#", "choices"),
    ("10", r"#", "simulated"),
    ("", r"\bp\)? (?:=|<) #", "test"),
    ("", r"tau-b.{0,30}#", "test"),
    ("", r"(?:standard deviation|logit scale|unweighted it is).{0,60}#", "model"),
    ("", r"chance of #", "model"),
    ("", r"give or take #", "derived"),
    ("", r"points\. # answered", "derived"),
    ("03", r": # and \d+%[;.]|: \d+% and #[;.]|of its people \((?:\d+% to )?#\)", "derived"),
    ("03", r"(?:said yes, |Of these, |counts are rounded; 95% interval )(?:\d+% to )?#", "derived"),
    ("03", r"kappa about .{0,15}#", "test"),
    ("03", r"about # people who said", "derived"),
    ("", r"(?:effective n|count as|design effect|as well as) #", "weights"),
    ("", r"[Ww]eighted.{0,80}#", "weights"),
    ("", r"# people with(?:out)? a weight", "weights"),
    ("", r"# without a weight", "weights"),
    ("", r"# (?:do not know|left it out)", "asked"),
    ("", r"[Ff]ewer than #|(?:by|in|have) # (?:people|answers) or more", "fewer"),
    ("", r"# of people would have to be in another", "derived"),
    ("", r"[Cc]ensus #|(?:leaves? out|holds) #|\d of # leaves? out|# of \d+ shown", "text"),
    ("", r"# of (?:the )?\d+ (?:channel|headline|district|group|theme)", "text"),
    ("", r"(?:each of|Table of|\d by) #", "text"),
    (
        "",
        r"(?:lowest|highest|of(?: the)?|and|,) # (?:more|other|district|channel|group|theme)",
        "text",
    ),
    ("", r"# people(?: who told|\))|#(?: people)? with a theme in both", "bases"),
]

#: Sentences that say what no table does: who used what they prefer, and who turns away from a way.
_AGAINST = re.compile(
    r"Of (?P<one>[\d,]+) people who used another \w+ than the one they prefer "
    r"(?P<no>\S+) answered .*?, of (?P<two>[\d,]+) who used that one (?P<yes>\d+%)"
)
_DIGITAL = re.compile(r"Of (?P<n>[\d,]+) people \d+%")
_ELSEWHERE = re.compile(
    r"(?P<share>[\d.]+%) \((?P<interval>[\d.]+% to [\d.]+%); (?P<n>[\d,]+) people\) [^.]*? "
    r"(?P<other>another way|one of the)"
)


def unknown_numbers(
    texts: Iterable[Text], known: Mapping[str, Collection[str]]
) -> tuple[list[str], Counter[str]]:
    """Look for the numbers of sentences among those that are known of their notebook.

    Parameters
    ----------
    texts : iterable of Text
        Of executed notebooks.
    known : mapping of str to collection of str
        The first two signs of a notebook's name -> numbers as they are written in its tables,
        figures and headlines, without a plus or minus before them.

    Returns
    -------
    tuple of list of str and Counter
        A line for each other number that has no rule; and rule -> how many numbers it keeps.
    """
    unknown, by_rule = [], Counter()
    for each in texts:
        numbers = known.get(each.notebook[:2], ())
        for found in NUMBER.finditer(each.text):
            if found[0].replace(",", "").lstrip("+-") in numbers:
                continue
            before = each.text[max(0, found.start() - _BEFORE) : found.start()]
            around = f"{before}#{each.text[found.end() : found.end() + _AFTER]}".replace("\n", " ")
            if rule := _rule_of(each, found, around):
                by_rule[rule] += 1
            else:
                unknown.append(f'{each.notebook}: {found[0]} in "{around.strip()}"')
    return unknown, by_rule


def _rule_of(text: Text, found: re.Match, around: str) -> str:
    """Return the rule of a number, by what stands around it; "" if there is none."""
    for pattern in (_AGAINST, _ELSEWHERE):
        spans = (each.span() for each in pattern.finditer(text.text))
        if any(start <= found.start() < end for start, end in spans):
            return "read"
    rules = (rule for notebook, pattern, rule in OTHERWISE
             if text.notebook.startswith(notebook) and re.search(pattern, around))  # fmt: skip
    return next(rules, "")


def read_sentences(read: Reading, texts: Iterable[Text]) -> None:
    """Read what sentences say of people that no table says.

    Parameters
    ----------
    read : Reading
        The survey, and the register that they are read into.
    texts : iterable of Text
        Of executed notebooks.
    """
    for each in texts:
        if each.notebook.startswith("06") and "pair" in read.bases:
            _against(read, each)
            _elsewhere(read, each)


def _against(read: Reading, said: Text) -> None:
    """Read the best answers of who used what they prefer, and of who did not."""
    if GOT not in read.register.profiles.values:
        return
    for found in _AGAINST.finditer(said.text):
        best = read.labels.top("video_use")
        kinds = [{GOT: frozenset([NO])}, {GOT: frozenset([YES])}]
        for people, n, share in zip(kinds, ("one", "two"), ("no", "yes"), strict=True):
            size, base = count_of(found[n]), together(read.bases["video"], people)
            read.register.know(_source(said), base, size)
            span = people_behind(found[share], size)
            read.register.know(_source(said), together(base, best), span)
        sides = [best, not_those(read.register.profiles, best)]
        read.register.guard(_source(said), [read.bases["video"]], kinds, sides)


def _elsewhere(read: Reading, said: Text) -> None:
    """Read who used a digital channel and prefers none, and the other way round."""
    used, preferred = (_digital(read, role) for role in (read.survey.used_role, "preferred"))
    if not (used and preferred):
        return
    stated = _DIGITAL.search(said.text)
    everybody = count_of(stated["n"])[0] if stated else 0
    for found in _ELSEWHERE.finditer(said.text):
        digital = found["other"] == "another way"
        base = together(digital_base(read, everybody), used[0] if digital else used[1])
        yes = preferred[1] if digital else preferred[0]
        size = count_of(found["n"])
        read.register.know(_source(said), base, size)
        span = people_behind(found["share"], size, found["interval"])
        read.register.know(_source(said), together(base, yes), span)
        read.register.guard(_source(said), [base], list(preferred))


def _digital(read: Reading, role: str) -> tuple[Conditions, Conditions] | None:
    """Return who gave a digital channel, and who another one; None where people gave several."""
    yes = digital_answer(read, role)
    if yes is None or set(yes) != {role}:
        return None
    return yes, not_those(read.register.profiles, yes)


def _source(said: Text) -> str:
    return f"{said.notebook}, sentences"
