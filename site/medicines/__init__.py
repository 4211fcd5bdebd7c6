"""Substances, equivalence tables, taper planning, treatment goals."""
