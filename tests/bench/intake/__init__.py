"""How fast what others publish is taken in, and in how much memory."""
