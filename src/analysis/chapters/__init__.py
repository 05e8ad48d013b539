"""A room for each notebook, named by its question; rooms do not know each other."""
