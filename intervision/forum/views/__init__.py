"""The forum's pages: reading, writing, drafts, and the facilitator's buttons."""
