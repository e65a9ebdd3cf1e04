"""People and their right to be here: sign-in, sessions, roles, parent links, consent."""
