UPDATE progress SET synced = 1 WHERE NOT synced
