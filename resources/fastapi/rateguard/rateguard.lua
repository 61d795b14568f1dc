#!lua name=rateguard

-- SPDX-License-Identifier: MIT
-- SPDX-FileCopyrightText: The RateGuard authors
--
-- The decisions, edits and events of RateGuard, inside Redis 7.0 and later, Valkey too.
-- README.md beside this file is the contract; a change here that others can see raises VERSION.

local VERSION = 2

local MODES = { enforce = true, shadow = true, off = true }
local MAX_COUNT = { log = 1000000, bucket = 1000000000 }
local MAX_WINDOW = 2073600000 -- 24 days in ms: a little less than half of what a 32-bit stamp can tell apart
local MAX_WINDOWS = 4
local MAX_COST = 100000
local MAX_UNTIL = 4102444800000
local MAX_VERSION = 9007199254740991 -- what Lua counts exactly
local MAX_GIVEN = 4503599627370496 -- of versions that others give: half of that, so that edits never run out of versions
local MAX_EVENT_KEY = 256 -- bytes of a key that an event carries
local SLOTS = 60 -- of a bucket: a window is counted in pieces of a sixtieth

local BATCH = 64 -- decisions in one message
local BATCH_MS = 50 -- or what came within 50 ms
local LISTEN_MS = 2000 -- a listener says that it listens for the next 2 s
local TICK_MS = 500 -- history is written and subscribers are looked for twice a second
local HISTORY_MS = 176400000 -- 49 hours
local MAX_PARTITIONS = 1024
local MAX_BLOCKED = 200 -- keys at their limit that are remembered; each costs Lua's collector time in every call
local WARY = 64 -- after a rejection that nobody expected, so many requests are looked at before they are written down

-- A key that expires in 2100: what is left of it tells the time at half the cost of TIME.
local FAR = 4102444800000

-- Redis lends these to running functions only, not while a library loads: bound on first use.
local call, pcall_, floor, ceil, min, max, abs, format, match, sub, find, rep, gsub, concat, pack, unpack_
local lengths -- as texts; not many, as Redis has Lua's collector look at all of its strings every few calls
local function bind()
  call, pcall_ = redis.call, redis.pcall
  floor, ceil, min, max, abs = math.floor, math.ceil, math.min, math.max, math.abs
  format, match, sub, find, rep, gsub = string.format, string.match, string.sub, string.find, string.rep, string.gsub
  concat, pack, unpack_ = table.concat, struct.pack, struct.unpack
  lengths = {}
  for i = 1, 127 do lengths[i] = format(' %d ', i) end
end

-- A text of strangers, for an error message: Redis ends those at the first NUL.
local function quote(text)
  return "'" .. gsub(sub(text, 1, 80), '[%c%z]', '?') .. "'"
end

-- A whole number from 0 to `most`; nil: the text is none.
local function whole(text, most)
  local number = match(text, '^%d+$') and tonumber(text)
  return number and number <= most and number or nil
end

local function invalid(text) return redis.error_reply('INVALID ' .. text) end

-- What this library remembers of one partition, by the name of its limits hash: parsed limits, telemetry, and which keys are
-- at their limit. All of it may vanish at any time, and none of it is believed before Redis has confirmed it: a limit
-- by its text, a full log or bucket by the moment at which it expires.
local partitions, partition_count = {}, 0

-- Only what decides or edits is kept: who may only look must not be able to push others out.
local make_room
local function partition(limits_key, is_guest)
  bind()
  local tag = sub(limits_key, 1, -8) -- without ":limits"
  local p = {
    tag = tag, clock = tag .. ':clock', events = tag .. ':events', overrides = tag .. ':overrides', unset = tag .. ':unset',
    name_at = #tag + 6, -- POLICY:KEY in the name of a log, after ":log:"
    rules = {}, known = 0, exceptions = {}, excepted = 0, blocked = {}, blocked_count = 0, suspect = '', patience = 0,
    parts = {}, filled = 0, count = 0, base = 0, base_after = 0, seq = 0, epoch = 0, listen_until = 0, tick_at = 0,
    latest = 0, -- the time of the last call
    stamp_ms = 0, stamp = '0',
  }
  if not is_guest then
    if partition_count >= MAX_PARTITIONS then make_room() end
    partitions[limits_key], partition_count = p, partition_count + 1
  end
  return p
end

local function time_us()
  local t = call('TIME')
  return t[1] * 1000000 + t[2]
end

local function time_ms()
  return floor(time_us() / 1000)
end

local function set_clock(p)
  local ms = time_ms()
  pcall_('SET', p.clock, 'the time is 2100-01-01 less my PTTL', 'PXAT', format('%d', FAR))
  return ms
end

local function forget_blocked(p)
  p.blocked, p.blocked_count = {}, 0
end

-- What waits is no news any more; that it is gone shows as a hole in the sequence.
local function drop_events(p)
  if p.count > 0 then p.count, p.filled, p.seq = 0, 0, p.seq + 1 end
end

-- Keeps time by the clock, which may have gone back.
local function keep_time(p, ms)
  if ms < p.latest then
    forget_blocked(p)
    drop_events(p)
    p.listen_until, p.tick_at = 0, 0
    for _, rule in pairs(p.rules) do rule.tick_at = 0 end
  end
  p.latest = ms
end

---------------------------------------------------------------------------------------------------- limits

