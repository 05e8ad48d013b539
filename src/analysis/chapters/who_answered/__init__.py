"""The room of notebook 02: who answered, and how unlike the population are they."""
