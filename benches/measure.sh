#!/usr/bin/env bash
# Fills an organization, drives Belfry from another process and prints what was measured; bin/bench starts it in bin/scratch.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=benches/pages.sh
. "$here/pages.sh"
# shellcheck source=benches/tables.sh
. "$here/tables.sh"

seconds=${BELFRY_BENCH_SECONDS:-10}
address=127.0.0.1:${BELFRY_BENCH_PORT:-18099}
work=$(mktemp -d)
server=
finish() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  wait || true
  rm -rf "$work"
}
trap finish EXIT
say() { echo "$@" >&2; }

in_school() { psql -XqAt -v ON_ERROR_STOP=1 -c "select set_config('app.organization_id', (select id::text from organizations where slug = 'bench'), false)" -o /dev/null "$@"; }
ask() { in_school -c '\o' -c "$1" "$BELFRY_OWNER_URL"; }
superuser() { psql -Xq -h "$BELFRY_SCRATCH" -U postgres "$@"; }

raise() {
  say "Filling an organization of $((homerooms * 25)) students with 120 days of registers"
  "$BELFRY" organization create --slug bench --name Bench --time-zone UTC >/dev/null
  echo "$password" | "$BELFRY" user create --organization bench --role administrator --email admin@bench.example \
    --first-name Bench --last-name Administrator --password-stdin >/dev/null
  psql -Xq -v homerooms="$homerooms" -f "$here/fill.sql" "$BELFRY_OWNER_URL" >/dev/null
  "$BELFRY" serve --listen "$address" --data "$work/data" 2>"$work/belfry.log" &
  server=$!
  for _ in {1..100}; do
    curl -sf -o /dev/null "http://$address/ready" && return
    sleep 0.1
  done
  say "Belfry does not answer:" && cat "$work/belfry.log" >&2
  exit 1
}

# CPU of Belfry and of PostgreSQL so far, in ms; ended backends count for their postmaster.
cpu() {
  local postmaster ticks
  postmaster=$(head -1 "$BELFRY_SCRATCH/data/postmaster.pid")
  ticks=$(getconf CLK_TCK)
  awk -v hz="$ticks" '{ sub(/.*\) /, ""); sum += $12 + $13 } END { printf "%d ", sum * 1000 / hz }' "/proc/$server/stat"
  for pid in $postmaster $(pgrep -P "$postmaster"); do cat "/proc/$pid/stat" 2>/dev/null || true; done |
    awk -v hz="$ticks" 'NR == 1 { sub(/.*\) /, ""); sum += $12 + $13 + $14 + $15; next } { sub(/.*\) /, ""); sum += $12 + $13 } END { print int(sum * 1000 / hz) }'
}

# From now on PostgreSQL writes down what it hears: all or none.
listening() {
  local to=$1
  superuser -c "alter system set log_line_prefix = '%u '" -c "alter system set log_statement = '$to'" -c "select pg_reload_conf()" >/dev/null
  sleep 0.5
}

memory() { awk -v what="$1:" '$1 == what { print int($2 / 1024) }' "/proc/$server/status"; }

# What PostgreSQL heard during a command.
overheard() {
  local from
  from=$(wc -c <"$BELFRY_SCRATCH/server.log")
  "$@" >/dev/null
  sleep 0.05
  tail -c +$((from + 1)) "$BELFRY_SCRATCH/server.log"
}

# Measures one page: its name, what to drive, the encoding asked for.
page() {
  local name=$1 what=$2 encoding=${3:-identity} connections
  [[ -z ${BELFRY_BENCH_PAGES:-} || " $BELFRY_BENCH_PAGES " == *" $what "* ]] || return 0
  say "Measuring: $name"
  if ! can "$what"; then
    echo "| $name | | not there yet | | | | | | | | |"
    return
  fi
  script "$what"
  for connections in 1 16; do
    row "$name" "$what" "$encoding" "$connections"
  done
}

row() {
  local name=$1 what=$2 encoding=$3 connections=$4 before after result limit
  plan "$what"
  drive 1 >/dev/null 2>&1
  plan "$what"
  marks_come_in "$what"
  before=$(cpu)
  result=$(drive "$seconds" 2>"$work/wrong" | grep ^RESULT)
  after=$(cpu)
  none_comes_in
  limit=$(limit "$what" "$connections")
  awk -v name="$name" -v connections="$connections" -v limit="$limit" -v statements="$(cat "$work/statements")" -v before="$before" -v after="$after" '
    { split(before, b); split(after, a); split(limit, l); rate = $2 / $3
      printf "| %s | %d | %d | %.1f | %.1f | %s | %d | %.2f | %.2f | %d | %.2f | %d %% |\n", name, connections, rate, $4, $5,
        statements, $6, (a[1] - b[1]) / $2, (a[2] - b[2]) / $2, l[1], l[2], l[1] ? rate / l[1] * 100 : 0
      if ($7 > 0) { print $7 " wrong answers of " $2 > "/dev/stderr"; exit 1 } }' <<<"$result" || { head -c 4000 "$work/wrong" >&2; exit 1; }
}

drive() { wrk -t "$connections" -c "$connections" -d "$1" -s "$here/drive.lua" "http://$address" -- "$work/plan" "$encoding"; }

# What pgbench makes of the same statements in the same transactions: how many a second, and PostgreSQL's ms of CPU for one.
limit() {
  local before
  set_the_day "$1" 7000004
  before=$(cpu)
  pgbench -n -M prepared -c "$2" -j 2 -T "$seconds" -D v=7000004 -f "$work/$1.pgbench" "$BELFRY_OWNER_URL" >"$work/pgbench.log" 2>&1 ||
    { cat "$work/pgbench.log" >&2; exit 1; }
  sleep 0.5 # until its backends are gone and counted
  awk -v before="$before" -v after="$(cpu)" '/actually processed/ { done = $NF } /^tps/ { tps = $3 }
    END { split(before, b); split(after, a); printf "%d %.2f", tps, (a[2] - b[2]) / done }' "$work/pgbench.log"
}

if [[ ${1:-} == --large ]]; then
  # shellcheck source=benches/large.sh
  . "$here/large.sh"
  exit
fi
if [[ ${1:-} == --door ]]; then
  # shellcheck source=benches/door.sh
  . "$here/door.sh"
  exit
fi
if [[ ${1:-} == --tables ]]; then
  "$BELFRY" migrate >/dev/null
  tables
  exit
fi
homerooms=40
raise
echo "Memory before anybody came: $(memory VmRSS) MB."
sign_everybody_in
echo "Memory after they signed in: $(memory VmRSS) MB."
echo
cat <<TABLE
| page | connections | requests/s | p50 ms | p99 ms | statements | bytes | CPU ms Belfry | CPU ms PostgreSQL | pgbench/s | its CPU ms | of it |
|---|---|---|---|---|---|---|---|---|---|---|---|
TABLE
page "Register of 25" register
page "Register of 25, gzip" register gzip
page "One mark" mark
page "A register of 25, three marks changed" few
page "A register of 25, every mark changed" save
page "Students, 50 of 1,000" students
page "One student" student
page "The office's board, 40 registers, 60 absent, five marks a second coming in" board
page "The board, open, nothing new" open
page "The year to date by grade, 1,000 students" grades
page "A class's month on one sheet" month
echo
wire
echo "Memory after all this: $(memory VmRSS) MB, at most $(memory VmHWM) MB."
imports
tables
