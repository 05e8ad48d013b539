"""Themes of the open answers: found by rules, counted, never quoted.

Modules are imported where they are used: the codebook's reader needs `patterns` alone.
"""
