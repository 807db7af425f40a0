"""Codes of how something ended, beside those of the API's errors."""

OK = "OK"
INTERNAL = "INTERNAL"
CANCELLED = "CANCELLED"
