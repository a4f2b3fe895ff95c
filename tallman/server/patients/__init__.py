"""People who come for medicines, and the facts about them that the checks need."""
