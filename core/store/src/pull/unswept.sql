SELECT no FROM record WHERE version = 0 AND base IS NOT ''
