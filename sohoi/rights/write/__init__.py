"""What may change about who works here: accounts and offices, one file per noun, and the line that each act leaves."""
