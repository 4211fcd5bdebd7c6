"""Template filters for figures."""
