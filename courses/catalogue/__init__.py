"""Wagtail pages and blocks: course, module, lesson, exercise definitions; editions."""
