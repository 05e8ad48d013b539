"""From an export to the draft of its codebook, with nothing in it that a person wrote."""

from analysis.drafting.drafts import draft

__all__ = [
    "draft",
]
