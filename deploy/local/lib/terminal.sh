# shellcheck shell=bash
# What a script says to its user. Progress goes to stderr, so that a script's stdout stays its result.

if [[ -t 2 ]]; then
  readonly bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'
else
  readonly bold='' dim='' red='' plain=''
fi

say() { printf '%s%s%s\n' "$bold" "$*" "$plain" >&2; }

detail() { printf '%s  %s%s\n' "$dim" "$*" "$plain" >&2; }

# die MESSAGE [NEXT STEP…]: the first line says what is wrong, the others what to do about it.
die() {
  printf '%serror:%s %s\n' "$red" "$plain" "$1" >&2
  shift
  local line
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}
