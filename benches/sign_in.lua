-- What wrk sends to sign teachers in, one after the other, and how many were let in or told to come back.

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  turn, let_in, later, wrong = number, 0, 0, 0
  headers = { ["Sec-Fetch-Site"] = "same-origin", ["Content-Type"] = "application/x-www-form-urlencoded" }
end

function request()
  turn = turn % 16 + 1
  return wrk.format("POST", "/session", headers, "email=t" .. turn .. "%40bench.example&password=the+bench+is+hard")
end

function response(status)
  if status == 303 then
    let_in = let_in + 1
  elseif status == 429 then
    later = later + 1
  else
    wrong = wrong + 1
  end
end

function done(summary, latency)
  local sum = { let_in = 0, later = 0, wrong = 0 }
  for _, thread in ipairs(threads) do
    for what in pairs(sum) do
      sum[what] = sum[what] + thread:get(what)
    end
  end
  print(string.format("RESULT %d %d %d %.2f %.0f", sum.let_in, sum.later, sum.wrong, summary.duration / 1e6,
    latency:percentile(50) / 1e3))
end
