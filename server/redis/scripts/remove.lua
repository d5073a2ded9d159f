-- Removes all that there is of a space but its last version and what runs have returned, and tells all replicas.
-- ARGV: lane, number, name of the space, replica, number that it wants acknowledged.
-- → { version }
local first = result_of_first()
if first then return first end

local version = next_version()
redis.call('DEL', meta, values, counts, consumer_counts, requests, journal, sessions)
redis.call('HSET', meta, 'version', version)
keep(meta)
tell_replicas(ARGV[4], ARGV[5], ARGV[3], version, {})
return done({ version })
