"""Messages from and to other systems: kept as they came, answered, and read once only."""
