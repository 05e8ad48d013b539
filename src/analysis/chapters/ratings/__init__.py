"""The room of notebook 05: how do people rate the visibility and accessibility of the police."""
