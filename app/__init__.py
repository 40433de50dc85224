"""The service around the screening: an API, pages and, later, the record."""
