"""The service half: serves what the build wrote, and opens gated pages to those who may read.

It renders no article. For each address it picks one of two files, the preview or the full
page, by one decision (`paywall.gate`). It imports neither `plugins`, `theme` nor `desk`:
what passes between the halves is the output tree and its `manifest.json`.
"""
