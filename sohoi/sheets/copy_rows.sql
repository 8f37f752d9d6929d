-- Keep the rows of a file that has just come: a COPY, the fastest way in.
copy sheets_row (batch_id, sheet, number, cells_sealed, state, section) from stdin
