# shellcheck shell=bash
# What is measured: who asks for which page, and what the answer must show. Read by measure.sh.

password='the bench is hard'

sign_in() {
  curl -s -o /dev/null -D - -H 'Sec-Fetch-Site: same-origin' --data-urlencode "email=$1" --data-urlencode "password=$password" \
    "http://$address/session" | awk 'tolower($1) == "set-cookie:" && $2 ~ /^__Host-belfry=/ { sub(/;.*/, "", $2); print $2 }'
}

sign_everybody_in() {
  say "Signing in 16 teachers and the office"
  for n in {1..16}; do cookie[n]=$(sign_in "t$n@bench.example"); done
  office=$(sign_in "t$((homerooms + 1))@bench.example")
  [[ -n ${cookie[1]} && -n $office ]] || { say "Nobody can sign in."; exit 1; }
  today=$(date -u +%F)
}

# Every mark of today back to present, at this version.
reset_versions() {
  ask "update attendance_records r set version = $1, status = 'present', minutes_late = null, arrived_at = null, teacher_code_id = c.id
    from attendance_codes c where c.code = 'present' and r.session_date = current_date" >/dev/null
}

# Today's marks as a page wants them: sixty absent for the board, else present.
set_the_day() {
  case $1 in mark | save | few) reset_versions "$2" ;; board | open) reset_versions 2 && miss_sixty ;; esac
}
miss_sixty() {
  ask "update attendance_records r set status = 'absent', teacher_code_id = c.id from attendance_codes c
    where c.code = 'absent' and r.session_date = current_date
      and r.student_id in (select id from students where student_number::int % 16 = 0 order by student_number limit 60)" >/dev/null
}

# A mark that comes in, so that whoever looks at the board next reads it anew.
mark_comes_in="update attendance_records set remarks = clock_timestamp()::text
  where session_date = current_date and student_id = (select id from students order by student_number limit 1)"

# Five of them a second while the board is looked at; nothing for any other page.
marks_come_in() {
  [[ $1 == board ]] || return 0
  psql -Xq -o /dev/null -c "select set_config('app.organization_id', (select id::text from organizations where slug = 'bench'), false)" \
    -f - "$BELFRY_OWNER_URL" <<<"$mark_comes_in \\watch 0.2" >/dev/null &
  coming=$!
}
none_comes_in() {
  [[ -n ${coming:-} ]] || return 0
  kill "$coming"
  # It says that it was ended, which is what it was told.
  wait "$coming" || [[ $? == 143 ]]
  coming=
}

# A homeroom's register, by its teacher's number.
register_of() { echo "/registers/$(ask "select id from classes where name = 'Homeroom ' || lpad('$1', 2, '0')")/$today/day"; }

# Its month on one sheet.
sheet_of() { echo "/classes/$(ask "select id from classes where name = 'Homeroom ' || lpad('$1', 2, '0')")/register-sheet"; }

# The students of a homeroom in the order of the roll, as an expression names them.
students_of() {
  ask "select string_agg($2, E'\t' order by s.last_name, s.first_name, s.id) from students s
    join class_enrollments e on e.student_id = s.id join classes c on c.id = e.class_id
    join attendance_records r on r.student_id = s.id and r.session_date = current_date
    where c.name = 'Homeroom ' || lpad('$1', 2, '0')"
}

line() { printf '%s\t' "$@" | sed 's/\t$/\n/'; }

# A line a thread for wrk.
plan() {
  set_the_day "$1" 2
  for n in {1..16}; do
    case $1 in
      register) line register "${cookie[n]}" "$(register_of "$n")" "Homeroom $(printf %02d "$n")" "$(students_of "$n" "'id=\"s-' || s.id || '\"'")" ;;
      mark | save | few) line "$1" "${cookie[n]}" "$(register_of "$n")" "$(students_of "$n" "s.id || ':' || r.version")" ;;
      students) line students "$office" /students "$(ask "select string_agg(id::text, E'\t') from (select id from students order by last_name, first_name, id limit 50) s")" ;;
      student) line student "$office" "/students/$(nth_student "$n" id)" "$(nth_student "$n" student_number)" "$(nth_student "$n" last_name)" ;;
      grades) line grades "$office" /reports/attendance "$(ask "select string_agg('<bdi>' || name || '</bdi>', E'\t' order by sort_order) from grades")" ;;
      month) line month "${cookie[n]}" "$(sheet_of "$n")" "Homeroom $(printf %02d "$n")" "$(students_of "$n" "'\"/students/' || s.id || '\"'")" ;;
      board | open) line "$1" "$office" /board "$(ask "select string_agg(name, E'\t') from classes")" ;;
    esac
  done >"$work/plan"
}

nth_student() { ask "select $2 from students where student_number = '$((10000 + 37 * $1))'"; }

