"""What is said of the event log: an advertiser's report, and the page views that editors ask for.

Counts are SQL (`sql/`), which a warehouse runs as it is; see docs/ads-reports.md. Between them and
anything that is shown stands `disclosure`: pages, charts and CSV are made of what it lets through,
and of nothing else.
"""
