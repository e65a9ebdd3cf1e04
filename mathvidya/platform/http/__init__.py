"""How the domain meets HTTP: one place for problems, tokens, versions, keys, pages and the OpenAPI text."""
