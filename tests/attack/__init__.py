"""Requests that no browser would send, and what must hold for every answer to them."""
