"""The benchmarks: how fast the engine and the service are, each beside something a reader can judge by."""
