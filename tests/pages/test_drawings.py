"""Every drawing an editor can choose is there."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from pages.blocks.plain import DRAWINGS, PORTRAITS


@pytest.mark.parametrize("name", [name for name, _label in [*DRAWINGS, *PORTRAITS]])
def test_a_drawing_that_can_be_chosen_is_drawn_with_its_words(name):
    drawn = render_to_string(f"pictures/{name}.html", {"title": "Wat er te zien is", "classes": ""})
    assert 'aria-label="Wat er te zien is"' in drawn
