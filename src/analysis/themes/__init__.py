"""Themes of the open answers: found by rules, counted, never quoted."""
