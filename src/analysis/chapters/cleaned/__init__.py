"""The room of notebook 01: who is in the data, and who was left out."""
