"""What stands in the place of a number that is not shown."""

#: What stands for a number that would rest on too few people.
HIDDEN = "[c]"
