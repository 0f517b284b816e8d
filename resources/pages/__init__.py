"""What a page says: values that the templates show, made from entries and search results."""
