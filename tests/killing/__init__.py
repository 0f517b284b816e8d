"""Imports that are killed at any moment: what is left is whole, and the next run completes it."""
