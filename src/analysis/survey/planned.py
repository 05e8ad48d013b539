"""What the codebook names as primary before any look (docs/analysis-plan.md)."""

from dataclasses import dataclass

#: The comparisons that can be primary, in the order of the notebooks.
COMPARISONS = ("shift", "channels", "districts", "got")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The primary comparisons; the others of `COMPARISONS` are secondary."""

    comparisons: tuple[str, ...] = COMPARISONS


def plan_contradictions(plan: Plan) -> list[str]:
    """Say what is wrong with a plan.

    Parameters
    ----------
    plan : Plan
        As the codebook has it.

    Returns
    -------
    list of str
        A sentence a fault.

    Examples
    --------
    >>> plan_contradictions(Plan(comparisons=("shift", "age")))
    ["[primary]: comparisons has 'age'; it can have shift, channels, districts, got"]
    >>> plan_contradictions(Plan())
    []
    """
    named = plan.comparisons
    unknown = [each for each in named if each not in COMPARISONS]
    twice = sorted({each for each in named if named.count(each) > 1})
    known = ", ".join(COMPARISONS)
    return [
        *(f"[primary]: comparisons has {each!r}; it can have {known}" for each in unknown),
        *(f"[primary]: comparisons has {each!r} twice; name it once" for each in twice),
    ]
