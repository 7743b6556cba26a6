"""The editor's command line: what is drawn or prepared before a build."""
