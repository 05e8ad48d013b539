"""The room of notebook 08: what would attune the service to each district."""
