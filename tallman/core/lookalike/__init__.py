"""Names that can be mistaken for each other: how they are displayed, and how alike they are."""
