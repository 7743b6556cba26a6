-- Page views by day, by page, by where readers came from, by tier: each row has one of the four, the
-- others are null. Standard SQL but for how a parameter is written.
--   $first, $last: from which day to which, both included
SELECT
    day,
    page,
    source,
    tier,
    sum(CASE WHEN marks = '' THEN 1 ELSE 0 END) AS views,
    sum(CASE WHEN marks = '' THEN 0 ELSE 1 END) AS suspect
FROM events
WHERE kind = 'page' AND day BETWEEN $first AND $last
GROUP BY GROUPING SETS ((day), (page), (source), (tier))
