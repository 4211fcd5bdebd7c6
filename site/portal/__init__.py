"""The member's home: joins training, intervision and practice into one 'what now'."""
