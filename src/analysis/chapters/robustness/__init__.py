"""The room of notebook 09: whether other reasonable choices would change the answers."""
