-- Which of some rules decides, and its count and states moved on.
-- ARGV[4…], of each candidate: count ('': none), times ('': any), drawn (1, 0), number of given, number of sets;
-- then of each given and set: key, whether it has a value (1, 0), value.
-- → { place of the chosen one from 1 (0: none), its count, { place, why, given, has a value, value, … } }
local first = result_of_first()
if first then return first end

local at = 4
local function word()
  at = at + 1
  return ARGV[at - 1]
end
local function state()
  local key, has, value = word(), word() == '1', word()
  return { key = key, value = has and value or false }
end

local place, chosen, count, skipped = 0, 0, 0, {}
local function skip(why, given, seen_value)
  for _, item in ipairs({ place, why, given, seen_value and 1 or 0, seen_value or '' }) do
    skipped[#skipped + 1] = item
  end
end

while at <= #ARGV and chosen == 0 do
  place = place + 1
  local key, times, is_drawn = word(), tonumber(word()), word() == '1'
  local given, sets = {}, {}
  local givens, settings = tonumber(word()), tonumber(word())
  for i = 1, givens do given[i] = state() end
  for i = 1, settings do sets[i] = state() end

  local differs = false
  for i, wanted in ipairs(given) do
    local value = redis.call('HGET', counts_of(wanted.key), wanted.key)
    if value ~= wanted.value then
      skip('state', i, value)
      differs = true
      break
    end
  end
  if differs then -- told already
  elseif times and count_at(key) >= times then skip('times', 0)
  elseif not is_drawn then skip('probability', 0)
  else
    chosen = place
    if key ~= '' or #sets > 0 then use() end
    if key ~= '' then count = add_to_count(key) end
    for _, set in ipairs(sets) do
      local hash = counts_of(set.key)
      if set.value then
        make_room(hash)
        redis.call('HSET', hash, set.key, set.value)
        keep(hash)
      else
        redis.call('HDEL', hash, set.key)
      end
    end
    if key ~= '' or #sets > 0 then return done({ chosen, count, skipped }) end
  end
end
return { chosen, count, skipped }
