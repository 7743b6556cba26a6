-- One day of a magazine that is read: most readers come to few pages, in the afternoon rather than at dawn; ads are
-- seen on two page views in three, and seldom clicked; one event in twenty is a robot's.
--   $day, $events: which day, how many events; $number: its number in the log; $pages: of how many pages
--   $slots, $lasts: how many flights run at a time, for how many days; a slot's flights follow each other
WITH numbered AS (
    SELECT n + 1000000000 * CAST($number AS BIGINT) AS event FROM range($events) AS numbers(n)
),
random AS (
    SELECT
        hash(1 + 8 * event) / 18446744073709551616.0 AS kind,
        hash(2 + 8 * event) / 18446744073709551616.0 AS page,
        hash(3 + 8 * event) / 18446744073709551616.0 AS hour,
        hash(0 + 8 * event) / 18446744073709551616.0 AS another_hour,
        hash(4 + 8 * event) / 18446744073709551616.0 AS source,
        hash(5 + 8 * event) / 18446744073709551616.0 AS flight,
        hash(6 + 8 * event) / 18446744073709551616.0 AS mark,
        hash(7 + 8 * event) / 18446744073709551616.0 AS tier
    FROM numbered
),
placed AS (
    SELECT
        *,
        CAST(floor($slots * flight * flight) AS INTEGER) AS slot,  -- few flights are large
        CASE WHEN kind < 0.6 THEN 'page' WHEN kind < 0.995 THEN 'view' ELSE 'click' END AS what
    FROM random
)
SELECT
    strftime($day, '%Y-%m-%d') || 'T'
        || lpad(CAST(CAST(floor(6 + 9 * (hour + another_hour)) AS INTEGER) AS VARCHAR), 2, '0') AS hour,
    what AS kind,
    '/articles/' || CAST(floor(exp(page * ln($pages + 1))) AS INTEGER) || '/' AS page,  -- Zipf's law
    CASE WHEN tier < 0.8 THEN 'public' ELSE 'members' END AS tier,
    CASE
        WHEN source < 0.35 THEN 'search' WHEN source < 0.6 THEN 'internal'
        WHEN source < 0.85 THEN 'direct' WHEN source < 0.95 THEN 'social' ELSE 'other'
    END AS source,
    CASE WHEN what = 'page' THEN '' WHEN slot % 3 = 2 THEN 'list' ELSE 'article' END AS placement,
    CASE
        WHEN what = 'page' THEN ''
        ELSE 'campagne-' || slot || '-' || CAST(($number + slot * $lasts // $slots) // $lasts AS INTEGER)
    END AS flight,
    CASE WHEN what = 'page' THEN '' WHEN tier < 0.5 THEN '970x250' ELSE '300x250' END AS creative,
    CASE
        WHEN mark < 0.95 THEN []
        WHEN mark < 0.985 THEN ['bot']
        WHEN mark < 0.99 THEN ['bot', 'rate']
        WHEN mark < 0.995 THEN ['rate']
        WHEN what = 'click' THEN ['orphan']
        ELSE ['replay']
    END AS marks
FROM placed
ORDER BY flight, hour, page
