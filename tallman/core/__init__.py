"""The pure core: values and rules. No files, network, clock, chance or framework."""
