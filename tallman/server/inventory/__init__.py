"""Stock: packages, lots and movements. There is no balance to keep right: it is summed."""
