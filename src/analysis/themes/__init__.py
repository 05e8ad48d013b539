"""Themes of the open answers: found by rules, checked by hand, never quoted."""
