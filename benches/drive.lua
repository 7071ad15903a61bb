-- What wrk sends and what must come back: wrk -s drive.lua URL -- PLAN. Every answer is checked to be the right one.
-- A plan has a line a thread, its fields parted by tabs: what, cookie, path, and what the answer must show.
-- For `mark`, `save` and `few` the path is a register's, and what follows are its students as `id:version`.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

local function split(line, by)
  local parts = {}
  for part in (line .. by):gmatch("(.-)" .. by) do
    table.insert(parts, part)
  end
  return parts
end

function init(args)
  local lines = {}
  for line in io.lines(args[1]) do
    table.insert(lines, line)
  end
  local fields = split(lines[number % #lines + 1], "\t")
  what, path = fields[1], fields[3]
  headers = {
    ["Cookie"] = fields[2],
    ["Sec-Fetch-Site"] = "same-origin",
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Accept-Encoding"] = args[2],
  }
  if what == "board" or what == "open" then
    headers["X-Refresh"] = "live" -- an open one, which looks again by itself
  end
  shows = { unpack(fields, 4) }
  students, versions, turn, late = {}, {}, 1, 0
  if what == "mark" or what == "save" or what == "few" then
    for n, student in ipairs(shows) do
      local parts = split(student, ":")
      students[n], versions[n] = parts[1], tonumber(parts[2])
    end
  end
  -- A register is saved with every mark changed, or with three as on a usual day.
  changed = what == "few" and 3 or #students
  wrong, first_wrong = 0, ""
end

local function code(version)
  return version % 2 == 0 and "present" or "late"
end

-- wrk may ask for a request that it never sends, so nothing moves on before an answer has come.
function request()
  if what == "mark" then
    local version = versions[turn]
    local body = "code=" .. code(version + 1) .. "&minutes=5&version=" .. version
    return wrk.format("PUT", path .. "/marks/" .. students[turn], headers, body)
  elseif what == "save" or what == "few" then
    local fields = { "act=submit" }
    for n, student in ipairs(students) do
      local key = "%5B" .. student .. "%5D="
      local now = n <= changed and versions[n] + 1 or versions[n]
      local mark = "code" .. key .. code(now) .. "&minutes" .. key .. "5"
      table.insert(fields, mark .. "&version" .. key .. versions[n])
    end
    return wrk.format("POST", path .. "/submission", headers, table.concat(fields, "&"))
  end
  return wrk.format("GET", path, headers)
end

local function is_right(status, answered, body)
  if what == "mark" then
    local student, version = students[turn], versions[turn] + 1
    versions[turn] = version
    turn = turn % #students + 1
    local kept = 'name="version[' .. student .. ']" value="' .. version .. '"'
    return status == 200 and body:find(kept, 1, true)
  elseif what == "save" or what == "few" then
    for n = 1, changed do
      versions[n] = versions[n] + 1
    end
    return status == 303 and answered["location"] == path
  end
  -- An open board that knows what it shows is told that nothing is new; by the next minute it gets the whole again.
  if what == "open" then
    headers["If-None-Match"] = answered["etag"] or headers["If-None-Match"]
    if status == 304 then
      return body == ""
    end
  end
  if status ~= 200 then
    return false
  end
  -- A packed body is judged by its size; the plain run reads it.
  if answered["content-encoding"] then
    return #body > 500
  end
  -- Looked for in the page's own order first, so that checking costs the machine one reading of the page.
  local from, last = 1, 1
  for _, text in ipairs(shows) do
    from, last = body:find(text, last, true)
    if not from then
      from, last = body:find(text, 1, true)
    end
    if not from then
      return false
    end
  end
  return true
end

function response(status, answered, body)
  if not is_right(status, answered, body) then
    if wrong == 0 then
      first_wrong = status .. " " .. body:sub(1, 3000):gsub("%s+", " ")
    end
    wrong = wrong + 1
  end
end

-- requests, seconds, p50 and p99 in milliseconds, bytes an answer, wrong answers
function done(summary, latency)
  local all_wrong = 0
  for _, thread in ipairs(threads) do
    all_wrong = all_wrong + thread:get("wrong")
    if thread:get("wrong") > 0 then
      io.stderr:write("wrong answer: ", thread:get("first_wrong"), "\n")
    end
  end
  local errors = summary.errors
  all_wrong = all_wrong + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("RESULT %d %.3f %.2f %.2f %d %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.bytes / math.max(summary.requests, 1), all_wrong))
end
