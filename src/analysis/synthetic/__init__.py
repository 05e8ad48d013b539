"""Replies with known truth, in the shape of an export; `simulation` is the door."""
