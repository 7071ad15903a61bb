# From PostgreSQL's log of one request to the statements that it made, as pgbench takes them, a statement a line.
# Parameters become literals, but for the one whose value is `version`: that becomes pgbench's variable :v.

function fill(told, n, value) {
  split("", values)
  while (match(told, /^\$[0-9]+ = /)) {
    n = substr(told, 2, RLENGTH - 4)
    told = substr(told, RLENGTH + 1)
    if (match(told, /^'([^']|'')*'/)) {
      value = substr(told, 2, RLENGTH - 2)
      values[n] = value == version ? ":v" : literal(value)
    } else {
      match(told, /^NULL/)
      values[n] = "NULL"
    }
    told = substr(told, RLENGTH + 3)
  }
}

# Versions also stand inside of the marks that are sent as one; and each look that is kept has an id of its own.
function literal(value) {
  value = "E'" escaped(value) "'"
  if (gsub("\"version\"\\\\x3a " version, "\"version\"\\x3a ' || :v::text || E'", value)) value = "(" value ")::jsonb"
  if (value ~ /"data_class"/) {
    gsub("\"id\"\\\\x3a \"[0-9a-f-]+\"", "\"id\"\\x3a \"' || gen_random_uuid() || E'\"", value)
    value = "(" value ")::jsonb"
  }
  return value
}

# A colon would start a variable.
function escaped(value) {
  gsub(/\\/, "\\\\\\\\", value)
  gsub(/:/, "\\x3a", value)
  return value
}

# A comment ends with its line, and here everything is one.
function said(line) {
  sub(/-- .*/, "", line)
  return line
}

function flush(done) {
  if (sql == "") return
  done = ""
  while (match(sql, /\$[0-9]+/)) {
    done = done substr(sql, 1, RSTART - 1) values[substr(sql, RSTART + 1, RLENGTH - 1)]
    sql = substr(sql, RSTART + RLENGTH)
  }
  print done sql ";"
  sql = ""
}

/^belfry_(app|lobby) LOG:  (execute [^:]+|statement): / {
  flush()
  sub(/^belfry_[a-z]+ LOG:  (execute [^:]+|statement): /, "")
  sql = said($0)
  next
}
/^belfry_(app|lobby) DETAIL:  parameters: / {
  sub(/^belfry_[a-z]+ DETAIL:  parameters: /, "")
  fill($0)
  next
}
/^\t/ { sql = sql " " said(substr($0, 2)) }
END { flush() }
