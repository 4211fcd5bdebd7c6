"""The sound and picture wing."""
