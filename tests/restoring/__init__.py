"""A backup, a lost database, a restore: `make rehearse-restore`, which begins with nothing."""
