"""Settings, the table of URLs and the WSGI entry."""
