"""The same answers under other reasonable choices: every headline over a grid of specifications.

- `choices`: what could have been decided otherwise, each named once
- `claims`: the headlines, the choices that bear on each, and what would count as the same answer
- `stored.read`: the grid of a survey, read if it was stored for these replies, else made
- `curves`: what a grid says of a claim: robust, sensitive to some choices, or not supported
"""
