"""Notebook 04: what its cells call first; tables, sentences, titles and notes by their modules."""

from analysis.chapters.satisfaction.boundaries import group_brant
from analysis.chapters.satisfaction.channel_sentences import channel_texts
from analysis.chapters.satisfaction.headlines import headline_rows
from analysis.chapters.satisfaction.needs import left_out
from analysis.chapters.satisfaction.overall import everybody, weighted_headlines
from analysis.chapters.satisfaction.short import short_texts

__all__ = [
    "channel_texts",
    "everybody",
    "group_brant",
    "headline_rows",
    "left_out",
    "short_texts",
    "weighted_headlines",
]
