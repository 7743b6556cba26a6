-- Days that were compacted (Parquet): the same columns. DuckDB's own; the variable `compacted` holds
-- the files.
SELECT hour, kind, page, tier, source, placement, flight, creative, marks
FROM read_parquet(getvariable('compacted'))
