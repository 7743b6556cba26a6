-- What one flight was given and what came of it. Standard SQL but for how a parameter is written.
--   $flight, $first, $last: which one, from which day to which, both included
--   events: one row an event; marks is '' for one that is believed, else why it is not
--   page_theme: under which theme a page counts, one row a page
SELECT
    e.day,
    coalesce(p.theme, '') AS theme,
    e.placement,
    e.creative,
    e.kind,
    e.marks,
    count(*) AS events
FROM events AS e
LEFT JOIN page_theme AS p ON p.page = e.page
WHERE
    e.flight = $flight
    AND e.day BETWEEN $first AND $last
    AND e.kind IN ('view', 'click')
GROUP BY e.day, coalesce(p.theme, ''), e.placement, e.creative, e.kind, e.marks
ORDER BY e.day, theme, e.placement, e.creative, e.kind, e.marks
