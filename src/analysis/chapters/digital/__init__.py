"""The room of notebook 06, second part: who uses, and who prefers, digital channels."""
