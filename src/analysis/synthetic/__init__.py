"""Parts of the generator of synthetic surveys; `analysis.simulate` is its door."""
