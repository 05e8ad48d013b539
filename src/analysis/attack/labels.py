"""Which people the words of a table mean: answers, groups of answers, joined and missing ones."""

import re

from analysis.attack.profiles import YES, Conditions, Profiles, group_of_options, option
from analysis.survey import Survey, measures
from analysis.survey.codebook import MISSING

#: What is said of people of whom no answer is known.
_UNTOLD = ("none given", "not told", "not named")

_DIGITS = re.compile(r"\d+")


class Labels:
    """The labels of a survey's codebook, as tables write them."""

    def __init__(self, survey: Survey, profiles: Profiles) -> None:
        self.survey, self.profiles = survey, profiles

    def several(self, role: str) -> bool:
        """Tell whether people could give several answers to a question."""
        return self.survey.codebook.question(role).kind == "multiple"

    def said(self, role: str) -> Conditions:
        """Return the people who answered a question."""
        question = self.survey.codebook.question(role)
        name = option(role, question.answers[0].label) if self.several(role) else role
        return {name: self.profiles.said(name)}

    def missing(self, role: str, *kinds: str) -> Conditions:
        """Return the people of whom there is no answer, for one of some kinds of reason."""
        question = self.survey.codebook.question(role)
        name = option(role, question.answers[0].label) if self.several(role) else role
        return {name: frozenset(kinds or MISSING)}

    def top(self, role: str) -> Conditions:
        """Return the people who gave one of the best answers."""
        return {role: frozenset(measures.top_answers(self.survey, role))}

    def of(self, role: str, text: str) -> Conditions | None:
        """Return the people whom a label of a question means; None if it is none of its labels."""
        names = self._names(role)
        plain = text.strip()
        prefix = f"{role.replace('_', ' ')}: "
        if plain.lower().startswith(prefix):
            plain = plain[len(prefix) :]
        folded = {name.lower(): each for name, each in names.items()}
        if plain.lower() in folded:
            return folded[plain.lower()]
        if plain.lower() in _UNTOLD:
            return self.missing(role)
        asked_if = self.survey.codebook.question(role).asked_if_question
        if asked_if and plain.lower().startswith("not asked"):
            return self.missing(role, "not_asked")
        return self._joined(folded, plain.lower()) or self._range(role, plain)

    def _names(self, role: str) -> dict[str, Conditions]:
        """Return what each answer, and each group of answers, means."""
        question = self.survey.codebook.question(role)
        groups: dict[str, list[str]] = {}
        for label, group in question.groups.items():
            groups.setdefault(group, []).append(label)
        if self.several(role):
            alone = {label: {option(role, label): frozenset([YES])} for label in question.groups}
            return {
                name: {group_of_options(role, name): frozenset([YES])} for name in groups
            } | alone
        alone = {label: {role: frozenset([label])} for label in question.labels.values()}
        return {name: {role: frozenset(some)} for name, some in groups.items()} | alone

    def _joined(self, names: dict[str, Conditions], text: str) -> Conditions | None:
        """Return the people of labels that are written one after the other."""
        for name, people in sorted(names.items(), key=lambda each: -len(each[0])):
            if text == name:
                return people
            for link in (" and ", ", "):
                if text.startswith(name + link):
                    rest = self._joined(names, text[len(name + link) :])
                    if rest is not None and set(rest) == set(people):
                        return {each: people[each] | rest[each] for each in people}
        return None

    def _range(self, role: str, text: str) -> Conditions | None:
        """Return the people of bands of numbers, or of answers in order, written as one."""
        labels = list(self.survey.codebook.question(role).labels.values())
        wanted, is_open = _DIGITS.findall(text), re.search(r"\+|over|older|above|more", text)
        for at, first in enumerate(labels):
            for end in range(at + 1, len(labels)):
                run, last = labels[at : end + 1], labels[end]
                bands = [_DIGITS.findall(each) for each in run]
                spelt = text == f"{first} to {last}"
                opened = len(bands[-1]) == 1
                whole = [*bands[0][:1], *([] if opened else bands[-1][-1:])]
                if spelt or (wanted and wanted == whole and bool(is_open) == opened):
                    return {role: frozenset(run)}
        return None
