"""Wagtail pages and blocks of the public site."""