# One request as wrk would send the nth of a kind: its status.
once() {
  local what=$1 n=$2 version=$3 code=$4 fields path
  fields=$(sed -n "${n}p" "$work/plan")
  path=$(cut -f3 <<<"$fields")
  local send=(-s -o /dev/null -w '%{http_code}' -H "Cookie: $(cut -f2 <<<"$fields")" -H 'Sec-Fetch-Site: same-origin')
  # An open board, which looks again by itself.
  [[ $what != board && $what != open ]] || send+=(-H 'X-Refresh: live')
  [[ $what != open ]] || send+=(--etag-compare "$work/shown" --etag-save "$work/shown")
  case $what in
    mark) curl "${send[@]}" -X PUT -d "code=$code&minutes=5&version=$version" "http://$address$path/marks/$(cut -f4 <<<"$fields" | cut -d: -f1)" ;;
    save | few) curl "${send[@]}" -d "act=submit" "http://$address$path/submission" -d "$(cut -f4- <<<"$fields" | tr '\t' '\n' |
      awk -F: -v changed="$([[ $what == few ]] && echo 3 || echo 200)" -v code="$code" -v version="$version" '{
        now = NR <= changed; key = "%5B" $1 "%5D="
        printf "code%s%s&minutes%s5&version%s%d&", key, now ? code : "present", key, key, now ? version : version - version % 2 }')" ;;
    *) curl "${send[@]}" "http://$address$path" ;;
  esac
}

# Whether this Belfry has the page.
can() {
  plan "$1"
  local status
  status=$(once "$1" 1 2 late)
  [[ $status == 200 || $status == 303 || $status == 304 ]]
}

# A pgbench script of what one request says to PostgreSQL: a branch for each client, so that none waits for another's rows.
script() {
  local what=$1 n
  plan "$what"
  # What somebody saw a moment ago is not kept again, so that a mark is measured like all later ones.
  if [[ $what == mark ]]; then
    set_the_day "$what" 7000002
    for n in {1..16}; do once "$what" "$n" 7000002 late >/dev/null; done
  fi
  set_the_day "$what" 7000002
  listening all
  {
    case $what in mark | save | few) echo '\set v :v + 1' ;; esac
    for n in {1..16}; do
      [[ $n == 1 ]] && echo '\if :client_id = 0' || echo "\\elif :client_id = $((n - 1))"
      case $what in
        mark | save | few)
          echo '\if :v % 2 = 1'
          overheard once "$what" "$n" 7000002 late | awk -v version=7000003 -f "$here/statements.awk"
          echo '\else'
          overheard once "$what" "$n" 7000003 present | awk -v version=7000004 -f "$here/statements.awk"
          echo '\endif' ;;
        # What somebody saw a moment ago is not kept again, so the second request is like all the others.
        *) once "$what" "$n" 0 - >/dev/null
          [[ $what != board ]] || ask "$mark_comes_in" >/dev/null
          overheard once "$what" "$n" 0 - | awk -v version=none -f "$here/statements.awk" ;;
      esac
    done
    echo '\endif'
  } >"$work/$what.pgbench"
  listening none
  awk '/^\\(else|elif)/ { exit } /;$/ { n++ } END { print n + 0 }' "$work/$what.pgbench" >"$work/statements"
}

# Bytes over the wire, heads included, as a browser asks: the first visit to a register with all that it loads, then the next.
wire() {
  local path page=0 assets=0 size
  path=$(register_of 1)
  local get=(curl -s -o /dev/null -w '%{size_download} %{size_header}' -H 'Accept-Encoding: gzip, br' -H "Cookie: ${cookie[1]}")
  page=$("${get[@]}" "http://$address$path" | awk '{ print $1 + $2 }')
  for asset in $(curl -s -H "Cookie: ${cookie[1]}" "http://$address$path" | grep -oE '(href|src)="/static/[^"#]*' | cut -d'"' -f2 | sort -u); do
    size=$("${get[@]}" "http://$address$asset" | awk '{ print $1 + $2 }')
    assets=$((assets + size))
  done
  echo "First visit to a register: $(((page + assets + 500) / 1000)) kB over the wire; the next page: $(((page + 500) / 1000)) kB."
}

# How long the sample exports take to come in, where they are.
imports() {
  local data=$here/../../shared/data/oneroster file slug begun
  for file in school-320-students district-778-students; do
    [[ -f $data/$file.zip ]] || continue
    say "Importing $file"
    slug=bench-${file%-students}
    "$BELFRY" organization create --slug "$slug" --name "$file" --time-zone UTC >/dev/null
    echo "$password" | "$BELFRY" user create --organization "$slug" --role administrator --email "admin@$slug.example" \
      --first-name Bench --last-name Administrator --password-stdin >/dev/null
    begun=$(date +%s%N)
    "$BELFRY" import oneroster "$data/$file.zip" --organization "$slug" --as "admin@$slug.example" >"$work/import.log" 2>&1 ||
      { say "The import of $file failed:" && tail -5 "$work/import.log" >&2; continue; }
    echo "Import of $file: $((($(date +%s%N) - begun) / 1000000)) ms."
  done
}
