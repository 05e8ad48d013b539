"""The room of notebook 04: does satisfaction differ by channel and by district."""
