"""Changes of the database in their order; the record starts with the first of them."""
