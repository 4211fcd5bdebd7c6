"""Enrolment, attempts, progress, training days, coaching moments, certificates."""
