# shellcheck shell=bash
# Processes that outlive the command that started them. Each is known by <data>/run/<name>.pid, "PID START-TIME": a process id alone may by now belong to
# somebody else. Needs terminal.sh, settings.sh.

# In the order in which they start; they stop in the reverse.
readonly -a components=(postgres redis-cache redis-streams sidecar eligibility gateway)

start_time() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  stat=${stat##*) }
  # Words on purpose: field 3 is the state, field 22 the start time.
  # shellcheck disable=SC2086
  set -- $stat
  [[ $1 != Z ]] && printf '%s\n' "${20}"
}

# pid_of NAME: prints the process id while that very process is alive.
pid_of() {
  local pid started
  { read -r pid started <"$data/run/$1.pid"; } 2>/dev/null || return 1
  [[ -n $started && $(start_time "$pid") == "$started" ]] && printf '%s\n' "$pid"
}

remember() {
  local started
  started=$(start_time "$2") || return 1
  printf '%s %s\n' "$2" "$started" >"$data/run/$1.pid"
}

running_components() {
  local name
  for name in "${components[@]}"; do ! pid_of "$name" >/dev/null || printf '%s\n' "$name"; done
}

# launch NAME COMMAND…: in a session of its own, so that a Ctrl-C in the terminal is ours alone to handle. Output goes to <data>/logs/<name>.log.
launch() {
  local name=$1
  shift
  setsid "$@" </dev/null >>"$data/logs/$name.log" 2>&1 9>&- &
  remember "$name" $! || failed_to_start "$name"
}

failed_to_start() {
  printf '\n' >&2
  tail -n 15 "$data/logs/$1.log" >&2 2>/dev/null
  die "$1 did not start; the last lines of its log are above." "The whole log: $data/logs/$1.log"
}

# await NAME SECONDS CHECK…: until the check holds; says so when the process ends first or the time is over.
await() {
  local name=$1 limit=$2 start=$SECONDS
  shift 2
  until "$@" >/dev/null 2>&1; do
    pid_of "$name" >/dev/null || failed_to_start "$name"
    ((SECONDS - start < limit)) || failed_to_start "$name"
    [[ ! -t 2 ]] || printf '\r  waiting for %s … %d s ' "$name" $((SECONDS - start)) >&2
    sleep 0.1
  done
  [[ ! -t 2 ]] || printf '\r\e[K' >&2
  detail "$name is up"
}

# http_ok PORT PATH: whether GET answers 200. Plain bash, because curl need not be there.
http_ok() {
  local line
  exec 8<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&8
  read -r -t 2 line <&8
  exec 8>&-
  [[ $line == *' 200'* ]]
}

# stop NAME SIGNAL SECONDS: asks, waits, and then insists.
stop() {
  local name=$1 pid start=$SECONDS
  if pid=$(pid_of "$name"); then
    kill "-$2" "$pid" 2>/dev/null
    while pid_of "$name" >/dev/null; do
      if ((SECONDS - start >= $3)); then
        say "$name (process $pid) did not stop within $3 s and is killed."
        kill -KILL "$pid" 2>/dev/null
        sleep 0.2
      fi
      sleep 0.05
    done
    detail "$name stopped"
  fi
  rm -f "$data/run/$name.pid"
}

stop_everything() {
  local i
  for ((i = ${#components[@]} - 1; i >= 0; i--)); do
    case ${components[i]} in
      postgres) stop postgres INT 60 ;;
      *) stop "${components[i]}" TERM 30 ;;
    esac
  done
}

# port_owner PORT: who listens there, as far as this user may know.
port_owner() {
  local line
  command -v ss >/dev/null || return 0
  line=$(ss -Hltnp "sport = :$1" 2>/dev/null | head -n 1)
  [[ $line =~ \"([^\"]+)\",pid=([0-9]+) ]] && printf '%s, process %s' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
}

port_is_taken() { (exec 8<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

require_free_ports() {
  local name owner
  for name in "${!port[@]}"; do
    port_is_taken "${port[$name]}" || continue
    owner=$(port_owner "${port[$name]}")
    die "port ${port[$name]} ($name) is taken by ${owner:-another process}." \
      "Stop that, or give this one another port:  PLATFORM_PORT_${name^^}=… deploy/local/up"
  done
}
