"""Template tags of the podcast."""
