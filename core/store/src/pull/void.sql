UPDATE record SET version = 0 WHERE version <> 0
