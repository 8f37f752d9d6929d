"""What the Union agrees on and hands out: meetings, the programme of the year, tasks. Reports print them."""
