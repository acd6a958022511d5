# shellcheck shell=bash
# What the scripts need on the machine: the .NET SDK, and packages of the operating system. Needs terminal.sh.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

# PATH of an unprivileged shell often lacks the folders where Debian puts servers and iptables.
PATH=$PATH:/usr/sbin:/sbin

need_dotnet() {
  command -v dotnet >/dev/null || die 'the .NET SDK is not installed (no dotnet on the PATH).' \
    'Install the .NET 10 SDK: https://learn.microsoft.com/dotnet/core/install/linux'
  dotnet --list-sdks 2>/dev/null | grep -q '^10\.' || die 'a .NET SDK is installed, but not version 10.' \
    "Found: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')" \
    'Install the .NET 10 SDK: https://learn.microsoft.com/dotnet/core/install/linux'
}

# The newest PostgreSQL server (15 or later) on this machine; prints its folder of programs.
postgres_bin() {
  local dir
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5,5nr) /usr/local/pgsql/bin; do
    [[ -x $dir/initdb && -x $dir/postgres ]] || continue
    (($("$dir/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/') >= 15)) || continue
    printf '%s\n' "$dir"
    return 0
  done
  return 1
}

# have NAME: whether what the Debian package NAME is needed for is there, whoever installed it.
have() {
  case $1 in
    postgresql) postgres_bin >/dev/null ;;
    redis-server) command -v redis-server >/dev/null && command -v redis-cli >/dev/null ;;
    nodejs) command -v node >/dev/null && command -v npm >/dev/null ;;
    nghttp2-client) command -v h2load >/dev/null ;;
    python3-grpcio) [[ -x /usr/bin/python3 ]] && /usr/bin/python3 -c 'import grpc, google.protobuf' 2>/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# install_missing PACKAGE…: installs by apt what is not there. Fails (without leaving) when that cannot be done; `missing` then names what lacks.
missing=()
install_missing() {
  local package
  missing=()
  for package in "$@"; do have "$package" || missing+=("$package"); done
  ((${#missing[@]})) || return 0
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 1

  say "Installing ${missing[*]} …"
  local names=("${missing[@]}")
  [[ " ${names[*]} " != *' nodejs '* ]] || names+=(npm)
  apt_without_starting "${names[@]}" || return 1
  for package in "${missing[@]}"; do have "$package" || return 1; done
  missing=()
}

# Installs packages so that none of their services starts and PostgreSQL makes no cluster of its own on 5432.
apt_without_starting() {
  local policy=/usr/sbin/policy-rc.d made_policy='' cluster=/etc/postgresql-common/createcluster.conf log status=0
  log=$(mktemp)
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    made_policy=1
  fi
  if [[ ! -e $cluster ]]; then
    mkdir -p "${cluster%/*}"
    printf 'create_main_cluster = false\n' >"$cluster"
  fi
  local -a apt=(apt-get -y -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold --no-install-recommends)
  export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
  "${apt[@]}" install "$@" >"$log" 2>&1 || { "${apt[@]}" update >"$log" 2>&1 && "${apt[@]}" install "$@" >>"$log" 2>&1; } || status=$?
  [[ -z $made_policy ]] || rm -f "$policy"
  ((status == 0)) || tail -n 15 "$log" >&2
  rm -f "$log"
  return "$status"
}

# need_packages PACKAGE…: as install_missing, and leaves with a message where it cannot be done.
need_packages() {
  install_missing "$@" && return
  if ! command -v apt-get >/dev/null; then
    die "these are missing and there is no apt here to install them: ${missing[*]}" \
      'Install them by the means of your system (the names are those of Debian), then run this again.'
  elif [[ $(id -u) != 0 ]]; then
    die "these packages are missing: ${missing[*]}" \
      "Install them, then run this again:  sudo apt-get install --no-install-recommends ${missing[*]}" \
      'To keep PostgreSQL from starting a server of its own, first put "create_main_cluster = false" into /etc/postgresql-common/createcluster.conf'
  fi
  die "apt could not install: ${missing[*]}" 'Its last lines are above. Without a network, install them by hand, then run this again.'
}
