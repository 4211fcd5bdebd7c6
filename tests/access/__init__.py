"""Who may open what: a table per room, held against real answers by `test_access.py`."""
