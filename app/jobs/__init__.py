"""What is done by the clock and not by a request: reminders, webhooks, anchors, retention, tidying."""
