-- The last id that the ledger gave to an entry; 0 when it gave none. All partitions draw from this one sequence.
select coalesce(pg_sequence_last_value(pg_get_serial_sequence('ledger_entry', 'id')::regclass), 0)
