"""The API: thin routes that carry papers in and out, with JSON in both directions."""
