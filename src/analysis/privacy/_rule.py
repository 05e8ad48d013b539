"""The disclosure threshold: read from the codebook here, and nowhere else."""

import math
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.survey.codebook import CONTROLLED, Codebook


@dataclass(frozen=True)
class Rule:
    """How few people are too few, and what follows from it.

    `fewest` is the smallest number of people that a shown number may rest on. Other rooms do not
    read it: they ask `few`, `enough`, `splits`, or how many `people` something takes. `key` is by
    what tables of two answers are rounded at random (controlled rounding); empty where small
    counts are told as ranges instead. It is secret: who has it could try counts out.
    """

    fewest: int
    key: str = field(default="", repr=False)

    def few(self, people: float | np.ndarray | pd.Series | pd.DataFrame) -> object:
        """Tell which counts of people are too small; a bool, or booleans of the same shape.

        Examples
        --------
        >>> Rule(10).few(9), Rule(10).few(pd.Series([9, 10])).tolist()
        (True, [True, False])
        """
        return people < self.fewest

    def enough(self, *people: float) -> bool:
        """Tell whether none of some counts of people is too small.

        Examples
        --------
        >>> Rule(10).enough(10, 30), Rule(10).enough(10, 9)
        (True, False)
        """
        return all(count >= self.fewest for count in people)

    def splits(self, yes: pd.Series) -> bool:
        """Tell whether enough people are a yes, and enough are not.

        Examples
        --------
        >>> Rule(2).splits(pd.Series([True, True, False])), Rule(1).splits(pd.Series([True, False]))
        (False, True)
        """
        return self.enough(int(yes.sum()), int((~yes).sum()))

    def people(self, times: int = 1) -> int:
        """Say how many people reach the threshold so many times.

        Examples
        --------
        >>> Rule(10).people(4)
        40
        """
        return times * self.fewest

    def people_needed(self, share: float) -> int:
        """Say how many people a group needs for both kinds of answer to reach the threshold.

        Parameters
        ----------
        share : float
            The share of everybody who says yes: it rests on everybody's answers and not on those
            of a group.

        Returns
        -------
        int
            People of whom, at that share, enough are expected to say yes, and to say no.

        Examples
        --------
        >>> Rule(10).people_needed(0.25), Rule(10).people_needed(0.5)
        (40, 20)
        """
        rarer = min(share, 1 - share)
        return math.ceil(self.fewest / max(rarer, 0.01))

    @property
    def rounding(self) -> str:
        """Say how counts are rounded, as a note has it.

        Examples
        --------
        >>> Rule(10).rounding
        'rounded to 10'
        """
        return f"rounded to {self.fewest}"

    @property
    def by_ranges(self) -> "Rule":
        """The same threshold without a key, for counts that are told to the nearest multiple.

        Examples
        --------
        >>> Rule(10, key="of the replies").by_ranges == Rule(10)
        True
        """
        return Rule(self.fewest)

    @property
    def crossed_rounding(self) -> str:
        """Say how counts of people by two answers are rounded, as a note has it.

        Examples
        --------
        >>> Rule(10).crossed_rounding
        'rounded to 10'
        >>> Rule(10, key="of the replies").crossed_rounding
        'rounded at random to the multiple of 10 above or below'
        """
        if self.key:
            return f"rounded at random to the multiple of {self.fewest} above or below"
        return self.rounding

    @property
    def crossed_note(self) -> str:
        """Say below a table what its numbers stand for; "" where small ones are ranges.

        Examples
        --------
        >>> Rule(10).crossed_note
        ''
        >>> Rule(10, key="of the replies").crossed_note
        'Rounded at random to the multiple of 10 above or below: 10 stands for 1 to 19 people.'
        """
        if not self.key:
            return ""
        said = self.crossed_rounding.capitalize()
        return f"{said}: {self.fewest} stands for 1 to {2 * self.fewest - 1} people."


def rule_of(codebook: Codebook) -> Rule:
    """Return the rule that a codebook sets.

    Parameters
    ----------
    codebook : Codebook
        Its `disclosure_threshold`, `disclosure_method` and `rounding_key`.

    Returns
    -------
    Rule
        To ask; with a key if the method is controlled rounding.

    Raises
    ------
    ValueError
        If counts are to be rounded at random and the codebook has no key, which `survey.load`
        gives it.

    Examples
    --------
    >>> from analysis import survey
    >>> rule_of(survey.load("herts_2023").codebook).few(9)
    True
    """
    if codebook.disclosure_method != CONTROLLED:
        return Rule(codebook.disclosure_threshold)
    if not codebook.rounding_key:
        raise ValueError(f"{codebook.id} is to be rounded at random: load it by survey.load")
    return Rule(codebook.disclosure_threshold, key=codebook.rounding_key)


def with_rule(codebook: Codebook, rule: Rule) -> Codebook:
    """Give a codebook a rule.

    Parameters
    ----------
    codebook : Codebook
        The codebook.
    rule : Rule
        How few people are too few.

    Returns
    -------
    Codebook
        The same with this threshold.

    Examples
    --------
    >>> from analysis import survey
    >>> rule_of(with_rule(survey.load("herts_2023").codebook, Rule(15)))
    Rule(fewest=15)
    """
    return replace(codebook, disclosure_threshold=rule.fewest)


def drawn_again(codebook: Codebook, number: int) -> Codebook:
    """Give a codebook the key of another draw of its random rounding.

    Parameters
    ----------
    codebook : Codebook
        The codebook.
    number : int
        Which draw; 0 is the first.

    Returns
    -------
    Codebook
        The same with the key of that draw; the same by the method of ranges, which draws nothing.

    Examples
    --------
    >>> from analysis import survey
    >>> codebook = survey.load("herts_2023").codebook
    >>> drawn_again(codebook, 1) == codebook
    True
    """
    if not (number and codebook.rounding_key):
        return codebook
    return replace(codebook, rounding_key=f"{codebook.rounding_key} {number}")


def with_stricter_rule(codebook: Codebook, other: Codebook) -> Codebook:
    """Give a codebook the stricter rule of two, for numbers that rest on the people of both.

    Parameters
    ----------
    codebook, other : Codebook
        Each with its `disclosure_threshold`.

    Returns
    -------
    Codebook
        The first one, with the larger threshold.

    Examples
    --------
    >>> from analysis import survey
    >>> herts, ape = (survey.load(name).codebook for name in ("herts_2023", "ape11"))
    >>> rule_of(with_stricter_rule(herts, ape)) == rule_of(with_stricter_rule(ape, herts))
    True
    """
    largest = max(codebook.disclosure_threshold, other.disclosure_threshold)
    return replace(codebook, disclosure_threshold=largest)
