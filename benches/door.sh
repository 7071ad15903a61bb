# shellcheck shell=bash
# What coming in costs, and what the door costs each page. Read by measure.sh.

# So many at once for a while: how many were let in a second, told to come back, and the memory.
come_in() {
  local result
  result=$(wrk -t "$(($1 < 8 ? $1 : 8))" -c "$1" -d "$seconds" --timeout 20 -s "$here/sign_in.lua" "http://$address" | grep ^RESULT)
  awk -v at_once="$1" -v now="$(memory VmRSS)" -v most="$(memory VmHWM)" '
    { printf "| %d | %.0f | %.0f | %d | %d | %d | %d |\n", at_once, $2 / $5, $3 / $5, $4, $6, now, most
      if ($4 > 0) exit 1 }' <<<"$result"
}

# Milliseconds of PostgreSQL for one call, one connection.
takes() {
  printf '%s\n' "begin;" "$2;" "rollback;" >"$work/door.pgbench"
  pgbench -n -M prepared -c 1 -T "$seconds" -f "$work/door.pgbench" "$BELFRY_OWNER_URL" 2>/dev/null |
    awk -v what="$1" '/latency average/ { printf "| %s | %.0f |\n", what, $4 * 1000 }'
}

# The same a hundred times a second, each on disk: within how long 95 of 100 are done.
keeps_up() {
  printf '%s\n' "begin;" "$2;" "commit;" >"$work/door.pgbench"
  rm -f "$work"/looks.*
  pgbench -n -M prepared -c 4 -R 100 -T "$seconds" -f "$work/door.pgbench" --log --log-prefix="$work/looks" "$BELFRY_OWNER_URL" >/dev/null 2>&1
  cat "$work"/looks.* | sort -n -k3 | awk -v what="$1" '{ took[NR] = $3 } END { printf "| %s, a hundred a second, committed: p95 | %.0f |\n", what, took[int(NR * 0.95)] }'
}

homerooms=40
raise
echo "Memory before anybody came: $(memory VmRSS) MB."
echo
echo "| sign-ins at once | let in/s | told to come back/s | wrong | p50 ms | memory after, MB | at most |"
echo "|---|---|---|---|---|---|---|"
for at_once in 1 8 200; do come_in "$at_once"; done
echo
sign_everybody_in
read -r session user token <<<"$(ask "select id, user_id, token_hash from sessions where ended_at is null order by created_at desc limit 1" | tr '|' ' ')"
session="'$session'::uuid" user="'$user'::uuid"
place="'$(ask "select id from organizations where slug = 'bench'")'::uuid"
echo "| statement, with begin and rollback | microseconds |"
echo "|---|---|"
takes "nothing" "select 1"
takes "who is this (once a page)" "select resume_session('$token'::bytea, interval '1 hour')"
takes "may they, to look (once a transaction)" "select enter_organization($session, $user, $place, array['READ_ATTENDANCE_SESSIONS'], false)"
takes "may they, to write" "select enter_organization($session, $user, $place, array['CREATE_ATTENDANCE_SESSIONS'], true)"
one_look="select keep_looks($place, jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'at', now(), 'ip_address', '', 'request_id', gen_random_uuid(), 'page', '', 'permission', '', 'action', 'view', 'kind', 'student', 'data_class', 2, 'students', jsonb_build_array(gen_random_uuid()))))"
takes "keeping a look at 1 child" "$one_look"
keeps_up "keeping a look at 1 child" "$one_look"
takes "keeping a look at 30" "select keep_looks($place, jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'at', now(), 'ip_address', '', 'request_id', gen_random_uuid(), 'page', '', 'permission', '', 'action', 'list', 'kind', 'student', 'data_class', 2, 'students', (select jsonb_agg(gen_random_uuid()) from generate_series(1, 30)))))"
