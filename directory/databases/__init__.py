"""One database that is written to, and any number of PostgreSQL's streaming replicas to read from.

configuration  Django's DATABASES from DATABASE_URL and REPLICA_URLS
reading        which of them the request of this thread is read from
router         tells Django so
watch          which of them answer, and how far each has come
asking         reads from the first that answers
middleware     which one a request is read from, and what is said while nothing can be saved
promotion      makes a replica the one that is written to, when a person decides so
kept_open      keeps SQLite readable on a full disk
moments        reads the moments of PostgreSQL quickly

With DATABASE_URL alone all that is about replicas stands aside. `docs/replicas.md` tells how to
set them up.
"""
