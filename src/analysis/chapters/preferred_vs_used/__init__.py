"""The room of notebook 03: do people use the channel they say they prefer."""
