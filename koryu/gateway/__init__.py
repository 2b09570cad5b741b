"""What every request passes before a page is made: proxies, its body, the health check, a lost database, the log."""
