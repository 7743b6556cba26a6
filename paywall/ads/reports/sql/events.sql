-- The table that every other query asks: one row an event. `logged` is the days' lines, compacted or
-- not. On a warehouse, whatever gives these columns takes this file's place.
CREATE VIEW events AS
SELECT
    CAST(substr(hour, 1, 10) AS DATE) AS day,
    kind,
    page,
    tier,
    source,
    placement,
    flight,
    creative,
    array_to_string(marks, ' ') AS marks
FROM logged
