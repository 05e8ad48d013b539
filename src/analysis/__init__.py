"""Analysis of a survey of how people contact the police, and how they would rather."""
