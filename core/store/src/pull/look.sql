SELECT kind, id, base IS NOT NULL FROM record WHERE no = ?1
