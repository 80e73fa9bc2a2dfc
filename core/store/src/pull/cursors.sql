SELECT shard.id, feed.feed, feed.cursor FROM feed JOIN shard ON shard.no = feed.shard ORDER BY feed.no
