"""Texts beside which no advertiser would want to stand: accident, death, war, illness …"""
