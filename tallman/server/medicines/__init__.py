"""What the pharmacy knows of its medicines: their pages, the search, and the names that are taken for each other."""
