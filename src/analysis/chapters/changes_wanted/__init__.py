"""The room of notebook 07: what would people change, and why."""
