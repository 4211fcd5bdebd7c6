"""Rounds, practices, letters, responses, conversations, hours."""
