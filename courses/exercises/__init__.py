"""Quiz, dialogue, coding and reflection: definitions and scoring, pure where possible."""
