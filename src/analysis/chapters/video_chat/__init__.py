"""The room of notebook 06, first part: who would use a private video chat in a public building."""
