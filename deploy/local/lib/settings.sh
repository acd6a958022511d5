# shellcheck shell=bash
# Where this copy of the platform keeps its data and which ports it takes. Needs terminal.sh.
# Ports are changed one by one with PLATFORM_PORT_<NAME>, for instance PLATFORM_PORT_GATEWAY=8080.

root=$(cd "${BASH_SOURCE[0]%/*}/../../.." && pwd)
readonly root
export root

declare -A port=(
  [gateway]=5080 [gateway_operations]=5181
  [eligibility]=5101 [eligibility_sidecar]=5151 [eligibility_operations]=5111
  [dapr_eligibility]=5201
  [postgres]=5433 [redis_cache]=6390 [redis_streams]=6391
)

read_ports() {
  local name variable
  for name in "${!port[@]}"; do
    variable=PLATFORM_PORT_${name^^}
    [[ -n ${!variable-} ]] || continue
    [[ ${!variable} =~ ^[0-9]+$ ]] && ((${!variable} > 0 && ${!variable} < 65536)) || die "$variable=${!variable} is not a port."
    port[$name]=${!variable}
  done
}

default_data() {
  if [[ -n ${PLATFORM_DATA-} ]]; then
    printf '%s\n' "$PLATFORM_DATA"
  elif [[ $(id -u) == 0 ]]; then
    printf '/var/lib/platform-local\n'
  else
    printf '%s/platform-local\n' "${XDG_DATA_HOME:-$HOME/.local/share}"
  fi
}

# use_data DIR: the folder, made if need be. Its marker says that its content is ours, and so may be deleted by --fresh.
use_data() {
  data=$1
  [[ $data == /* ]] || data=$PWD/$data
  if [[ -d $data && ! -e $data/.platform-local && -n $(ls -A "$data") ]]; then
    die "$data is not empty and was not made by this command." 'Choose an empty or new folder with --data.'
  fi
  mkdir -p "$data" 2>/dev/null || die "cannot make the folder $data." 'Choose another with --data.'
  data=$(cd "$data" && pwd)
  touch "$data/.platform-local" 2>/dev/null || die "cannot write into $data." 'Choose another with --data.'
  chmod 755 "$data"
  mkdir -p "$data/run" "$data/logs"
}

# One command at a time works on a data folder.
lock_data() {
  exec 9>"$data/run/lock"
  flock -n 9 || die "another up or down is at work on $data right now." 'Wait for it to finish, or look at it with: ps -ef | grep deploy/local'
}

# The lock must not stay with processes that are started; each starts with 9>&-.
unlock_data() { exec 9>&-; }

# --fresh: everything but the folder itself and its lock. Only a folder with our marker comes here.
delete_data() {
  local entry
  say "Deleting the data in $data …"
  for entry in "$data"/*; do
    [[ $entry == "$data/run" ]] || rm -rf "$entry"
  done
  mkdir -p "$data/logs"
}
