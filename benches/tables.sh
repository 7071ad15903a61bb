# shellcheck shell=bash
# A school's year as plain tables, in the folder BELFRY_BENCH_SCHOOL_YEAR or where sample data stands beside the project:
# 93,000 marks of 500 students at the end. Read by measure.sh.

# Runs a command; answers how long it took in ms and the most memory that it held in MB.
weighed() {
  local begun pid peak=0 now
  begun=$(date +%s%N)
  "$@" >"$work/import.log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=$(awk '$1 == "VmHWM:" { print int($2 / 1024) }' "/proc/$pid/status" 2>/dev/null || true)
    [[ -z $now ]] || ((now <= peak)) || peak=$now
    sleep 0.02
  done
  wait "$pid" || return 1
  echo "$((($(date +%s%N) - begun) / 1000000)) ms, at most $peak MB"
}

tables() {
  local data=${BELFRY_BENCH_SCHOOL_YEAR:-$here/../../shared/data/school-year} kind file weight
  [[ -d $data ]] || { say "Passed over: BELFRY_BENCH_SCHOOL_YEAR names no folder of tables"; return 0; }
  "$BELFRY" organization create --slug tables --name Tables --time-zone UTC >/dev/null
  echo "$password" | "$BELFRY" user create --organization tables --role administrator --email admin@tables.example \
    --first-name Bench --last-name Administrator --password-stdin >/dev/null
  psql -Xq "$BELFRY_OWNER_URL" >/dev/null <<SQL
select set_config('app.organization_id', id::text, false) from organizations where slug = 'tables' \gset
insert into campuses (organization_id, id, name, code)
values (current_setting('app.organization_id')::uuid, uuid_v7(), 'Main', 'M');
insert into academic_years (organization_id, id, name, start_date, end_date, current)
values (current_setting('app.organization_id')::uuid, uuid_v7(), '2015/16', '2015-08-24', '2016-06-09', true);
SQL
  for file in staff:teachers classes:classes students:students contacts:guardians contacts:student_guardians \
    enrollments:enrollments attendance:attendance attendance:attendance; do
    kind=${file%:*} file=${file#*:}
    say "Importing $file"
    weight=$(weighed "$BELFRY" import table "$kind" "$data/$file.csv" --organization tables --as admin@tables.example --set year=2015/16) ||
      { say "The import of $file failed:" && tail -5 "$work/import.log" >&2; return 1; }
    echo "Import of $file.csv, $(($(wc -l <"$data/$file.csv") - 1)) rows: $weight."
  done
}
