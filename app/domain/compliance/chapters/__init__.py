"""The chapters of a report's document. Each is a function from the report to what is written below its heading."""
