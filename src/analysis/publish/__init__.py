"""From a survey to its results: notebooks run, pages rendered, files put in place."""
