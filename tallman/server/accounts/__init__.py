"""People, their roles, and the machines that may call."""
