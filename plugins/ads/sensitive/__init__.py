"""Which texts no advertiser wants to stand beside: accidents, deaths, wars, illnesses …"""
