"""What is printed: labels, the chart of the day, the papers of a discharge. Core values in, PDF out; no server."""
