"""Lessons learned, interviews, codebook and coding, policy Delphi, exports."""
