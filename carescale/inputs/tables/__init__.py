"""Tables of many areas: found, read, joined, filtered, and what is missing in them."""
