"""Counts answers by route template and status: nothing in a metric can be traced to a person."""

from prometheus_client import CollectorRegistry, Counter, generate_latest

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counters of one service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "voi_http_requests", "Requests answered.", ("route", "status"), registry=self._registry
        )

    def count(self, route: str, status: int) -> None:
        """One more answer of a route."""
        self._answers.labels(route, status).inc()

    def text(self) -> bytes:
        """All counters in the text format of Prometheus."""
        return generate_latest(self._registry)
