"""What leaves the house when something goes wrong says nothing about anybody."""

from __future__ import annotations

from config.monitoring import without_people


def test_an_error_report_holds_no_person_and_no_text():
    event = {
        "user": {"email": "noor@demo.test"},
        "request": {
            "method": "POST",
            "url": "http://localhost/zoeken/?q=geheim",
            "data": {"text": "geheim"},
            "cookies": {"trede_session": "geheim"},
            "headers": {"Referer": "geheim"},
            "query_string": "q=geheim",
        },
        "exception": {"values": [{"type": "ValueError", "value": "geheim"}]},
    }
    told = without_people(event, {})
    assert told["request"] == {"method": "POST", "url": "http://localhost/zoeken/"}
    assert "geheim" not in str(told)
    assert "noor" not in str(told)
