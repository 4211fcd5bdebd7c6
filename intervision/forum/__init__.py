"""Groups, topics, posts, drafts, read state, moderation."""
