"""Settings by surroundings: base, development, production, test."""
