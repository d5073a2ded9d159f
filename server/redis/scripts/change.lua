-- Changes values, if nobody else has meanwhile, and tells all replicas.
-- ARGV: lane, number, until when, name of the space, replica, number that it wants acknowledged, forget counts (1, 0),
-- forget requests, forget sessions, number of values; of each: key, version that it was made from, whether it
-- has a text, text; then beginnings of the keys whose values are removed, before the others are set.
-- → { version (0: a conflict) }
local first = result_of_first()
if first then return first end

local most_told = 64
local values_at = 11
local after_values = values_at + 4 * tonumber(ARGV[10])

-- What is left of a space whose time has run out has no values.
local is_there = redis.call('HEXISTS', meta, 'generation') == 1
for at = values_at, after_values - 1, 4 do
  local value = is_there and redis.call('HGET', values, ARGV[at])
  local version = value and string.match(value, '^%d+') or '0'
  if version ~= ARGV[at + 1] then return { '0' } end
end

use()
local version = next_version()
local told, was_told = {}, {}
local function tell(key)
  if not was_told[key] then told[#told + 1] = key end
  was_told[key] = true
end

if after_values <= #ARGV then
  for _, key in ipairs(redis.call('HKEYS', values)) do
    for at = after_values, #ARGV do
      if string.sub(key, 1, #ARGV[at]) == ARGV[at] then
        redis.call('HDEL', values, key)
        tell(key)
        break
      end
    end
  end
end
for at = values_at, after_values - 1, 4 do
  if ARGV[at + 2] == '1' then
    redis.call('HSET', values, ARGV[at], version .. ' ' .. ARGV[at + 3])
  else
    redis.call('HDEL', values, ARGV[at])
  end
  tell(ARGV[at])
end
keep(values)
if ARGV[7] == '1' then redis.call('DEL', counts, consumer_counts) end
if ARGV[8] == '1' then
  redis.call('DEL', journal)
  redis.call('HSET', meta, 'cleared_to', redis.call('HGET', meta, 'sequence') or 0)
  redis.call('HINCRBY', meta, 'clears', 1)
  redis.call('HDEL', meta, 'lost')
end
if ARGV[9] == '1' then redis.call('DEL', sessions, requests) end

if #told > most_told then told = {} end
tell_replicas(ARGV[5], ARGV[6], ARGV[4], version, told)
return done({ version })
