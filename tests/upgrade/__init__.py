"""Upgrades: the code before and after over one database, and what migrations lock meanwhile."""
