SELECT seq, kind, id FROM refused WHERE NOT feed_lost
