"""The whole directory put away, and brought back: `manage.py backup`, `check_backup`, `restore`.

docs/restoring.md says how to do it, docs/decisions/0025-backups.md why it is so.
"""
