"""Methods as data, live and asynchronous sessions, attendance, reports."""
