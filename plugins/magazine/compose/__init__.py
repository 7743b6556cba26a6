"""From the site graph to pages: one module a family of page kinds."""
