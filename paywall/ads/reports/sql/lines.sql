-- The lines of some days (JSON). A line that a stopped machine left half written reads as nulls: it is
-- no event. DuckDB's own; the variable `lines` holds the files.
SELECT
    hour,
    kind,
    page,
    tier,
    source,
    coalesce(placement, '') AS placement,
    coalesce(flight, '') AS flight,
    coalesce(creative, '') AS creative,
    coalesce(list_sort(marks), []) AS marks
FROM read_json(
    getvariable('lines'),
    format = 'newline_delimited',
    ignore_errors = true,
    columns = {
        hour: 'VARCHAR', kind: 'VARCHAR', page: 'VARCHAR', tier: 'VARCHAR', source: 'VARCHAR',
        placement: 'VARCHAR', flight: 'VARCHAR', creative: 'VARCHAR', marks: 'VARCHAR[]'
    }
)
WHERE try_strptime(hour, '%Y-%m-%dT%H') IS NOT NULL AND kind IS NOT NULL AND page IS NOT NULL
