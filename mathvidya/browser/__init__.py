"""The browser application as it is served: one page per role, its files, its content security policy."""
