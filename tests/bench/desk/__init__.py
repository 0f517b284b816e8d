"""How fast the curators' desk is over a large directory that people have worked in."""
