"""Signing in at the desk: a password and a second factor, by django-allauth."""
