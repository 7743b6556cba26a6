"""Ads as the service knows them: what is counted, what is planned, what is reported."""
