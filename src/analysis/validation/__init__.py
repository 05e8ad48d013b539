"""Simulation studies: how intervals, tests, models and rules hold where the truth is known."""
