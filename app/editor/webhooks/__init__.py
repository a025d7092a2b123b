"""Webhooks: other systems are told of each publication."""
