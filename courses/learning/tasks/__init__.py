"""Work of this room that can wait; one file per subject."""
