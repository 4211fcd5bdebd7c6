"""In-app notices, calm e-mail, digests, calendar invitations."""
