"""The room of notebook 03: do people use the channel they say they prefer."""

from analysis.chapters.preferred_vs_used.claims import claim_note, claim_paragraphs, claims_of
from analysis.chapters.preferred_vs_used.headlines import headline_rows
from analysis.chapters.preferred_vs_used.needs import left_out

__all__ = ["claim_note", "claim_paragraphs", "claims_of", "headline_rows", "left_out"]
