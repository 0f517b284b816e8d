"""The open API: the read-only endpoints of HSDS 3.2, and what describes them."""
