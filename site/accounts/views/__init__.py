"""Views of accounts, a module per thing that people do."""
