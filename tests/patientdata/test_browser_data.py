"""The browser's half is made from the Python half."""

import importlib.util
from pathlib import Path

from django.conf import settings


def test_the_data_file_is_what_the_script_makes():
    path = Path(settings.BASE_DIR) / "tools" / "gate_patterns.py"
    spec = importlib.util.spec_from_file_location("gate_patterns", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = script.render()
    kept = script.TARGET.read_text(encoding="utf-8")
    assert made == kept, "Run tools/gate_patterns.py and commit site/static/js/patientdata-data.js."
