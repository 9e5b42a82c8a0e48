"""Results into words, tables and files. The only room that writes; the terminal writer alone knows Rich."""
