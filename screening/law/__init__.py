"""Law as dated data: protections and offense catalogues of each jurisdiction, read from packs."""
