UPDATE record SET version = -version WHERE version > 0
