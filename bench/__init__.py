"""`make bench`: what a page costs, as a ratio to a bare Django view on the same server in the same run.

Milliseconds are reported, never asserted: they belong to the machine. See `docs/testing.md`.
"""
