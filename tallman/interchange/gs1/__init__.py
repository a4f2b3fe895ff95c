"""GS1 element strings, as bar codes of packages hold them."""
