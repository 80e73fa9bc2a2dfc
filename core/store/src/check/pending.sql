SELECT kind, id FROM record WHERE base IS NOT NULL
