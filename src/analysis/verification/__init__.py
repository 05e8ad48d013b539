"""Headlines recomputed by an R script that is written apart, and compared row by row."""