-- 'log 100/60000 1000/3600000', the algorithm may be missing -> algorithm, windows, canonical text
local function parse_limit(text, usual)
  local algorithm, rest = match(text, '^(%a+) (.+)$')
  if not algorithm then algorithm, rest = usual or 'log', text end
  local most = MAX_COUNT[algorithm]
  if not most then return nil end
  local windows, texts, at = {}, {}, 1
  while at <= #rest do
    local count, window, after = match(rest, '^(%d+)/(%d+)()', at)
    if not count or (after <= #rest and sub(rest, after, after) ~= ' ') then return nil end
    count, window = tonumber(count), tonumber(window)
    if count < 1 or count > most or window < 1 or window > MAX_WINDOW or #windows == MAX_WINDOWS then return nil end
    for i = 1, #windows do if windows[i].window == window then return nil end end
    windows[#windows + 1] = { count = count, window = window }
    texts[#texts + 1] = format('%d/%d', count, window)
    at = after + 1
  end
  if #windows == 0 then return nil end
  return algorithm, windows, concat(texts, ' ')
end

local function longest(windows)
  local most = 0
  for i = 1, #windows do most = max(most, windows[i].window) end
  return most
end

-- 'VERSION MODE ALGORITHM WINDOWS [until:MS:MODE] [settled:MS] [keys]', unknown words after the windows are ignored
local function parse(text)
  local version, mode, algorithm, rest = match(text, '^(%d+) (%a+) (%a+) (%d.*)$')
  if not version or tonumber(version) > MAX_VERSION or not MODES[mode] then return nil end
  local words = match(rest, '^[%d/ ]*%d') -- up to the last window
  local extra = sub(rest, #words + 1)
  if extra ~= '' and sub(extra, 1, 1) ~= ' ' then return nil end
  local _, windows, limit = parse_limit(algorithm .. ' ' .. words)
  if not windows then return nil end
  local until_ms, after = match(extra, ' until:(%d+):(%a+)')
  if until_ms and not MODES[after] then return nil end
  return {
    text = text, version = tonumber(version), mode = mode, algorithm = algorithm, windows = windows, limit = limit, keep = longest(windows),
    until_ms = tonumber(until_ms), after = after, settled = tonumber(match(extra, ' settled:(%d+)') or 0),
    keys = find(extra .. ' ', ' keys ', 1, true) ~= nil,
  }
end

-- The text that parse() reads. From `settled` on, every log of this policy was made under these windows.
local function compose(version, mode, limit, until_ms, after, settled, keys)
  local text = format('%d %s %s', version, mode, limit)
  if until_ms and until_ms > 0 then text = text .. format(' until:%d:%s', until_ms, after) end
  if settled > 0 then text = text .. format(' settled:%d', settled) end
  return keys and text .. ' keys' or text
end

local function has_overrides(p, policy)
  return tonumber(call('HGET', p.overrides, ':count:' .. policy) or 0) ~= 0
end

-- A policy without a limit: 'VERSION SETTLED' of the last one -> both; 0, 0 when there never was one
local function last_unset(p, policy)
  local version, settled = match(call('HGET', p.unset, policy) or '', '^(%d+) (%d+)$')
  return tonumber(version or 0), tonumber(settled or 0)
end

-- What decisions need of a list of windows, made once for each distinct text. `tracked`: windows that only have to be
-- remembered, because the limit goes back to them one day.
local function prepare(rule, why, tracked)
  rule.keep, rule.most, rule.blocks, rule.tracked = 0, 0, {}, tracked
  if rule.keys then rule.settled = 1 / 0 end
  for i, w in ipairs(rule.windows) do
    w.back = format('%d', -w.count)
    w.tail = format(' %d %d %d %s', w.count, w.window, rule.version, why)
    w.admitted, w.rejected = '1 %d 0 %d' .. w.tail, '0 0 %d %d' .. w.tail
    rule.keep, rule.most = max(rule.keep, w.window), max(rule.most, w.count)
    rule.blocks[i] = w
  end
  for _, w in ipairs(tracked or {}) do
    rule.keep, rule.most = max(rule.keep, w.window), max(rule.most, w.count)
    local known = false
    for _, b in ipairs(rule.blocks) do known = known or b.window == w.window end
    if not known then rule.blocks[#rule.blocks + 1] = { count = 1 / 0, window = w.window } end
  end
  local at = 0
  for _, b in ipairs(rule.blocks) do
    b.slot = ceil(b.window / SLOTS)
    b.live = 1 + ceil((b.window - 1) / b.slot) -- slots that count, with the present one
    b.size = 24 + 4 * (b.live - 1)
    b.shape = b.live - 1 + 65536 * #rule.blocks
    b.signature = pack('>I4I4', b.slot, b.shape)
    b.from, b.to, b.sums_from = format('%d', at), format('%d', at + 23), format('%d', at + 12)
    at = at + b.size
  end
  return rule
end

local function write_history(p, policy, rule)
  if rule.allowed + rule.rejected + rule.would_reject + rule.unchecked == 0 then return end
  local key = p.tag .. ':history:' .. policy .. ':' .. format('%d', floor(rule.minute / 60))
  local field = format('%d', rule.minute % 60)
  local old = pcall_('HGET', key, field)
  local a, r, w, u = match(type(old) == 'string' and old or '', '^(%d+) (%d+) (%d+) (%d+)')
  pcall_('HSET', key, field, format('%d %d %d %d', (a or 0) + rule.allowed, (r or 0) + rule.rejected,
    (w or 0) + rule.would_reject, (u or 0) + rule.unchecked))
  pcall_('PEXPIRE', key, HISTORY_MS)
  rule.allowed, rule.rejected, rule.would_reject, rule.unchecked = 0, 0, 0, 0
end

make_room = function()
  local name, p = next(partitions)
  for policy, rule in pairs(p.rules) do write_history(p, policy, rule) end
  partitions[name], partition_count = nil, partition_count - 1
end

-- Parses a limit once for each distinct text.
local function remember(p, policy, text)
  local rule = parse(text)
  if not rule then return nil end
  local old = p.rules[policy]
  if not old then
    p.known = p.known + 1
    if p.known > 1000 then
      for name, known in pairs(p.rules) do write_history(p, name, known) end
      forget_blocked(p)
      p.rules, p.known, p.exceptions, p.excepted = {}, 1, {}, 0
    end
  end
  prepare(rule, 'limit')
  rule.plain = rule.mode == 'enforce' and not rule.keys and not rule.until_ms
  rule.wary = WARY
  rule.quick = rule.plain and (rule.algorithm == 'bucket' or #rule.windows == 1)
  old = old or { allowed = 0, rejected = 0, would_reject = 0, unchecked = 0, minute = 0, tick_at = 0 }
  rule.allowed, rule.rejected, rule.would_reject, rule.unchecked = old.allowed, old.rejected, old.would_reject, old.unchecked
  rule.minute, rule.tick_at = old.minute, old.tick_at
  p.rules[policy] = rule
  return rule
end

-- 'VERSION KIND UNTIL_MS [LIMIT]': a key's own limit, ban or exemption
local function parse_override(text)
  local version, kind, until_ms, limit = match(text, '^(%d+) (%a+) (%d+) ?(.*)$')
  if not version or not (kind == 'ban' or kind == 'exempt' or kind == 'limit') then return nil end
  return { text = text, version = tonumber(version), kind = kind, until_ms = tonumber(until_ms), limit = limit }
end

local function override_of(p, rule, name, ms, text)
  local known = p.exceptions[name]
  if not known or known.text ~= text or known.base ~= rule then
    if not known then
      p.excepted = p.excepted + 1
      if p.excepted > 1000 then p.exceptions, p.excepted = {}, 1 end
    end
    known = parse_override(text)
    if not known then return nil end
    known.base = rule
    if known.kind == 'limit' then
      local _, windows = parse_limit('bucket ' .. known.limit)
      if not windows then return nil end
      for _, w in ipairs(windows) do w.count = min(w.count, MAX_COUNT[rule.algorithm]) end
      known.rule = prepare({ version = rule.version, algorithm = rule.algorithm, windows = windows, settled = 1 / 0 }, 'override',
        rule.windows)
    end
    p.exceptions[name] = known
  end
  if known.until_ms > 0 and ms >= known.until_ms then return nil end
  return known
end

local function mode_at(rule, ms)
  if rule.until_ms and ms >= rule.until_ms then return rule.after end
  return rule.mode
end

---------------------------------------------------------------------------------------------------- events

-- An event is what the caller was told, and when, at what cost and for whom.
local function message(p, seq)
  return format('RG 2 %d %d %d %d ', p.epoch, seq, p.count, p.base) .. concat(p.parts, '', 1, p.filled)
end

local function publish(p)
  p.seq = p.seq + 1
  local text = message(p, p.seq)
  p.count, p.filled = 0, 0
  -- A service that may not publish must still get its decision.
  local heard = pcall_('PUBLISH', p.events, text)
  if type(heard) == 'number' and heard > 0 then p.listen_until = max(p.listen_until, p.base + LISTEN_MS) end
end

-- The name of a log as events carry it: of a long key the beginning and a hash.
local function event_name(p, log_key)
  local key_at = (find(log_key, ':', p.name_at, true) or #log_key) + 1
  local key = sub(log_key, key_at)
  if #key <= MAX_EVENT_KEY then return log_key end
  return sub(log_key, 1, key_at - 1) .. sub(key, 1, 200) .. '~' .. redis.sha1hex(key)
end

local function report(p, told, ms, cost, log_key)
  local n, parts, after = p.filled, p.parts, ms - p.base
  if p.count == 0 then
    p.base, p.base_after, after = ms, 0, 0
    if p.epoch == 0 then p.epoch = floor(ms) % 4294967296 end
  end
  if after ~= p.base_after and after > 0 then
    n = n + 1
    parts[n], p.base_after = format('+%d ', after), after
  end
  if cost ~= 1 then
    n = n + 1
    parts[n] = format('*%d ', cost)
  end
  local length = #log_key
  if length > MAX_EVENT_KEY then
    log_key = event_name(p, log_key)
    length = #log_key
  end
  parts[n + 1], parts[n + 2], parts[n + 3] = told, lengths[length] or format(' %d ', length), log_key
  p.filled, p.count = n + 3, p.count + 1
  if p.count >= BATCH or after >= BATCH_MS then publish(p) end
end

-- Twice a second: history is written; and for the whole partition, the cheap clock is compared with the real one and
-- subscribers are looked for. Returns the time.
local function tick(p, policy, rule, ms)
  if ms >= p.tick_at or ms < p.tick_at - TICK_MS then
    local real = time_ms()
    if abs(real - ms) > 1 then
      ms = set_clock(p)
      keep_time(p, ms)
    end
    if ms >= p.listen_until then
      local heard = pcall_('PUBSUB', 'NUMSUB', p.events)[2]
      if (heard or 0) > 0 then
        p.listen_until = ms + LISTEN_MS
        -- What an earlier listener left behind is no news for the next one.
        if abs(ms - p.base) > LISTEN_MS then drop_events(p) end
      end
    end
    p.tick_at = ms + TICK_MS
  end
  write_history(p, policy, rule)
  rule.minute = floor(ms / 60000)
  rule.tick_at = min(ms + TICK_MS, (rule.minute + 1) * 60000)
  return ms
end

local function unblock(p, log_key)
  if p.blocked[log_key] then p.blocked[log_key], p.blocked_count = nil, p.blocked_count - 1 end
end

-- A key is at its limit until then, with cost 1 and under this rule, as long as its log or bucket stands as it does now:
-- nothing was admitted, and it expires when it did. Kept for a key that comes twice among a few, so that a crowd of keys
-- leaves alone those that come all the time.
local function block(p, rule, log_key, until_ms, window)
  if #log_key > 512 then return end
  local blocked = p.blocked[log_key]
  if not blocked then
    if p.suspect ~= log_key then
      p.patience = p.patience - 1
      if p.patience < 0 then p.suspect, p.patience = log_key, 16 end
      return
    end
    p.patience = 0
    if p.blocked_count >= MAX_BLOCKED then forget_blocked(p) end
    p.blocked_count = p.blocked_count + 1
    blocked = {}
    p.blocked[log_key] = blocked
  end
  blocked.rule, blocked.ends, blocked.until_ms, blocked.rejected = rule, call('PEXPIRETIME', log_key), until_ms, window.rejected
end

---------------------------------------------------------------------------------------------------- log

-- Stamps are milliseconds modulo 2^32 as a signed number (Redis stores those in 6 bytes). An age goes up to two of
-- the longest windows: a log ends two windows after its oldest stamp. Beyond that, a stamp is from before a clock
-- step backwards of up to a day: younger than now, never ancient.
local function age_of(stamp, ms)
  local age = (ms - stamp) % 4294967296
  if age >= 4208567296 then age = age - 4294967296 end -- 2^32 less a day
  return age
end

local function stamp_of(p, ms)
  if p.stamp_ms ~= ms then
    local stamp = ms % 4294967296
    if stamp >= 2147483648 then stamp = stamp - 4294967296 end
    p.stamp_ms, p.stamp = ms, format('%d', stamp)
  end
  return p.stamp
end

-- The oldest stamp has left the window: how many have -> number, the first stamp that has not. Doubling, then halving.
local function expired(log_key, ms, window)
  local stamp
  local function gone(i)
    local found = call('LINDEX', log_key, i)
    if found and age_of(found, ms) >= window then return true end
    stamp = found
    return false
  end
  local low, high = 0, 1
  while gone(high) do low, high = high, high * 2 end
  while high - low > 1 do
    local middle = floor((low + high) / 2)
    if gone(middle) then low = middle else high = middle end
  end
  return high, stamp
end

local function push(log_key, stamp, cost)
  if cost == 1 then return call('RPUSH', log_key, stamp) end
  local stamps, length = {}, 0
  for i = 1, min(cost, 1000) do stamps[i] = stamp end
  for first = 1, cost, 1000 do
    length = call('RPUSH', log_key, unpack(stamps, 1, min(1000, cost - first + 1)))
  end
  return length
end

-- Counts a request -> length of the log, age of its oldest stamp. A log ends two of the longest windows after its oldest
-- stamp; so what is left of it tells how old that is, once all logs were made under these windows.
local function admit(p, log_key, rule, ms, cost)
  local keep, age = rule.keep, nil
  if ms >= rule.settled then
    local left = call('PTTL', log_key)
    if left > keep and left <= 2 * keep then return push(log_key, stamp_of(p, ms), cost), 2 * keep - left end
    age = left >= 0 and left <= keep and keep or nil
  end
  local head
  if not age then
    head = call('LINDEX', log_key, 0)
    age = head and age_of(head, ms) or 0
  end
  if age >= keep then
    local gone
    gone, head = expired(log_key, ms, keep)
    call('LTRIM', log_key, gone, -1)
    age = head and age_of(head, ms) or 0
  end
  local length = push(log_key, stamp_of(p, ms), cost)
  if rule.tracked and length > 1.25 * rule.most then
    -- Under an override with a shorter window: what is older than the largest count can never decide again.
    call('LTRIM', log_key, -rule.most, -1)
    length, age = rule.most, age_of(call('LINDEX', log_key, 0), ms)
    if age < 0 or age >= keep then age = 0 end -- not sorted, after a clock step: rather longer than too short
  end
  call('PEXPIREAT', log_key, format('%d', ms - age + 2 * keep))
  return length, max(age, 0)
end

-- How many of `length` stamps are in a window, `known` of them for sure, when the oldest is of that age: a guess as if they
-- had come evenly, then doubling, then halving.
local function count_young(log_key, ms, window, known, length, age)
  if age < window then return length end
  local function is_young(n) return age_of(call('LINDEX', log_key, -n), ms) < window end
  local low, high = known, length -- so many are young, so many are not
  local n, step = max(min(floor(length * window / age), length - 1), known + 1), 1
  if n >= high then return low end
  if is_young(n) then
    low = n
    while low + step < high and is_young(low + step) do low, step = low + step, step * 2 end
    high = min(low + step, high)
  else
    high = n
    while high - step > low and not is_young(high - step) do high, step = high - step, step * 2 end
    low = max(high - step, low)
  end
  while high - low > 1 do
    local middle = floor((low + high) / 2)
    if is_young(middle) then low = middle else high = middle end
  end
  return low
end

-- The same for a log of which nothing is known yet.
local function look_young(log_key, ms, window)
  local length = call('LLEN', log_key)
  return length == 0 and 0 or count_young(log_key, ms, window, 0, length, age_of(call('LINDEX', log_key, 0), ms))
end

-- -> allowed, window that decided, used, retry (ms, -1: never), reset (ms). Without `commit` nothing is counted.
-- The stamp that has to be out of a window before `cost` more fit in it decides alone.
local function decide_log(p, rule, log_key, ms, cost, commit)
  local windows, retry, decider, never = rule.windows, 0, nil, nil
  for i = 1, #windows do
    local w = windows[i]
    local blocker = pcall_('LINDEX', log_key, cost == 1 and w.back or cost - w.count - 1)
    if type(blocker) == 'table' then return nil end -- a bucket, made under another limit
    if cost > w.count then
      never = never or w
    elseif blocker then
      local wait = w.window - age_of(blocker, ms)
      if wait > retry then retry, decider = wait, w end
    end
  end
  if never then decider, retry = never, -1 end
  if decider then
    if cost > 1 then return false, decider, min(decider.count, look_young(log_key, ms, decider.window)), retry, retry end
    if commit and rule.plain then block(p, rule, log_key, ms + retry, decider) end
    return false, decider, decider.count, retry, retry
  end

  local length, age, used, reset = 0, 0, 0, 0
  if commit then length, age = admit(p, log_key, rule, ms, cost) end
  for i = 1, #windows do
    local w = windows[i]
    local n = commit and length or look_young(log_key, ms, w.window)
    if commit and w.window < rule.keep then n = count_young(log_key, ms, w.window, cost, length, age) end
    if not decider or w.count - n < decider.count - used then decider, used = w, n end
  end
  if used > 0 then
    if not commit or used < length then age = max(age_of(call('LINDEX', log_key, -used), ms), 0) end
    reset = decider.window - age
  end
  return true, decider, used, 0, reset
end

---------------------------------------------------------------------------------------------------- bucket

-- A window in pieces of S ms, each with a count: a request counts until the whole piece that it came in has left the
-- window, at most S too long, never too short. In Redis, for each window one after the other, as unsigned 32-bit
-- big-endian numbers: S; number of older pieces + 65536 x number of windows; number of the newest piece modulo 2^32; sum;
-- count of the newest piece; number of the oldest piece that holds anything, modulo 2^32; counts of the older pieces from
-- the oldest on. The i-th older piece is over at (newest + i) * S.
local HEAD = 24
local FULL = 4294967295 -- what a number holds; a sum that reached it is made anew from its pieces

-- The block at `at` as it stands at `ms`: pieces that are over by now are no more.
local function look_at_block(value, at, b, ms)
  local slot, older = floor(ms / b.slot), b.live - 1
  if not value then return { newest = slot, total = 0, current = 0, counts = rep('\0', 4 * older), moved = true } end
  local newest, total, current = unpack_('>I4I4I4', value, at + 8)
  local counts = sub(value, at + HEAD, at + b.size - 1)
  local steps = (slot - newest) % 4294967296
  if steps >= 2147483648 then steps = steps - 4294967296 end
  if steps <= 0 then -- when the clock went back, what is counted stays counted
    return { newest = slot - steps, total = total, current = current, counts = counts, moved = false }
  end
  if steps > older then return { newest = slot, total = 0, current = 0, counts = rep('\0', 4 * older), moved = true } end
  if total < FULL then
    for i = 1, steps do total = total - unpack_('>I4', counts, 4 * i - 3) end
  else
    total = current
    for i = steps + 1, older do total = total + unpack_('>I4', counts, 4 * i - 3) end
    total = min(total, FULL)
  end
  counts = sub(counts, 4 * steps + 1) .. pack('>I4', current) .. rep('\0', 4 * (steps - 1))
  return { newest = slot, total = total, current = 0, counts = counts, moved = true }
end

-- Number of the oldest piece that holds anything; the newest when none does.
local function first_of(block, b)
  local first = find(block.counts, '[^%z]')
  return first and block.newest - b.live + ceil(first / 4) or block.newest
end

-- When enough pieces are over for the sum to fall by `excess`, in ms from now.
local function wait_for(block, b, ms, excess)
  local older = b.live - 1
  local first = find(block.counts, '[^%z]')
  if first then
    for i = ceil(first / 4), older do
      excess = excess - unpack_('>I4', block.counts, 4 * i - 3)
      if excess <= 0 then return (block.newest + i) * b.slot - ms end
    end
  end
  return (block.newest + b.live) * b.slot - ms
end

-- What a value of other windows, or a log, knows of the past: calls add(ms, cost), the oldest first. A piece counts as if
-- all of it had come at its end.
local function recall(value, log_key, ms, slot, older, add)
  if value then
    local at, best, reach = 1, nil, 0
    while at + HEAD - 1 <= #value do
      local s, n = unpack_('>I4I4', value, at)
      n = n % 65536
      if s == slot and n == older then best = at break end
      if s * (n + 1) > reach then best, reach = at, s * (n + 1) end
      at = at + HEAD + 4 * n
    end
    if not best then return end
    local s, n, newest, _, current = unpack_('>I4I4I4I4I4', value, best)
    n = n % 65536
    local steps = (floor(ms / s) - newest) % 4294967296
    if steps >= 2147483648 then steps = steps - 4294967296 end
    newest = floor(ms / s) - steps
    for i = 1, n do
      local count = unpack_('>I4', value, best + HEAD + 4 * (i - 1))
      if count > 0 then add(min((newest - n + i) * s - 1, ms), count) end
    end
    if current > 0 then add(min((newest + 1) * s - 1, ms), current) end
    return
  end
  -- Of a very long log the older part counts as if it had come with the oldest stamp of the rest.
  local length = call('LLEN', log_key)
  local skipped = max(length - 100000, 0)
  for first = skipped, length - 1, 1000 do
    for i, stamp in ipairs(call('LRANGE', log_key, first, first + 999)) do
      add(ms - max(age_of(stamp, ms), 0), (first == skipped and i == 1) and skipped + 1 or 1)
    end
  end
end

-- The value that a bucket with these blocks would have, had it counted from the start.
local function rebuild(value, log_key, rule, ms)
  local texts = {}
  for _, b in ipairs(rule.blocks) do
    local newest, total, counts = floor(ms / b.slot), 0, {}
    for i = 1, b.live do counts[i] = 0 end
    recall(value, log_key, ms, b.slot, b.live - 1, function(at, cost)
      local i = floor(at / b.slot) - newest + b.live
      if i >= 1 then counts[i], total = min(counts[i] + cost, FULL), min(total + cost, FULL) end
    end)
    texts[#texts + 1] = b.signature .. pack('>I4I4I4I4', newest % 4294967296, total, counts[b.live], 0)
    for i = 1, b.live - 1 do texts[#texts + 1] = pack('>I4', counts[i]) end
  end
  return concat(texts)
end

local function fits_blocks(value, blocks)
  local at = 1
  for i = 1, #blocks do
    if sub(value, at, at + 7) ~= blocks[i].signature then return false end
    at = at + blocks[i].size
  end
  return #value == at - 1
end

-- A bucket expires with its last piece.
local function store(log_key, rule, states, ms)
  local texts, ends = {}, 0
  for i, b in ipairs(rule.blocks) do
    local s = states[i]
    texts[i] = b.signature .. pack('>I4I4I4I4', s.newest % 4294967296, s.total, s.current, first_of(s, b) % 4294967296) .. s.counts
    ends = max(ends, (s.newest + b.live) * b.slot)
  end
  call('SET', log_key, concat(texts), 'PXAT', format('%d', ends))
end

-- The same answers as decide_log.
local function decide_bucket(p, rule, log_key, ms, cost, commit)
  local windows, blocks = rule.windows, rule.blocks
  local value, rebuilt = pcall_('GET', log_key), false
  if type(value) == 'table' or (value and not fits_blocks(value, blocks)) then
    -- Made under another limit. A list in its place is a log.
    value, rebuilt = rebuild(type(value) == 'string' and value, log_key, rule, ms), true
  end
  local states, at, moved = {}, 1, rebuilt
  for i = 1, #blocks do
    local s = look_at_block(value, at, blocks[i], ms)
    states[i], at, moved = s, at + blocks[i].size, moved or s.moved
  end

  local retry, decider, used = 0, nil, 0
  for i = 1, #windows do
    local w, total = windows[i], states[i].total
    if total + cost > w.count and retry >= 0 then
      local wait = cost > w.count and -1 or wait_for(states[i], blocks[i], ms, total + cost - w.count)
      if wait < 0 or wait > retry then retry, decider, used = wait, w, min(total, w.count) end
    end
  end
  if decider then
    if commit and rebuilt then store(log_key, rule, states, ms) end
    if commit and cost == 1 and rule.plain then block(p, rule, log_key, ms + retry, decider) end
    return false, decider, used, retry, retry
  end

  local chosen
  for i = 1, #blocks do
    local s = states[i]
    if commit then s.total, s.current = min(s.total + cost, FULL), min(s.current + cost, FULL) end
    local w = windows[i]
    if w and (not decider or w.count - s.total < decider.count - used) then decider, used, chosen = w, s.total, i end
  end
  if commit and moved then
    store(log_key, rule, states, ms)
  elseif commit then
    local offset = 12
    for i = 1, #blocks do
      call('SETRANGE', log_key, offset, pack('>I4I4I4', states[i].total, states[i].current, first_of(states[i], blocks[i]) % 4294967296))
      offset = offset + blocks[i].size
    end
  end
  return true, decider, used, 0, used > 0 and wait_for(states[chosen], blocks[chosen], ms, 1) or 0
end

-- Turns a bucket into a log: whatever a piece counted becomes stamps of its end; of more than any limit of a log, the youngest.
local function make_log(p, rule, log_key, ms)
  local value, times, costs, n = call('GET', log_key), {}, {}, 0
  recall(value, log_key, ms, 0, 0, function(at, cost)
    if ms - at < rule.keep then
      n = n + 1
      times[n], costs[n] = at, cost
    end
  end)
  call('DEL', log_key)
  local room, first = MAX_COUNT.log, n + 1
  while first > 1 and room > 0 do
    first = first - 1
    costs[first] = min(costs[first], room)
    room = room - costs[first]
  end
  for i = first, n do push(log_key, stamp_of(p, times[i]), costs[i]) end
  if first <= n then call('PEXPIREAT', log_key, format('%d', times[first] + 2 * rule.keep)) end
end

---------------------------------------------------------------------------------------------------- decisions

local function decide(p, rule, log_key, ms, cost, commit)
  if rule.algorithm == 'bucket' then return decide_bucket(p, rule, log_key, ms, cost, commit) end
  local allowed, window, used, retry, reset = decide_log(p, rule, log_key, ms, cost, commit)
  if allowed ~= nil then return allowed, window, used, retry, reset end
  if not commit then return decide_bucket(p, rule, log_key, ms, cost, false) end
  make_log(p, rule, log_key, ms)
  return decide_log(p, rule, log_key, ms, cost, true)
end

local function bad_cost(text)
  return redis.error_reply('BADCOST a cost is a whole number from 1 to ' .. MAX_COST .. ', not ' .. quote(text))
end

local function new_rule(p, limits_key, policy, default)
  local algorithm, _, limit = parse_limit(default)
  if not algorithm or #policy > 64 or not match(policy, '^[%w._-]+$') then return nil end
  local version, settled = last_unset(p, policy)
  local text = compose(version + 1, 'enforce', algorithm .. ' ' .. limit, 0, '', settled, has_overrides(p, policy))
  -- A service may add what is missing; without that right it still gets its decisions.
  if pcall_('HSETNX', limits_key, policy, text) == 1 then
    pcall_('PUBLISH', p.tag .. ':changes', policy .. ' ' .. match(text, '^%d+'))
  end
  return remember(p, policy, text)
end

local function no_limit(policy, text, default)
  if text then
    return redis.error_reply('BADLIMIT policy ' .. quote(policy) .. ' holds ' .. quote(text) .. ', which is no limit that library version '
      .. VERSION .. ' knows; set it again')
  end
  if default then
    return invalid('policy ' .. quote(policy) .. ' has no limit, and the default ' .. quote(default) .. ' cannot be one: a name is 1 to 64 of the '
      .. 'characters A-Z a-z 0-9 . _ -, a limit such as 100/60000')
  end
  return redis.error_reply('NOLIMIT policy ' .. quote(policy) .. ' has no limit; set one, or pass a default such as 100/60000')
end

-- What decides a request: the policy, or a key's override -> rule in force, its mode, its override (or nil)
local function rule_in_force(p, rule, log_key, ms)
  local override
  if rule.keys then
    local name = sub(log_key, p.name_at)
    local text = call('HGET', p.overrides, name)
    override = text and override_of(p, rule, name, ms, text)
  end
  local acting = override and override.rule
  return acting or rule, mode_at(rule, ms), override
end

-- -> the answer of check and peek: what was decided, without counting it when `commit` is false
local function answer(p, rule, log_key, ms, cost, commit)
  local acting, mode, override = rule, rule.mode, nil
  if not rule.plain then acting, mode, override = rule_in_force(p, rule, log_key, ms) end
  local allowed, window, used, retry, reset = true, acting.windows[1], 0, 0, 0
  local why
  if mode == 'off' then
    why = 'off'
  elseif override and override.kind == 'exempt' then
    why = 'exempt'
  elseif override and override.kind == 'ban' then
    allowed, why = false, 'ban'
    retry = override.until_ms > 0 and override.until_ms - ms or -1
    used, reset = window.count, retry
  else
    allowed, window, used, retry, reset = decide(p, acting, log_key, ms, cost, commit)
  end
  local over = not allowed
  if over and mode == 'shadow' then allowed = true end

  local tail = why and format(' %d %d %d %s', window.count, window.window, rule.version, why) or window.tail
  local told = format('%d %d %d %d', allowed and 1 or 0, max(window.count - used, 0), retry, reset) .. tail
  if commit then
    if not over then
      unblock(p, log_key)
      rule.allowed = rule.allowed + 1
    elseif allowed then
      rule.would_reject = rule.would_reject + 1
    else
      rule.rejected = rule.rejected + 1
    end
    if ms < p.listen_until then report(p, told, ms, cost, log_key) end
  end
  return told
end

-- A bucket whose newest pieces are those of now, or one that is full and of which nothing has left since.
-- -> window that decides, allowed, remaining, wait; nil: it is something else
local function quick_bucket(p, rule, log_key, ms)
  local blocks, decider, left, wait, blocker, retry, is_old = rule.blocks, nil, nil, nil, nil, 0, false
  for i = 1, #blocks do
    local b = blocks[i]
    local head = pcall_('GETRANGE', log_key, b.from, b.to)
    if type(head) == 'table' or #head < HEAD then return nil end
    local slot, shape, newest, total, current, first = unpack_('>I4I4I4I4I4I4', head)
    local now = (ms - ms % b.slot) / b.slot
    local steps = (now - newest) % 4294967296
    if slot ~= b.slot or shape ~= b.shape or total > b.count or steps >= 2147483648 then return nil end
    if steps >= b.live then total = 0 end -- all of it is over
    if total == 0 then first = newest end
    local ends = (now - steps - (newest - first) % 4294967296 + b.live) * b.slot - ms
    if total == b.count then
      if ends <= 0 then return nil end
      if ends > retry then blocker, retry = b, ends end
    end
    is_old = is_old or steps > 0
    if not decider or b.count - total - 1 < left then decider, left, wait = b, b.count - total - 1, ends end
    b.sums = pack('>I4I4I4', total + 1, current + 1, first)
  end
  if blocker then return blocker, false, 0, retry end
  if is_old then return nil end
  for i = 1, #blocks do call('SETRANGE', log_key, blocks[i].sums_from, blocks[i].sums) end
  return decider, true, left, wait
end

-- What most requests are, with as little as it takes: cost 1 under one window that is enforced and has no exceptions.
-- nil: it is something else, and nothing has happened.
local function quick(p, rule, log_key)
  local blocked, w, ms, allowed, left, wait = p.blocked[log_key], rule.windows[1], nil, true, nil, nil
  if blocked then
    -- The expiry of its log or bucket tells the time, and that it is still there.
    left = call('PTTL', log_key)
    ms = blocked.ends - left
    wait = blocked.until_ms - ms
    if left < 0 or wait <= 0 or ms < p.latest or ms >= rule.tick_at or blocked.rule ~= rule then return nil end
    allowed = false
  else
    ms = FAR - call('PTTL', p.clock)
    if ms < p.latest or ms >= rule.tick_at or ms < rule.settled then return nil end
    if rule.algorithm == 'bucket' then
      w, allowed, left, wait = quick_bucket(p, rule, log_key, ms)
      if not w then return nil end
    else
      local window = w.window
      local blocker
      if rule.wary > 0 then
        blocker = pcall_('LINDEX', log_key, w.back)
        if type(blocker) == 'table' then return nil end
        rule.wary = blocker and WARY or rule.wary - 1
      end
      if blocker then
        wait = window - age_of(blocker, ms)
        if wait <= 0 then return nil end
        allowed = false
      else
        -- Where rejections are rare, writing first and taking it back is cheaper than looking first; both decide alike.
        wait = call('PTTL', log_key) - window
        local is_new = wait == -2 - window
        if is_new then wait = window end
        if wait <= 0 or wait > window then return nil end
        local used = pcall_('RPUSH', log_key, p.stamp_ms == ms and p.stamp or stamp_of(p, ms))
        if type(used) == 'table' then return nil end
        left = w.count - used
        if left < 0 then
          call('RPOP', log_key)
          rule.wary = WARY
          return nil
        end
        if is_new then call('PEXPIREAT', log_key, format('%d', ms + 2 * window)) end
      end
    end
  end

  p.latest = ms
  local told
  if allowed then
    rule.allowed = rule.allowed + 1
    told = format(w.admitted, left, wait)
  else
    rule.rejected = rule.rejected + 1
    told = format(blocked and blocked.rejected or w.rejected, wait, wait)
    if not blocked then block(p, rule, log_key, ms + wait, w) end
  end
  if ms < p.listen_until then report(p, told, ms, 1, log_key) end
  return told
end

-- KEYS limits, log   ARGV policy [cost [default]]
-- -> 'ALLOWED REMAINING RETRY_AFTER_MS RESET_AFTER_MS LIMIT WINDOW_MS VERSION WHY'
local function check(keys, args)
  local limits_key, log_key, policy = keys[1], keys[2], args[1]
  if not policy or not log_key then return redis.error_reply('INVALID this call takes 2 keys: limits, log; and policy [cost [default]]') end
  local p = partitions[limits_key] or partition(limits_key)
  local text = call('HGET', limits_key, policy)
  local rule, cost = p.rules[policy], args[2]
  local known = rule and rule.text == text
  if known and rule.quick and (not cost or cost == '1') then
    local told = quick(p, rule, log_key)
    if told then return told end
  end

  cost = tonumber(cost or 1)
  if not cost or cost < 1 or cost > MAX_COST or cost ~= floor(cost) then return bad_cost(args[2]) end
  if not known then
    if text then
      rule = remember(p, policy, text)
    else
      rule = args[3] and new_rule(p, limits_key, policy, args[3])
    end
    if not rule then return no_limit(policy, text, args[3]) end
  end
  local left = call('PTTL', p.clock)
  local ms = left > 0 and FAR - left or set_clock(p)
  keep_time(p, ms)
  if ms >= rule.tick_at or ms < rule.tick_at - TICK_MS then ms = tick(p, policy, rule, ms) end
  return answer(p, rule, log_key, ms, cost, true)
end

-- The same without counting: what a request of that cost would be told now.
local function peek(keys, args)
  local p = partitions[keys[1]] or partition(keys[1], true)
  local cost = tonumber(args[2] or 1)
  if not cost or cost < 1 or cost > MAX_COST or cost ~= floor(cost) then return bad_cost(args[2]) end
  local text = call('HGET', keys[1], args[1])
  local rule = p.rules[args[1]]
  if not rule or rule.text ~= text then
    rule = text and parse(text)
    if not rule then return no_limit(args[1], text) end
    prepare(rule, 'limit')
  end
  return answer(p, rule, keys[2], time_ms(), cost, false)
end

---------------------------------------------------------------------------------------------------- edits

local function bad_names(policy, author, reason)
  if #policy > 64 or not match(policy, '^[%w._-]+$') then
    return invalid('the policy name ' .. quote(policy) .. ': use 1 to 64 of the characters A-Z a-z 0-9 . _ -')
  end
  if #author > 200 or #reason > 1000 then return invalid('author: at most 200 bytes, reason: at most 1000') end
end

-- The audit first: what it cannot hold must not become true. `write` says what to call then.
local function record(p, entry, announce, write)
  local id = call('XADD', p.tag .. ':audit', 'MAXLEN', '~', 10000, '*', unpack(entry))
  local done = write()
  if type(done) == 'table' and done.err then
    pcall_('XDEL', p.tag .. ':audit', id)
    return done
  end
  pcall_('PUBLISH', p.tag .. ':changes', announce)
end

-- KEYS limits, audit   ARGV policy, limit ('[log|bucket] COUNT/WINDOW_MS ...', '' keep, 'unset'), mode ('enforce', 'shadow',
--   'off', '' keep; 'off 600000': for ten minutes), expected version or '' (any), author, reason [, version to go above]
-- -> {'applied', version, new, old, time_us} or {'conflict', version, current, '', time_us}
local function set(keys, args)
  local limits_key = keys[1]
  local p = partitions[limits_key] or partition(limits_key)
  local policy, limit, mode, expected, author, reason = unpack(args, 1, 6)
  local refused = bad_names(policy, author, reason)
  if refused then return refused end
  local old = call('HGET', limits_key, policy)
  local current = old and parse(old)
  local version = current and current.version or old and tonumber(match(old, '^%d+') or 0) or 0
  local now = time_us()
  local us = format('%d', now)
  if expected ~= '' and tonumber(expected) ~= version then
    return { 'conflict', version, old or '', '', us }
  end
  local unset_version, settled = last_unset(p, policy)
  local least = whole(args[7] or '0', MAX_GIVEN)
  if not least then return invalid('the version to go above, ' .. quote(args[7]) .. ', is no whole number up to ' .. format('%d', MAX_GIVEN)) end
  local next_version = max(version, unset_version, least) + 1
  local ms = floor(now / 1000)
  if current then settled = max(settled, current.settled) end
  local number = format('%d', next_version)
  local entry = { 'policy', policy, 'version', number, 'old', old or '', 'new', '', 'author', author, 'reason', reason }

  if limit == 'unset' then
    if not old then return invalid("policy '" .. policy .. "' has no limit to take away") end
    local failure = record(p, entry, policy .. ' ' .. number, function()
      local kept = pcall_('HSET', p.unset, policy, format('%d %d', next_version, max(settled, current and ms + 2 * current.keep or 0)))
      if type(kept) == 'table' then return kept end
      return pcall_('HDEL', limits_key, policy)
    end)
    return failure or { 'applied', next_version, '', old, us }
  end

  local algorithm, canonical, windows
  if limit == '' then
    if not current then return invalid("policy '" .. policy .. "' has no limit to keep; give one such as 100/60000") end
    algorithm, canonical, windows = current.algorithm, current.limit, current.windows
  else
    algorithm, windows, canonical = parse_limit(limit, current and current.algorithm)
  end
  local name, span = match(mode, '^(%a+) (%d+)$')
  name, span = name or mode, tonumber(span or 0)
  local is_timed = name ~= mode
  local effective = current and mode_at(current, ms) or 'enforce'
  local until_ms, after = 0, effective
  if name == '' then
    name = effective
    if current and current.until_ms and current.until_ms > ms then until_ms, after = current.until_ms, current.after end
  elseif span > 0 then
    -- Another timed mode on top of a timed one still ends in what was there before both.
    if current and current.until_ms and effective == current.mode then after = current.after end
    until_ms = ms + span
  end
  if not algorithm or not MODES[name] or until_ms > MAX_UNTIL or (is_timed and span < 1) then
    return invalid(quote(limit) .. ' ' .. quote(mode) .. ': a limit is [log|bucket] COUNT/WINDOW_MS, up to ' .. MAX_WINDOWS
      .. ' windows, each a count of 1 to ' .. MAX_COUNT.log .. ' (bucket: ' .. MAX_COUNT.bucket .. ') per 1 to ' .. MAX_WINDOW
      .. ' ms; a mode is enforce, shadow or off, and may end: off 600000')
  end
  local keep = longest(windows)
  if current and current.keep ~= keep then settled = max(settled, ms + 2 * max(keep, current.keep)) end
  local text = compose(next_version, name, algorithm .. ' ' .. canonical, until_ms, after, settled > ms and settled or 0,
    has_overrides(p, policy))
  entry[8] = text
  local failure = record(p, entry, policy .. ' ' .. number, function() return pcall_('HSET', limits_key, policy, text) end)
  return failure or { 'applied', next_version, text, old or '', us }
end

-- Adds or takes from the number of a policy's overrides, and tells its limit whether there are any: only then does a
-- decision look for one. An override that goes leaves behind a log of its own windows.
local function count_override(p, limits_key, policy, change, ms, gone)
  local count = pcall_('HINCRBY', p.overrides, ':count:' .. policy, change)
  if type(count) == 'table' then -- no number, whoever wrote it: better one look too many
    count = 1
    call('HSET', p.overrides, ':count:' .. policy, 1)
  end
  if count <= 0 then call('HDEL', p.overrides, ':count:' .. policy) end
  local text = call('HGET', limits_key, policy)
  local rule = text and parse(text)
  if not rule then return end
  local _, windows = parse_limit('bucket ' .. (gone and gone.limit or ''))
  local settled = max(rule.settled, windows and ms + 2 * max(rule.keep, longest(windows)) or 0)
  local marked = compose(rule.version, rule.mode, rule.algorithm .. ' ' .. rule.limit, rule.until_ms, rule.after,
    settled > ms and settled or 0, count > 0)
  if marked ~= text then call('HSET', limits_key, policy, marked) end
end

-- Overrides that have ended are no more; a few are taken away with each edit, so that they cannot pile up.
local function sweep(p, limits_key, ms)
  local some = pcall_('HRANDFIELD', p.overrides, 20, 'WITHVALUES')
  for i = 1, #some, 2 do
    local policy = match(some[i], '^([^:]+):')
    local ended = policy and parse_override(some[i + 1])
    if ended and ended.until_ms > 0 and ms >= ended.until_ms then
      call('HDEL', p.overrides, some[i])
      count_override(p, limits_key, policy, -1, ms, ended)
    end
  end
end

-- KEYS limits   ARGV policy, key, what ('ban', 'exempt', 'limit COUNT/WINDOW_MS ...', 'none'), for how many ms ('' or 0: no
--   end), expected version or '' (any; 0: none), author, reason
-- -> {'applied', version, new, old, time_us} or {'conflict', version, current, '', time_us}
local function override(keys, args)
  local limits_key = keys[1]
  local p = partitions[limits_key] or partition(limits_key)
  local policy, key, what, span, expected, author, reason = unpack(args, 1, 7)
  local refused = bad_names(policy, author, reason)
  if refused then return refused end
  local base = call('HGET', limits_key, policy)
  local rule = base and parse(base)
  if not rule and what ~= 'none' then return no_limit(policy, base) end
  local now = time_us()
  local us, ms = format('%d', now), floor(now / 1000)
  local name = policy .. ':' .. key
  local old = call('HGET', p.overrides, name)
  local current = old and parse_override(old)
  local version = current and not (current.until_ms > 0 and ms >= current.until_ms) and current.version or 0
  if expected ~= '' and tonumber(expected) ~= version then
    return { 'conflict', version, version > 0 and old or '', '', us }
  end
  local kind, limit = match(what, '^(%a+) ?(.*)$')
  local until_ms = tonumber(span == '' and 0 or span)
  if kind == 'limit' then
    local _
    _, _, limit = parse_limit(rule.algorithm .. ' ' .. limit)
  elseif kind ~= 'ban' and kind ~= 'exempt' and kind ~= 'none' or limit ~= '' then
    limit = nil
  end
  if not limit or not until_ms or until_ms < 0 or until_ms ~= floor(until_ms) or ms + until_ms > MAX_UNTIL then
    return invalid(quote(what) .. ' for ' .. quote(span)
      .. ' ms: an override is ban, exempt, none, or limit COUNT/WINDOW_MS with what the policy\'s algorithm takes'
      .. (rule and ' (' .. rule.algorithm .. ': a count of up to ' .. MAX_COUNT[rule.algorithm] .. ')' or '')
      .. '; its time a whole number of ms, 0 for no end')
  end
  if kind == 'none' and not old then return invalid("this key of policy '" .. policy .. "' has no override to take away") end
  if until_ms > 0 then until_ms = ms + until_ms end
  local next_version = call('HINCRBY', p.overrides, ':version', 1)
  local text = kind == 'none' and '' or format('%d %s %d %s', next_version, kind, until_ms, limit)
  text = match(text, '^(.-) ?$')
  local entry = { 'policy', policy, 'key', key, 'version', format('%d', next_version), 'old', version > 0 and old or '', 'new', text,
    'author', author, 'reason', reason }
  local failure = record(p, entry, policy .. ' ' .. format('%d', next_version) .. ' ' .. key, function()
    if text == '' then
      call('HDEL', p.overrides, name)
      count_override(p, limits_key, policy, -1, ms, current)
    else
      local done = pcall_('HSET', p.overrides, name, text)
      if type(done) == 'table' then return done end
      count_override(p, limits_key, policy, old and 0 or 1, ms, current)
    end
  end)
  if not failure then sweep(p, limits_key, ms) end
  return failure or { 'applied', next_version, text, version > 0 and old or '', us }
end

-- KEYS limits   ARGV policy, text of its limit, or 'VERSION unset'   Writes what another partition holds, when that is newer.
-- -> 1 written, 0 not newer
local function copy(keys, args)
  local limits_key, policy, text = keys[1], args[1], args[2]
  local p = partitions[limits_key] or partition(limits_key)
  local refused = bad_names(policy, '', '')
  if refused then return refused end
  local gone, rule = whole(match(text, '^(%d+) unset$') or '', MAX_GIVEN), parse(text)
  if not gone and not (rule and rule.version <= MAX_GIVEN) then return no_limit(policy, text) end
  local old = call('HGET', limits_key, policy)
  local current = old and parse(old)
  local unset_version, settled = last_unset(p, policy)
  local version = gone or rule.version
  if version <= max(unset_version, current and current.version or 0) then return 0 end
  local ms = time_ms()
  if current then settled = max(settled, current.settled, (gone or current.keep ~= rule.keep) and ms + 2 * current.keep or 0) end
  if gone then
    call('HSET', p.unset, policy, format('%d %d', version, settled))
    call('HDEL', limits_key, policy)
  else
    settled = max(settled, rule.settled)
    call('HSET', limits_key, policy, compose(version, rule.mode, rule.algorithm .. ' ' .. rule.limit, rule.until_ms, rule.after,
      settled > ms and settled or 0, has_overrides(p, policy)))
  end
  pcall_('PUBLISH', p.tag .. ':changes', policy .. ' ' .. format('%d', version))
  return 1
end

-- KEYS limits, log   ARGV policy, author, reason   Forgets what a key has used. -> 1 when there was something, else 0
local function reset(keys, args)
  local p = partitions[keys[1]] or partition(keys[1])
  local policy, author, reason = unpack(args, 1, 3)
  local refused = bad_names(policy, author, reason)
  if refused then return refused end
  local key = sub(keys[2], p.name_at + #policy + 1)
  local entry = { 'policy', policy, 'key', key, 'version', '0', 'old', '', 'new', 'reset', 'author', author, 'reason', reason }
  local removed = 0
  unblock(p, keys[2])
  local failure = record(p, entry, policy .. ' 0 ' .. key, function()
    removed = pcall_('DEL', keys[2])
    return removed
  end)
  return failure or removed
end

---------------------------------------------------------------------------------------------------- listeners

-- KEYS limits   A listener calls this at its own pace: events keep coming for 2 s, and what waits to be published is in the
-- answer, as the beginning of the message that will come. Writes nothing. -> {time_us, message or ''}
local function listen(keys)
  local p = partitions[keys[1]]
  if not p then
    p = partition(keys[1], true)
    -- Somewhere without limits there is nothing to listen to.
    if partition_count < MAX_PARTITIONS and #call('HSCAN', keys[1], '0', 'COUNT', '1')[2] > 0 then p = partition(keys[1]) end
  end
  local us = time_us()
  local ms = floor(us / 1000)
  if ms >= p.listen_until and abs(ms - p.base) > LISTEN_MS then drop_events(p) end
  p.listen_until = ms + LISTEN_MS
  return { format('%d', us), p.count > 0 and message(p, p.seq + 1) or '' }
end

-- KEYS limits   What history does not hold yet. -> lines 'POLICY MINUTE ALLOWED REJECTED WOULD_REJECT UNCHECKED'
local function counts(keys)
  local p = partitions[keys[1]] or partition(keys[1], true)
  local lines = {}
  for policy, r in pairs(p.rules) do
    if r.allowed + r.rejected + r.would_reject + r.unchecked > 0 then
      lines[#lines + 1] = format('%s %d %d %d %d %d', policy, r.minute, r.allowed, r.rejected, r.would_reject, r.unchecked)
    end
  end
  return lines
end

-- KEYS limits   ARGV policy, count   A service tells how many requests it admitted by itself while it could not ask.
local function unchecked(keys, args)
  local p = partitions[keys[1]] or partition(keys[1])
  local policy, count = args[1], whole(args[2], 4294967295)
  if not count or count < 1 then return invalid('a number of requests is a whole number from 1, not ' .. quote(args[2])) end
  local text = call('HGET', keys[1], policy)
  local ms = time_ms()
  local rule = p.rules[policy]
  if not rule or rule.text ~= text then rule = text and remember(p, policy, text) end
  if not rule then return no_limit(policy, text) end
  keep_time(p, ms)
  tick(p, policy, rule, ms)
  rule.unchecked = rule.unchecked + count
  write_history(p, policy, rule)
  if ms < p.listen_until then
    local w = rule.windows[1]
    local told = format('1 0 0 0 %d %d %d unchecked', w.count, w.window, rule.version)
    report(p, told, ms, count, p.tag .. ':log:' .. policy .. ':')
  end
  return 1
end

redis.register_function('rateguard_check', check)

-- Whoever leaves something out is told what belongs there.
local function register(name, flags, key_count, key_names, arg_count, arg_names, callback)
  redis.register_function {
    function_name = name,
    flags = flags,
    callback = function(keys, args)
      if #keys < key_count or #args < arg_count then
        return redis.error_reply('INVALID this call takes ' .. key_count .. ' key(s): ' .. key_names .. '; and ' .. arg_names)
      end
      return callback(keys, args)
    end,
  }
end

local writes, reads = {}, { 'no-writes' }
register('rateguard_set', writes, 1, 'limits', 6, 'policy, limit, mode, expected version, author, reason [, version to go above]', set)
register('rateguard_copy', writes, 1, 'limits', 2, 'policy, text of the limit', copy)
register('rateguard_override', writes, 1, 'limits', 7, 'policy, key, what, for how many ms, expected version, author, reason', override)
register('rateguard_reset', writes, 2, 'limits, log', 3, 'policy, author, reason', reset)
register('rateguard_unchecked', writes, 1, 'limits', 2, 'policy, number of requests', unchecked)
register('rateguard_peek', reads, 2, 'limits, log', 1, 'policy [, cost]', peek)
register('rateguard_listen', reads, 1, 'limits', 0, 'nothing else', listen)
register('rateguard_counts', reads, 1, 'limits', 0, 'nothing else', counts)
register('rateguard_version', reads, 0, 'none', 0, 'nothing else', function() return VERSION end)
