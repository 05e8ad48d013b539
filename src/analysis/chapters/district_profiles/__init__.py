"""The room of notebook 08: what is different in each district."""

from analysis.chapters.district_profiles.compared import changes_wanted
from analysis.chapters.district_profiles.headlines import headline_rows
from analysis.chapters.district_profiles.needs import left_out
from analysis.chapters.district_profiles.short import short_texts

__all__ = ["changes_wanted", "headline_rows", "left_out", "short_texts"]
