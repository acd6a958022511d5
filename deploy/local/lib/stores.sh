# shellcheck shell=bash
# Private PostgreSQL and Redis of one data folder, and the secrets they and the services share. Needs terminal.sh, needs.sh, settings.sh, processes.sh.
# Secrets travel in files of mode 0600 and in the environment, never in command lines, which every user of the machine can read.

# Shell variables, one a line; made once, so that a database stays readable.
make_secrets() {
  local file=$data/secrets
  if [[ ! -s $file ]]; then
    (
      umask 077
      local name
      {
        for name in postgres_password eligibility_password redis_password dapr_token; do
          printf '%s=%s\n' "$name" "$(random_base64 24 | tr '+/' '-_')"
        done
        for name in key_hash key_encryption; do printf '%s=%s\n' "$name" "$(random_base64 32)"; done
      } >"$file.new"
      mv "$file.new" "$file"
    )
  fi
  # shellcheck source=/dev/null
  source "$file"
}

random_base64() { head -c "$1" /dev/urandom | base64 -w 0; }

# ---- PostgreSQL ----

# PostgreSQL refuses to run as root; then it runs as the user its package made.
as_postgres() {
  if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

prepare_postgres() {
  local bin=$1 dir=$data/postgres
  if [[ $(id -u) == 0 ]]; then
    id postgres >/dev/null 2>&1 || die 'there is no user "postgres", as which PostgreSQL would run (it refuses to run as root).' 'Debian makes it with the package postgresql-common.'
    mkdir -p "$dir"
    chown postgres: "$dir"
    as_postgres test -w "$dir" || die "the user postgres cannot reach $dir." 'Choose a folder that other users may enter, for instance: --data /var/lib/platform-local'
  fi
  [[ ! -s $dir/cluster/PG_VERSION ]] || {
    [[ $(<"$dir/cluster/PG_VERSION") == "$("$bin/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')" ]] ||
      die "the data in $data were made by PostgreSQL $(<"$dir/cluster/PG_VERSION"), which is not the one installed now." 'Begin anew with --fresh, or use another folder with --data.'
    return 0
  }

  say 'Making the database …'
  mkdir -p "$dir"
  chmod 700 "$dir"
  rm -rf "$dir/cluster"
  printf '%s\n' "$postgres_password" >"$dir/password"
  chmod 600 "$dir/password"
  [[ $(id -u) != 0 ]] || chown -R postgres: "$dir"
  as_postgres "$bin/initdb" -D "$dir/cluster" -U postgres -A scram-sha-256 --pwfile="$dir/password" -E UTF8 --locale=C.UTF-8 >"$data/logs/initdb.log" 2>&1 ||
    { tail -n 5 "$data/logs/initdb.log" >&2; die 'initdb failed; its last lines are above.'; }
  rm -f "$dir/password"
}

# A postmaster that no pid file of ours names: left by a run that was killed. One that is alive is stopped, one that is dead leaves only its file.
settle_postgres() {
  local pid file=$data/postgres/cluster/postmaster.pid
  ! pid_of postgres >/dev/null || return 0
  [[ -e $file ]] && read -r pid <"$file" || return 0
  if [[ -r /proc/$pid/cmdline ]] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$data/postgres/cluster"; then
    say "A PostgreSQL of a run that was killed still works on these data (process $pid); it is stopped."
    remember postgres "$pid" && stop postgres INT 60
  else
    detail 'a run before was killed; PostgreSQL recovers from its log'
    rm -f "$file"
  fi
}

start_postgres() {
  local bin
  bin=$(postgres_bin)
  prepare_postgres "$bin"
  settle_postgres
  local -a options=(
    -D "$data/postgres/cluster" -p "${port[postgres]}"
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200
    -c shared_buffers=256MB -c maintenance_work_mem=128MB -c max_wal_size=4GB -c wal_compression=on -c jit=off
    -c password_encryption=scram-sha-256 -c timezone=UTC -c log_line_prefix='%m [%p] ' -c log_statement=none -c log_min_error_statement=panic -c log_error_verbosity=terse
  )
  # The log must hold no personal data: neither statements nor the details that quote a row.
  if [[ $(id -u) == 0 ]]; then
    launch postgres setpriv --reuid=postgres --regid=postgres --init-groups "$bin/postgres" "${options[@]}"
  else
    launch postgres "$bin/postgres" "${options[@]}"
  fi
  await postgres 60 postgres_answers
  make_database
}

psql_admin() {
  PGPASSWORD=$postgres_password "$(postgres_bin)/psql" -XqAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "${port[postgres]}" -U postgres -d postgres
}

postgres_answers() { psql_admin <<<'select 1'; }

# A role and a database of its own for each service; the password goes through stdin.
make_database() {
  psql_admin <<SQL || die 'the database of eligibility could not be made.' "The log: $data/logs/postgres.log"
select 'create role eligibility login' where not exists (select from pg_roles where rolname = 'eligibility') \gexec
alter role eligibility password '$eligibility_password';
select 'create database eligibility owner eligibility' where not exists (select from pg_database where datname = 'eligibility') \gexec
SQL
}

# ---- Redis ----

# The cache may lose everything at any time; the streams may lose nothing.
start_redis() {
  local name=$1 redis_port=$2
  shift 2
  local dir=$data/$name
  mkdir -p "$dir"
  (
    umask 077
    printf '%s\n' "port $redis_port" 'bind 127.0.0.1' "dir $dir" "requirepass $redis_password" 'daemonize no' "$@" >"$dir/redis.conf"
  )
  launch "$name" redis-server "$dir/redis.conf"
  await "$name" 30 redis_answers "$redis_port"
}

redis_answers() { [[ $(REDISCLI_AUTH=$redis_password redis-cli -h 127.0.0.1 -p "$1" ping 2>/dev/null) == PONG ]]; }

start_stores() {
  start_postgres
  start_redis redis-cache "${port[redis_cache]}" 'save ""' 'appendonly no' 'maxmemory 512mb' 'maxmemory-policy allkeys-lru'
  start_redis redis-streams "${port[redis_streams]}" 'save ""' 'appendonly yes' 'appendfsync always' 'maxmemory-policy noeviction'
}
