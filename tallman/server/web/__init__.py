"""What every page shares: layout, keys, clock, access."""
