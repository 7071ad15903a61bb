# shellcheck shell=bash
# One organization of 2,000 students, alone and then among a hundred: does anybody notice the others? Read by measure.sh.

large_pages=(register few students student board grades month)
declare -A alone

# Requests a second and CPU ms of one request, Belfry's and PostgreSQL's together.
pace() {
  local what=$1 before after
  connections=16 encoding=identity
  plan "$what"
  drive 2 >/dev/null 2>&1
  plan "$what"
  marks_come_in "$what"
  before=$(cpu)
  drive "$seconds" >"$work/result" 2>"$work/wrong"
  after=$(cpu)
  none_comes_in
  grep ^RESULT "$work/result" | awk -v before="$before" -v after="$after" '
    $7 > 0 { print $7 " wrong answers of " $2 > "/dev/stderr"; exit 1 }
    { split(before, b); split(after, a); printf "%d %.2f", $2 / $3, (a[1] + a[2] - b[1] - b[2]) / $2 }' ||
    { head -c 4000 "$work/wrong" >&2; exit 1; }
}

compare() {
  local what=$1 among rate cost rate_before cost_before
  among=$(pace "$what")
  read -r rate cost <<<"$among"
  read -r rate_before cost_before <<<"${alone[$what]}"
  awk -v what="$what" -v rate="$rate" -v before="$rate_before" -v cost="$cost" -v cost_before="$cost_before" \
    'BEGIN { printf "| %s | %d | %d | %.2f | %.2f | %.2f |\n", what, before, rate, cost_before, cost, cost / cost_before }'
}

homerooms=80
raise
sign_everybody_in
for what in "${large_pages[@]}"; do
  say "Measuring alone: $what"
  alone[$what]=$(pace "$what")
done
say "Filling 99 more organizations"
superuser -d belfry -f "$here/large.sql" >/dev/null
echo "Marks in all: $(superuser -d belfry -At -c 'select count(*) from attendance_records'), students: $(superuser -d belfry -At -c 'select count(*) from students'), on disk: $(superuser -At -c "select pg_size_pretty(pg_database_size('belfry'))")."
echo
echo "| page | alone/s | among 100/s | CPU ms alone | among 100 | times |"
echo "|---|---|---|---|---|---|"
for what in "${large_pages[@]}"; do
  say "Measuring among a hundred: $what"
  compare "$what"
done
