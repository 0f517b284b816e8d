"""Marked words sent to a real server in every way, and looked for wherever they might be."""
