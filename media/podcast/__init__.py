"""Shows, episodes, transcripts, chapters, feeds, player, listening statistics."""
