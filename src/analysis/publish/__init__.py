"""From a survey to its results: runs, pages, files put in place, the README's headlines."""
