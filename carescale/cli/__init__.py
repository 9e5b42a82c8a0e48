"""What a person types: parse, call one library function, hand over to report. The only room with Typer."""
