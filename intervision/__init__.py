"""The exchange wing."""
