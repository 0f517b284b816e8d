"""The directory: organisations, the resources they offer, and how they are found."""
